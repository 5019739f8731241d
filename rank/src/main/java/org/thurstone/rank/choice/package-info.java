/**
 * Who should win a vote: rules of social choice, which ask of each pair how the votes went and take nothing for granted about strengths.
 * {@link org.thurstone.rank.choice.PairwiseWins} is what they see; {@link org.thurstone.rank.choice.Borda},
 * {@link org.thurstone.rank.choice.Copeland}, {@link org.thurstone.rank.choice.Minimax}, {@link org.thurstone.rank.choice.Kemeny} and
 * {@link org.thurstone.rank.choice.MaximalLottery} are rules; {@link org.thurstone.rank.choice.RankCentrality} estimates strengths, but by
 * a walk among the items.
 */
@NullMarked
package org.thurstone.rank.choice;

import org.jspecify.annotations.NullMarked;
