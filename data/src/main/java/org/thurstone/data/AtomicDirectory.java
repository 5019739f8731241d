package org.thurstone.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes directories completely or not at all: under a temporary name, synced and then renamed, as {@link AtomicFile} does with files. */
public final class AtomicDirectory {

    private AtomicDirectory() {}

    /**
     * Writes a directory that does not exist yet; its parent is created.
     *
     * @param fill puts files into the empty directory that it is given; if it fails, nothing is left
     */
    public static void write(Path target, Consumer<Path> fill) {
        write(target, fill, aside -> {});
    }

    /**
     * Writes a directory that does not exist yet, and passes it on before it is renamed.
     *
     * @param filled receives the directory when all files are on the disk, just before it is renamed to {@code target}
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
            // The error that led here is the one to report; the next run deletes the rest.
        }
    }

    /** Links the files of one directory into another; copies them if the file system has no hard links. */
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
