package org.thurstone.tensor;

import org.bytedeco.pytorch.AutoGradMode;

/** Switches the recording of gradients on this thread until closed. Recording is on by default. */
public final class Gradients implements AutoCloseable {

    private final AutoGradMode guard;

    private Gradients(boolean on) {
        Torch.load();
        guard = new AutoGradMode(on);
        guard.retainReference();
    }

    public static Gradients off() {
        return new Gradients(false);
    }

    public static Gradients on() {
        return new Gradients(true);
    }

    @Override
    public void close() {
        // The guard's destructor restores the mode, so it must run now and exactly once.
        guard.deallocate();
    }
}
