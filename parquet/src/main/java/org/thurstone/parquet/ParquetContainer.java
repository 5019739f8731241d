package org.thurstone.parquet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.thurstone.data.container.BinaryContainer;
import org.thurstone.data.container.RowSource;

/** Files that begin with {@code PAR1}. */
public final class ParquetContainer implements BinaryContainer {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean recognises(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    @Override
    public RowSource open(Path path) {
        return new ParquetRows(path);
    }
}
