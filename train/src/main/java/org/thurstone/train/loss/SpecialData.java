package org.thurstone.train.loss;

/**
 * Data of a kind of its own that a loss is about, which a loop that samples and asks cannot make.
 *
 * @param words what it is, as in "needs …"
 * @param instead the loss to use where there is none
 */
public record SpecialData(String words, String instead) {}
