package org.thurstone.data.container;

import java.nio.file.Path;

/** A kind of file that is not text, such as Parquet. Implementations in other modules are found by {@link java.util.ServiceLoader}. */
public interface BinaryContainer {

    /**
     * Whether a file is of this kind.
     *
     * @param head the first bytes of the file, at most 16
     */
    boolean recognises(byte[] head);

    RowSource open(Path path);
}
