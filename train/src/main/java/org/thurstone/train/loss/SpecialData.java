package org.thurstone.train.loss;

/**
 * Special data that a loss needs and that a loop cannot produce.
 *
 * @param words what it is, as in "needs …"
 * @param instead the loss to use where there is none
 */
public record SpecialData(String words, String instead) {}
