package org.thurstone.worlds.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Directories;
import org.thurstone.data.UserError;

/**
 * Snapshots of a running stage, in a directory {@code .draft} next to its output: the latest one is kept until the next is complete.
 *
 * @param root the run directory
 */
record StageSnapshots(Path root) {

    /** @param step that the state was saved after */
    record StageSnapshot(int step, Path directory) {}

    private Path directory(String iteration) {
        return root.resolve(iteration).resolve(".draft");
    }

    /** The latest draft of an iteration. */
    Optional<StageSnapshot> find(String iteration) {
        Path all = directory(iteration);
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        return drafts(all).stream().max(Comparator.comparingInt(d -> step(d))).map(d -> new StageSnapshot(step(d), d));
    }

    private static int step(Path draft) {
        return Integer.parseInt(String.valueOf(draft.getFileName()).substring("step-".length()));
    }

    /** Finished drafts: one that was being written has another name. */
    private static List<Path> drafts(Path all) {
        try (Stream<Path> files = Files.list(all)) {
            return files.filter(f -> String.valueOf(f.getFileName()).startsWith("step-"))
                    .toList();
        } catch (IOException e) {
            throw UserError.reading(all, e);
        }
    }

    /** Keeps a new draft, and then drops the others. */
    void keep(String iteration, int step, Consumer<Path> write) {
        Path all = directory(iteration);
        Path aside = all.resolve("aside");
        try {
            Directories.delete(aside);
            Files.createDirectories(aside);
            write.accept(aside);
            List<Path> before = drafts(all);
            CrashPoint.WRITE.reached();
            Files.move(aside, all.resolve("step-" + step), StandardCopyOption.ATOMIC_MOVE);
            CrashPoint.WRITE.reached();
            for (Path old : before) {
                Directories.delete(old);
            }
        } catch (IOException e) {
            throw UserError.writing(all, e);
        }
    }

    /** Drops all drafts of an iteration. */
    void drop(String iteration) {
        Directories.delete(directory(iteration));
    }
}
