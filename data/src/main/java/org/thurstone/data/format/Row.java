package org.thurstone.data.format;

/**
 * A row, and the line where it begins.
 *
 * @param line the line in the file, from 1; in a file without lines (Parquet) the number of the row
 */
public record Row<T>(long line, T value) {}
