/**
 * Examples of the library. In at most 40 lines each: votes are ranked ({@link org.thurstone.examples.RankVotes}), a model trained on preferences
 * ({@link org.thurstone.examples.TrainDpo}), a loop with a custom judge ({@link org.thurstone.examples.Brevity}), and a custom loss ({@link
 * org.thurstone.examples.MyHinge}). In about 100: a respondent over HTTP ({@link org.thurstone.examples.HttpRespondent}) and a custom world ({@link
 * org.thurstone.examples.CoinGame}).
 */
@NullMarked
package org.thurstone.examples;

import org.jspecify.annotations.NullMarked;
