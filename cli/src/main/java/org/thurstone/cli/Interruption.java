package org.thurstone.cli;

import java.io.PrintWriter;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Disk;
import org.thurstone.data.RowsInParts;
import org.thurstone.data.SideFiles;

/**
 * Stops the process on Ctrl-C or SIGTERM: no file is written any more, unfinished files are deleted, the user is told how to resume, and the exit
 * code is 128 plus the signal's number. The step in progress is abandoned, as by a kill; the state to resume from is complete at any moment.
 *
 * <p>The process ends without the destructors of native libraries. They would run while other threads still compute, which crashes libtorch.
 */
final class Interruption implements AutoCloseable {

    private static final Pattern HANDLER = Pattern.compile("SIG(\\w+) handler");
    private static final int SECONDS = 5;

    /** What to say, and where; set while a command runs that can be resumed. */
    private static final AtomicReference<@Nullable Interruption> CURRENT = new AtomicReference<>();

    private static volatile boolean ended;

    private final ConsoleProgress progress;
    private final PrintWriter to;
    private final Supplier<String> line;
    private final Runnable first;

    private Interruption(ConsoleProgress progress, PrintWriter to, Supplier<String> line, Runnable first) {
        this.progress = progress;
        this.to = to;
        this.line = line;
        this.first = first;
    }

    /** Prints a line if the process is interrupted before the result is closed. */
    static Interruption says(ConsoleProgress progress, PrintWriter to, Supplier<String> line) {
        return set(new Interruption(progress, to, line, () -> {}));
    }

    /** Does something before the process ends, such as to tell clients, within the time that an interruption has. */
    static Interruption ends(ConsoleProgress progress, PrintWriter to, Runnable first) {
        return set(new Interruption(progress, to, () -> "stopped", first));
    }

    private static Interruption set(Interruption said) {
        CURRENT.set(said);
        return said;
    }

    /** The same for a file of rows that a model computes in parts. */
    static Interruption ofRows(ConsoleProgress progress, PrintWriter to, Path output) {
        return says(
                progress,
                to,
                () -> RowsInParts.begun(output)
                        ? "stopped; run the same command again to resume after the last finished part of " + output
                        : "stopped before the first part of " + output + " was finished");
    }

    @Override
    public void close() {
        CURRENT.set(null);
    }

    /** Looks after interruptions of this process from now on. */
    static void watch(PrintWriter err) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(err), "interruption"));
    }

    /** The command has come to its end: what follows is no interruption. */
    static void ended() {
        ended = true;
    }

    private static void stop(PrintWriter err) {
        if (ended) {
            return;
        }
        int code = code();
        // Whatever blocks, such as a pipe without a reader, the process ends.
        Thread limit = new Thread(() -> {
            sleep(2 * SECONDS);
            end(code);
        });
        limit.setDaemon(true);
        limit.start();
        try {
            Interruption told = CURRENT.get();
            if (told != null) {
                told.first.run();
            }
            if (Disk.freeze(SECONDS, TimeUnit.SECONDS)) {
                SideFiles.deleteOwn();
            }
            Interruption current = CURRENT.get();
            if (current == null) {
                err.println("stopped");
                err.flush();
            } else {
                current.progress.clear();
                current.to.println(current.line.get());
                current.to.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(code);
        }
    }

    private static void sleep(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** 128 and the number of the signal, of which Java tells no more than the name of the thread that handles it. */
    private static int code() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> HANDLER.matcher(thread.getName()))
                .filter(Matcher::matches)
                .flatMap(name -> switch (name.group(1)) {
                    case "HUP" -> Stream.of(129);
                    case "INT" -> Stream.of(130);
                    default -> Stream.of(143);
                })
                .findFirst()
                .orElse(143);
    }

    /** Ends the process at once. */
    private static void end(int code) {
        try {
            Linker linker = Linker.nativeLinker();
            linker.downcallHandle(
                            linker.defaultLookup().find("_exit").orElseThrow(),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invoke(code);
        } catch (Throwable e) { // A system without it, or without native access.
            Runtime.getRuntime().halt(code);
        }
    }
}
