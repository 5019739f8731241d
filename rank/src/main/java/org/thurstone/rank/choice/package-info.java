/**
 * Rules of social choice: they use the votes of each pair and assume no model of strengths. {@link org.thurstone.rank.choice.PairwiseWins} is their
 * input; {@link org.thurstone.rank.choice.Borda}, {@link org.thurstone.rank.choice.Copeland}, {@link org.thurstone.rank.choice.Minimax}, {@link
 * org.thurstone.rank.choice.Kemeny} and {@link org.thurstone.rank.choice.MaximalLottery} are rules; {@link org.thurstone.rank.choice.RankCentrality}
 * estimates strengths, but by a random walk among the items.
 */
@NullMarked
package org.thurstone.rank.choice;

import org.jspecify.annotations.NullMarked;
