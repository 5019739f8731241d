package org.thurstone.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.thurstone.loop.Progress;

/**
 * Shows progress on the console. On a terminal, each step overwrites the line of the last one. Elsewhere, such as in a log file, a step with figures
 * prints a line after each tenth.
 */
final class ConsoleProgress implements Progress {

    private static final long MILLIS_BETWEEN = 100;

    private final PrintWriter out;
    private final boolean watched;
    private long last;
    private int width;
    private String logged = "";
    private long loggedStep;
    private long loggedTenth;

    ConsoleProgress(PrintWriter out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    /** Writes to {@code out}; lines are overwritten only if standard input and output are a terminal. */
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
        if (!watched) {
            log(what, done, total, note);
            return;
        }
        long now = System.currentTimeMillis();
        if (now - last < MILLIS_BETWEEN && done != total) {
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

    /** Logs after a number of steps and not of seconds, so that the same run logs the same lines. */
    private void log(String what, long done, long total, String note) {
        if (note.isEmpty() || total <= 0) {
            return;
        }
        long tenth = 10 * done / total;
        if (!what.equals(logged) || done <= loggedStep) {
            loggedTenth = 0; // another stage
        }
        logged = what;
        loggedStep = done;
        if (tenth > loggedTenth) {
            loggedTenth = tenth;
            out.println("  " + what + " " + done + "/" + total + "  " + note);
            out.flush();
        }
    }

    /** The same progress, but a step's line is erased when the step is complete. */
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

    /** Erases the line of the last step, so that other output starts on an empty line. */
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
