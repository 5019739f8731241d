/**
 * Log-probabilities of given completions under a policy. {@link org.thurstone.worlds.language.scoring.Scoring} goes through the rows of a file in windows, sorted
 * by length inside each, and gives every row back in its place with the log-probabilities of its completion's tokens;
 * {@link org.thurstone.worlds.language.scoring.RowTrees} determines which tokens of a row are scored.
 */
@NullMarked
package org.thurstone.worlds.language.scoring;

import org.jspecify.annotations.NullMarked;
