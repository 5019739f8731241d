package org.thurstone.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporary names of unfinished files and directories, next to their final place: {@code .NAME.PROCESS-NUMBER.tmp}. The name tells which process
 * wrote a file, in case it was killed; the leading dot keeps the file out of globs.
 */
public final class SideFiles {

    private static final Pattern NAME = Pattern.compile("\\..+\\.(\\d{1,18})-\\d+\\.tmp");

    /** Names of earlier versions, which do not tell the process. */
    private static final Pattern EARLIER = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.part|\\..+\\.aside");

    private static final AtomicLong COUNT = new AtomicLong();

    /** Those of this process. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private SideFiles() {}

    /** A name that nothing has, for what will be the target. It is this process's until {@link #finished}. */
    static Path beside(Path target) {
        while (true) {
            Path aside = target.resolveSibling("." + target.getFileName() + "."
                    + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".tmp");
            // In a container every process may have the same number.
            if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
                OWN.add(aside);
                return aside;
            }
        }
    }

    /** Deletes this file too if the process is interrupted, until it is {@link #finished}. */
    static void add(Path aside) {
        OWN.add(aside);
    }

    /** The side file is deleted, or has its name. */
    static void finished(Path aside) {
        OWN.remove(aside);
    }

    /** Deletes those of this process. What cannot be deleted stays: the process is ending. */
    public static void deleteOwn() {
        for (Path aside : OWN) {
            try {
                Disk.deleteTree(aside);
            } catch (IOException | UncheckedIOException e) {
                // The next run sweeps it.
            }
        }
    }

    /**
     * Deletes what dead processes have left unfinished below a directory that is this process's. What belongs to a process that is still
     * running is left alone; a process that began after the last change has only taken over the number of a dead one.
     *
     * @throws UserError if a directory cannot be read, or a file cannot be deleted
     */
    public static void sweep(Path root) {
        sweep(root, Files::walk, path -> isAbandoned(path) || isEarlier(path));
    }

    /** Deletes what dead processes have left of one file. */
    static void sweepBeside(Path target) {
        Path directory = target.getParent();
        if (directory != null) {
            try {
                String prefix = "." + target.getFileName() + ".";
                sweep(
                        directory,
                        Files::list,
                        path -> String.valueOf(path.getFileName()).startsWith(prefix) && isAbandoned(path));
            } catch (UserError ignored) {
                // Others' files in a directory that is not ours to clean.
            }
        }
    }

    @FunctionalInterface
    private interface Listing {
        Stream<Path> of(Path directory) throws IOException;
    }

    private static void sweep(Path root, Listing listing, Predicate<Path> abandoned) {
        try (Stream<Path> paths = listing.of(root)) {
            for (Path path : paths.filter(abandoned).toList()) {
                Disk.deleteTree(path);
            }
        } catch (IOException e) {
            throw UserError.writing(root, e);
        } catch (UncheckedIOException e) {
            throw UserError.writing(root, Objects.requireNonNull(e.getCause()));
        }
    }

    private static boolean isEarlier(Path path) {
        return EARLIER.matcher(String.valueOf(path.getFileName())).matches();
    }

    private static boolean isAbandoned(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches() || OWN.contains(path.toAbsolutePath()) || Files.isSymbolicLink(path)) {
            return false;
        }
        Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(name.group(1)));
        try {
            Instant written = Files.getLastModifiedTime(path).toInstant();
            return owner.flatMap(o -> o.info().startInstant().map(written::isBefore))
                    .orElse(owner.isEmpty());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
