package org.thurstone.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories as wholes. */
public final class Directories {

    private Directories() {}

    /**
     * Deletes a directory and all that is in it, if it is there. Links are deleted, not what they lead to.
     *
     * @throws UserError if something of it cannot be read or deleted
     */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(directory)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }
}
