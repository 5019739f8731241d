package org.thurstone.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in the program where a kill matters to a run that is resumed. Code that a resume relies on announces each such place with {@link #reached};
 * a test can then halt the process at any one of them. Code that appends to a file, moves something to its final name, or asks a respondent announces
 * it.
 *
 * <p>It exists because a kill by the clock tests little: on a fast machine the run has ended before, on a slow one it has not begun, and two kills
 * rarely hit the same place. A place has a number instead, the same on every machine, so a failure can be repeated.
 *
 * <p>Two system properties turn it on; without them {@code reached} is one test of a constant:
 *
 * <ul>
 * <li>{@code thurstone.halt-at=append:17} halts the process, as SIGKILL does, the 17th time that an append is announced: no shutdown hook, no {@code
 * finally}, exit status 137.
 * <li>{@code thurstone.count-crash-points=true} prints how many of each kind were reached when the process ends: {@code crash points: write 31,
 * append 24, respondent 90}.
 * </ul>
 *
 * <p>A process that halts prints the same line first. {@code dev/kill-and-resume} draws places from those counts.
 */
public enum CrashPoint {
    /** A file or directory is about to get its final name, or has just got it. */
    WRITE,
    /** A record was appended to a file that a resumed run continues. */
    APPEND,
    /** A judge, verifier or annotator is about to be asked. */
    RESPONDENT;

    private static final String HALT_AT = "thurstone.halt-at";
    private static final @Nullable NumberedPlace<CrashPoint> HALT =
            NumberedPlace.of(CrashPoint.class, HALT_AT, "write:17");
    private static final boolean COUNTING = Boolean.getBoolean("thurstone.count-crash-points");
    private static final boolean WATCHED = HALT != null || COUNTING;
    private static final Map<CrashPoint, Long> COUNTS = new ConcurrentHashMap<>();

    static {
        if (COUNTING) {
            Runtime.getRuntime().addShutdownHook(new Thread(CrashPoint::printCounts));
        }
    }

    /** Announces that the process is at such a place; does not return if this is the one to halt at. */
    public void reached() {
        if (WATCHED) {
            long number = COUNTS.merge(this, 1L, Long::sum);
            if (HALT != null && HALT.kind() == this && HALT.number() == number) {
                printCounts();
                Runtime.getRuntime().halt(137);
            }
        }
    }

    private static void printCounts() {
        System.err.println("crash points: " + NumberedPlace.counts(values(), COUNTS));
        System.err.flush();
    }
}
