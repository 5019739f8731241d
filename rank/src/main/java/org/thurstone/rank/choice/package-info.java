/**
 * Rules of social choice: they use the votes of each pair and assume no model of strengths. {@link org.thurstone.rank.choice.PairwiseWins} is their
 * input; {@link org.thurstone.rank.choice.Borda}, {@link org.thurstone.rank.choice.Copeland}, {@link org.thurstone.rank.choice.Minimax}, {@link
 * org.thurstone.rank.choice.Kemeny}, {@link org.thurstone.rank.choice.MaximalLottery} and {@link org.thurstone.rank.choice.AverageWinRate} are rules.
 * {@link org.thurstone.rank.choice.RankCentrality}, {@link org.thurstone.rank.choice.PageRank} and {@link org.thurstone.rank.choice.EigenvectorRanking}
 * find strengths, by a random walk among the items or by what each got against the strengths of the others.
 */
@NullMarked
package org.thurstone.rank.choice;

import org.jspecify.annotations.NullMarked;
