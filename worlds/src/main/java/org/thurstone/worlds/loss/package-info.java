/**
 * Losses for those who know no tensors, such as a command or a server: {@link org.thurstone.worlds.loss.Losses} answers files of cases and
 * draws {@link org.thurstone.worlds.loss.MarginPlot}s.
 */
@NullMarked
package org.thurstone.worlds.loss;

import org.jspecify.annotations.NullMarked;
