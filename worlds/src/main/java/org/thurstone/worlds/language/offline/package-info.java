/**
 * Offline training on a file. An {@link org.thurstone.worlds.language.offline.OfflineRecipe} holds all settings that determine the result;
 * {@link org.thurstone.worlds.language.offline.OfflineData} reads and splits the file and counts what was dropped and why;
 * {@link org.thurstone.worlds.language.offline.OfflineRun} trains in a run directory and resumes after a kill with bit-identical results;
 * {@link org.thurstone.worlds.language.offline.OfflineReport} reports the result, overfitting included.
 */
@NullMarked
package org.thurstone.worlds.language.offline;

import org.jspecify.annotations.NullMarked;
