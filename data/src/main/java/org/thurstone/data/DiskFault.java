package org.thurstone.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure of the disk that tests inject where {@link Disk} writes, by number, as {@link CrashPoint} halts processes: a disk that is really
 * full, or that really fails to sync, is hard to come by, and fails somewhere else each time.
 *
 * <p>Two system properties turn it on; without them a check is one test of a constant:
 *
 * <ul>
 *   <li>{@code thurstone.fail-at=full:17} makes the 17th write and every later one fail.
 *   <li>{@code thurstone.count-disk-faults=true} prints how many places of each kind were passed when the process ends:
 *       {@code disk faults: full 31, fsync 24, permission 12}. A process that fails prints the line too.
 * </ul>
 */
public enum DiskFault {
    /** Half of what was to be written fits, and nothing more from then on. */
    FULL {
        @Override
        IOException failure(Path path) {
            return new FileSystemException(path.toString(), null, "No space left on device");
        }
    },
    /** What was written cannot be brought to the disk; once, as the system forgets that it failed. */
    FSYNC {
        @Override
        IOException failure(Path path) {
            return new FileSystemException(path.toString(), null, "Input/output error");
        }
    },
    /** A file or directory cannot be made, renamed or deleted; once. */
    PERMISSION {
        @Override
        IOException failure(Path path) {
            return new AccessDeniedException(path.toString());
        }
    };

    private static final String FAIL_AT = "thurstone.fail-at";
    private static final @Nullable NumberedPlace<DiskFault> FAIL =
            NumberedPlace.of(DiskFault.class, FAIL_AT, "full:17");
    private static final boolean COUNTING = Boolean.getBoolean("thurstone.count-disk-faults");
    private static final boolean WATCHED = FAIL != null || COUNTING;
    private static final Map<DiskFault, Long> COUNTS = new EnumMap<>(DiskFault.class);

    static {
        if (WATCHED) {
            Runtime.getRuntime().addShutdownHook(new Thread(DiskFault::printCounts));
        }
    }

    /** What the system says in such a case. */
    abstract IOException failure(Path path);

    /** Passes a place where this could happen; fails if it is the one that was asked for. */
    void check(Path path) throws IOException {
        if (WATCHED && strikes()) {
            throw failure(path);
        }
    }

    private boolean strikes() {
        synchronized (COUNTS) {
            long number = COUNTS.merge(this, 1L, Long::sum);
            return FAIL != null
                    && FAIL.kind() == this
                    && (this == FULL ? number >= FAIL.number() : number == FAIL.number());
        }
    }

    private static void printCounts() {
        synchronized (COUNTS) {
            System.err.println("disk faults: " + NumberedPlace.counts(values(), COUNTS));
        }
    }
}
