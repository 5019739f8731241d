package org.thurstone.data.format;

/**
 * What was read, and where it began.
 *
 * @param line the line in the file, from 1; in a file without lines (Parquet) the number of the row
 */
public record Row<T>(long line, T value) {}
