package org.thurstone.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Directories that are there whole or not at all, as {@link AtomicFile} is for a file: filled aside, forced to the disk, renamed. */
public final class AtomicDirectory {

    private AtomicDirectory() {}

    /**
     * Writes a directory that is not there yet; its parent is made.
     *
     * @param fill puts files into the empty directory that it is given; if it fails, nothing is left
     */
    public static void write(Path target, Consumer<Path> fill) {
        write(target, fill, aside -> {});
    }

    /**
     * The same with a last look at what was written.
     *
     * @param filled is given the directory again once all is on the disk, right before it gets its name
     */
    public static void write(Path target, Consumer<Path> fill, Consumer<Path> filled) {
        Path whole = target.toAbsolutePath();
        Path aside = SideFiles.beside(whole);
        try {
            Disk.createDirectories(aside);
            SideFiles.sweepBeside(whole);
            fill.accept(aside);
            Disk.forceTree(aside);
            filled.accept(aside);
            CrashPoint.WRITE.reached();
            Disk.move(aside, whole);
            Disk.forceParent(whole);
            CrashPoint.WRITE.reached();
        } catch (IOException e) {
            throw UserError.writing(target, e);
        } finally {
            discard(aside);
        }
    }

    private static void discard(Path aside) {
        try {
            Disk.deleteTree(aside);
            SideFiles.finished(aside);
        } catch (IOException e) {
            // The error that led here is the one to tell; the next run sweeps what is left.
        }
    }

    /** Gives the files of one directory names in another too: without a second copy where the file system can do that. */
    public static void link(Path from, Path into) {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.sorted().toList()) {
                Path name = into.resolve(file.getFileName());
                try {
                    Disk.link(file, name);
                } catch (UnsupportedOperationException | IOException e) {
                    AtomicFile.copy(file, name);
                }
            }
        } catch (IOException e) {
            throw UserError.writing(into, e);
        }
    }
}
