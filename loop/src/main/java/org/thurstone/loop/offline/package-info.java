/**
 * Training once, on a file. An {@link org.thurstone.loop.offline.OfflineRecipe} says all that decides the result;
 * {@link org.thurstone.loop.offline.OfflineData} reads and splits the file and counts what was dropped and why;
 * {@link org.thurstone.loop.offline.OfflineRun} trains inside a run directory and goes on where it was killed, to the last bit;
 * {@link org.thurstone.loop.offline.OfflineReport} says what came of it, overfitting included.
 */
@NullMarked
package org.thurstone.loop.offline;

import org.jspecify.annotations.NullMarked;
