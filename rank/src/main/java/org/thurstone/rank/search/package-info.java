/**
 * Ranking by asking: {@link org.thurstone.rank.search.PairSearch} orders completions by asking a {@link org.thurstone.elicit.Respondent} which of two
 * is better, with few questions.
 */
@NullMarked
package org.thurstone.rank.search;

import org.jspecify.annotations.NullMarked;
