package org.thurstone.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens files that a user names. These are read more than once (to detect the format, for a fingerprint, when a run resumes), so a pipe, which can
 * be read only once, is rejected; so is a device, which may have no end.
 */
public final class InputFile {

    private InputFile() {}

    /**
     * The bytes of a file.
     *
     * @throws UserError if it is a directory, a pipe or a device
     * @throws IOException if it is missing or cannot be opened
     */
    public static InputStream open(Path path) throws IOException {
        requireRegular(path);
        return Files.newInputStream(path);
    }

    /** All bytes of a file, as {@link #open} gives them. */
    public static byte[] bytes(Path path) throws IOException {
        requireRegular(path);
        return Files.readAllBytes(path);
    }

    /**
     * The text of a file in UTF-8.
     *
     * @throws UserError if it is a directory, a pipe or a device, or not text in UTF-8
     */
    public static String text(Path path) throws IOException {
        requireRegular(path);
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new UserError("cannot read " + path + ": it is not text in UTF-8", e);
        }
    }

    /**
     * Refuses what is there and no file. A link to a file is one.
     *
     * @throws UserError if it is a directory, a pipe or a device
     */
    public static void requireRegular(Path path) {
        if (Files.isDirectory(path)) {
            throw new UserError("cannot read " + path + ": it is a directory; name a file in it");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new UserError("cannot read " + path
                    + ": it is a pipe or a device, not a file; write what comes out of it to a file and name that");
        }
    }
}
