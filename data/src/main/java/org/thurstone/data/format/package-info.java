/**
 * Reading and writing files of examples. {@link org.thurstone.data.format.Examples} is the entry point: it opens a file, detects from its first rows
 * which {@link org.thurstone.data.format.RowFormat} they are in, and gives the {@link org.thurstone.data.Example}s one by one, so that a file of any
 * size is read in constant memory. Invalid rows are dropped, counted and explained; a file with too many of them is refused. A new format is one
 * small file and a line in {@link org.thurstone.data.format.RowFormat#ALL}. {@link org.thurstone.data.format.ExampleWriter} writes Thurstone's
 * lossless format, and TRL's.
 */
@NullMarked
package org.thurstone.data.format;

import org.jspecify.annotations.NullMarked;
