package org.thurstone.rank.file;

import java.util.List;
import java.util.Optional;
import org.thurstone.rank.Battle;

/** Reads battles from a row. Each method throws an IllegalArgumentException that says what is wrong with the row. */
interface RowBattles {

    /** None where it weighs nothing, two where a preference is a matter of degree. */
    List<Battle> battles(Cell row, long line);

    /** What must not be there twice. */
    Optional<String> id(Cell row);

    /** What boards are made apart by; empty text where the row does not say. */
    String by(Cell row);

    /** What is to be said of how the rows were read, once all were. */
    default List<String> remarks() {
        return List.of();
    }
}
