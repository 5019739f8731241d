/**
 * Ratings that are updated after every battle, in the order of time: {@link org.thurstone.rank.online.Elo}, {@link org.thurstone.rank.online.Glicko2}
 * and {@link org.thurstone.rank.online.TrueSkill}. Each is a {@link org.thurstone.rank.online.OnlineRating}, which begins a {@link
 * org.thurstone.rank.online.RatingState} and updates it; the board is its final state.
 */
@NullMarked
package org.thurstone.rank.online;

import org.jspecify.annotations.NullMarked;
