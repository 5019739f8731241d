package org.thurstone.rank;

/**
 * The standing of an item on a board.
 *
 * @param rating in the board's unit; NaN where the votes do not determine it
 * @param low the lower end of its interval; NaN where there is none
 * @param high the upper end of its interval; NaN where there is none
 * @param rank from 1; equal ratings share one
 * @param best the best place that it may have, with simultaneous confidence for all items; from 1
 * @param worst the worst such place
 * @param group items of different groups have ratings that cannot be compared; 0 for all where there is one group
 */
public record Standing(String item, double rating, double low, double high, int rank, int best, int worst, int group) {}
