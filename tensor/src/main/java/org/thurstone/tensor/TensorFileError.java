package org.thurstone.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Thrown when a file of weights cannot be read or written: missing, cut off, malformed, of the wrong shape, no room. The message names the file,
 * the tensor where there is one, and what would be right, so it can be shown to the user alone.
 */
public final class TensorFileError extends UncheckedIOException {

    private static final long serialVersionUID = 1;

    public TensorFileError(Path file, String message) {
        super(new IOException(file + ": " + message));
    }

    public TensorFileError(Path file, String message, Throwable cause) {
        super(new IOException(file + ": " + message, cause));
    }

    /** A file that cannot be read, in words. */
    public static TensorFileError reading(Path file, IOException e) {
        return new TensorFileError(file, "cannot be read: " + why(e), e);
    }

    /** The message alone, without the class name of the cause. */
    @Override
    public String getMessage() {
        return String.valueOf(Objects.requireNonNull(getCause()).getMessage());
    }

    private static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
