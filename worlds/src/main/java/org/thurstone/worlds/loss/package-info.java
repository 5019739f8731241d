/**
 * Losses without tensors in the interface, for commands and servers: {@link org.thurstone.worlds.loss.Losses} answers files of cases and
 * draws {@link org.thurstone.worlds.loss.MarginPlot}s.
 */
@NullMarked
package org.thurstone.worlds.loss;

import org.jspecify.annotations.NullMarked;
