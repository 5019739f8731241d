/**
 * Parquet files, read through DuckDB. It is not called directly: with it on the class path, {@code Examples.read} takes Parquet files as
 * it takes any other.
 */
@NullMarked
package org.thurstone.parquet;

import org.jspecify.annotations.NullMarked;
