/**
 * How Thurstone is used from Java. In at most 40 lines each: votes ranked ({@link org.thurstone.examples.RankVotes}), a model trained on
 * preferences ({@link org.thurstone.examples.TrainDpo}), a loop with a judge of one's own ({@link org.thurstone.examples.Brevity}), and a loss of
 * one's own ({@link org.thurstone.examples.MyHinge}). In about 100: a respondent over HTTP ({@link org.thurstone.examples.HttpRespondent}) and a
 * world of one's own ({@link org.thurstone.examples.CoinGame}).
 */
@NullMarked
package org.thurstone.examples;

import org.jspecify.annotations.NullMarked;
