/**
 * The containers of rows: lines of JSON, one JSON array, CSV, each gzipped or not, and what other modules add (Parquet). {@link
 * org.thurstone.data.container.Containers} looks into the file, not only at its name, and gives a {@link org.thurstone.data.container.RowSource} of
 * JSON-like rows, one at a time. The meaning of the rows is defined in {@code org.thurstone.data.format}.
 */
@NullMarked
package org.thurstone.data.container;

import org.jspecify.annotations.NullMarked;
