package org.thurstone.tensor;

import java.nio.file.Path;

/**
 * A file of weights that cannot be read or written: missing, cut off, malformed, of the wrong shape, no room. The message names the file,
 * the tensor where there is one, and what would be right, so it can be shown to the user alone.
 */
public final class TensorFileError extends RuntimeException {

    public TensorFileError(Path file, String message) {
        super(file + ": " + message);
    }

    public TensorFileError(Path file, String message, Throwable cause) {
        super(file + ": " + message, cause);
    }
}
