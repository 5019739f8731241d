package org.thurstone.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.thurstone.loop.Progress;

/** Progress on a terminal: the last step is overwritten by the next message. Without a terminal, only messages are printed. */
final class ConsoleProgress implements Progress {

    private static final long MILLIS_BETWEEN = 100;

    private final PrintWriter out;
    private final boolean watched;
    private long last;
    private int width;

    ConsoleProgress(PrintWriter out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    /** On whatever the command's people read; overwriting only where both ends are a terminal. */
    static ConsoleProgress of(PrintWriter out) {
        return new ConsoleProgress(
                out,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    }

    @Override
    public synchronized void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    @Override
    public synchronized void step(String what, long done, long total, String note) {
        long now = System.currentTimeMillis();
        if (!watched || (now - last < MILLIS_BETWEEN && done != total)) {
            return;
        }
        last = now;
        String line =
                "  " + what + " " + (total > 0 ? bar(done, total) + " " + done + "/" + total : Long.toString(done))
                        + (note.isEmpty() ? "" : "  " + note);
        clear();
        out.print(line);
        out.flush();
        width = line.length();
    }

    /** The same, with the step wiped as soon as it is complete. */
    Progress clearingWhenDone() {
        return new Progress() {
            @Override
            public void say(String line) {
                ConsoleProgress.this.say(line);
            }

            @Override
            public void step(String what, long done, long total, String note) {
                ConsoleProgress.this.step(what, done, total, note);
                if (done == total) {
                    clear();
                }
            }
        };
    }

    /** Wipes the step, so that what follows starts on a clean line. */
    synchronized void clear() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
    }

    private static String bar(long done, long total) {
        int filled = (int) (20 * Math.min(done, total) / total);
        return "[" + "=".repeat(filled) + " ".repeat(20 - filled) + "]";
    }
}
