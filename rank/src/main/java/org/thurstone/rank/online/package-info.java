/**
 * Ratings that move with every battle, in the order of time: {@link org.thurstone.rank.online.Elo},
 * {@link org.thurstone.rank.online.Glicko2} and {@link org.thurstone.rank.online.TrueSkill}. Each is a
 * {@link org.thurstone.rank.online.OnlineRating}, which begins a {@link org.thurstone.rank.online.RatingState} and lets it learn; what the
 * course knows at the end is the board.
 */
@NullMarked
package org.thurstone.rank.online;

import org.jspecify.annotations.NullMarked;
