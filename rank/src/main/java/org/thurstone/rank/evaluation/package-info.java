/**
 * Evaluation of models, judges and reward models from recorded preferences: win rates against a baseline with and without length
 * ({@link org.thurstone.rank.evaluation.WinRate}, {@link org.thurstone.rank.evaluation.LengthControl}), benchmarks of reward models in
 * their own formats and weights ({@link org.thurstone.rank.evaluation.RewardBenchmark}), ranking accuracy of any scorer
 * ({@link org.thurstone.rank.evaluation.RankingAccuracy}), and answers that are right or wrong
 * ({@link org.thurstone.rank.evaluation.SolutionFile}).
 */
@NullMarked
package org.thurstone.rank.evaluation;

import org.jspecify.annotations.NullMarked;
