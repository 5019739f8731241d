/**
 * Respondents. Some answer directly: {@link org.thurstone.elicit.respondent.SimulatedHuman}, {@link org.thurstone.elicit.respondent.JudgeScores} and
 * {@link org.thurstone.elicit.respondent.BradleyTerry} from the scores of the run's judge, {@link org.thurstone.elicit.respondent.FromFile} when
 * people have filled in a file, {@link org.thurstone.elicit.respondent.Recorded} from what is known; {@link org.thurstone.elicit.respondent.Given} is
 * an object of the calling program. The others combine members, so that each feature works for every respondent: {@link
 * org.thurstone.elicit.respondent.Majority} of several answers, {@link org.thurstone.elicit.respondent.Committee}, {@link
 * org.thurstone.elicit.respondent.BothOrders} of a pair, {@link org.thurstone.elicit.respondent.GoldQuestions}, {@link
 * org.thurstone.elicit.respondent.Routed}, {@link org.thurstone.elicit.respondent.Noisy}; and, for those that cost or fail, {@link
 * org.thurstone.elicit.respondent.Cached}, {@link org.thurstone.elicit.respondent.Retrying}, {@link org.thurstone.elicit.respondent.RateLimited},
 * {@link org.thurstone.elicit.respondent.Capped} and {@link org.thurstone.elicit.respondent.Timeout}.
 *
 * <p>All of them are records that recipes name. Members are asked through the same ledger ({@link org.thurstone.elicit.Elicitation#ask}), so each
 * answer of a member is stored with its cost before it is used; the answer of the composite has no cost of its own. Questions that a member leaves
 * open stay open; what a member abstains from or fails at, its composite abstains from or fails at, unless it says otherwise.
 */
@NullMarked
package org.thurstone.elicit.respondent;

import org.jspecify.annotations.NullMarked;
