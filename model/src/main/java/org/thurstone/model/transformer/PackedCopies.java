package org.thurstone.model.transformer;

import org.jspecify.annotations.Nullable;
import org.thurstone.tensor.Parameters;

/**
 * The packed copy of a network's weights, shared by its sessions for as long as the weights stay as they are: packing takes as long as some tokens of
 * a batch, and the copy as much memory as the weights.
 */
final class PackedCopies implements AutoCloseable {

    private final Network network;
    private final Parameters parameters;
    private @Nullable Copy current;

    PackedCopies(Network network, Parameters parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    /** A copy in use. */
    final class Copy implements AutoCloseable {
        private final PackedNetwork packed = new PackedNetwork(network);
        private final long version = parameters.version();
        private int users;

        PackedNetwork packed() {
            return packed;
        }

        /** Ends one use. */
        @Override
        public void close() {
            synchronized (PackedCopies.this) {
                users--;
                closeIfUnused(this);
            }
        }
    }

    /** The weights as they are now; the caller closes it. */
    synchronized Copy open() {
        if (current == null || current.version != parameters.version()) {
            drop();
            current = new Copy();
        }
        Copy copy = current;
        copy.users++;
        return copy;
    }

    /** Gives the memory back, once no session uses it: the weights are about to change. */
    synchronized void drop() {
        Copy old = current;
        current = null;
        if (old != null) {
            closeIfUnused(old);
        }
    }

    private void closeIfUnused(Copy copy) {
        if (copy != current && copy.users == 0) {
            copy.packed.close();
        }
    }

    @Override
    public void close() {
        drop();
    }
}
