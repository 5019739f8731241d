package org.thurstone.data.container;

import java.util.List;
import java.util.Optional;

/** The rows of a file, first to last, one in memory at a time. */
public interface RowSource extends AutoCloseable {

    /**
     * The next row; empty at the end.
     *
     * @throws org.thurstone.data.UserError if nothing more can be read (a broken array, a truncated gzip)
     */
    Optional<RawRow> next();

    /** Remarks on how the rows were read; complete once the end is reached. */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    void close();
}
