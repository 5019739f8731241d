package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Prints a line if the process is interrupted before this is closed. */
final class Interruption implements AutoCloseable {

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    static Interruption says(ConsoleProgress progress, PrintWriter to, Supplier<String> line) {
        Thread hook = new Thread(() -> {
            progress.clear();
            to.println(line.get());
            to.flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
