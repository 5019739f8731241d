package org.thurstone.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** The message alone, without the class name of the cause. */
    @Override
    public String getMessage() {
        return String.valueOf(Objects.requireNonNull(getCause()).getMessage());
    }
}
