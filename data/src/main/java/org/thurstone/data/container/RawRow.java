package org.thurstone.data.container;

import tools.jackson.databind.node.ObjectNode;

/** A row of a file before its format is known. */
public sealed interface RawRow {

    /** Where the row begins: its line, from 1; in a file without lines its number, from 1. */
    long line();

    /** A row that could be read. */
    record Fields(long line, ObjectNode fields) implements RawRow {}

    /** A row that could not be read, while those after it can. */
    record Broken(long line, String reason) implements RawRow {}
}
