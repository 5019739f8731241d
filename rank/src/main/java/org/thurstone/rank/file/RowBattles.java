package org.thurstone.rank.file;

import java.util.List;
import java.util.Optional;
import org.thurstone.rank.Battle;

/** Reads battles from a row. Each method throws an IllegalArgumentException that says what is wrong with the row. */
interface RowBattles {

    /** None where it weighs nothing, two where a preference is a matter of degree. */
    List<Battle> battles(Cell row, long line);

    /** The unique id of the row. */
    Optional<String> id(Cell row);

    /** The value of the column to group by; an empty text if the row has none. */
    String by(Cell row);

    /** Remarks on how the rows were read, after all have been read. */
    default List<String> remarks() {
        return List.of();
    }
}
