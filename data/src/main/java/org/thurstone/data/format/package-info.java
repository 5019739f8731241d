/**
 * Files of examples, in and out. {@link org.thurstone.data.format.Examples} is the way in: it opens a file, finds from its first rows
 * which {@link org.thurstone.data.format.RowFormat} they are in, and gives the {@link org.thurstone.data.Example}s one by one, so that
 * a file of any size is read in constant memory. Rows that make no sense are dropped, counted and explained; too many of them stop the
 * reading. A new format is one small file and a line in {@link org.thurstone.data.format.RowFormat#ALL}. {@link
 * org.thurstone.data.format.ExampleWriter} writes our own lossless form, and TRL's.
 */
@NullMarked
package org.thurstone.data.format;

import org.jspecify.annotations.NullMarked;
