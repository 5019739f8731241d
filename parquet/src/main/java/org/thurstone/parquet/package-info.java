/** Parquet files, read through DuckDB. It is not called directly: if it is on the class path, {@code Examples.read} also reads Parquet files. */
@NullMarked
package org.thurstone.parquet;

import org.jspecify.annotations.NullMarked;
