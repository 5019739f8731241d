/**
 * Training once, on a file. An {@link org.thurstone.worlds.language.offline.OfflineRecipe} says all that decides the result;
 * {@link org.thurstone.worlds.language.offline.OfflineData} reads and splits the file and counts what was dropped and why;
 * {@link org.thurstone.worlds.language.offline.OfflineRun} trains inside a run directory and goes on where it was killed, to the last bit;
 * {@link org.thurstone.worlds.language.offline.OfflineReport} reports the result, overfitting included.
 */
@NullMarked
package org.thurstone.worlds.language.offline;

import org.jspecify.annotations.NullMarked;
