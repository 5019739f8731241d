package org.thurstone.feedback.reward;

/**
 * The accuracy of a classifier on held-out sentences.
 *
 * @param sentences how many were held out
 * @param correct how many of them fell on the right side of one half
 */
public record HeldOut(int sentences, int correct) {

    /** In [0, 1]; NaN where nothing was held out. */
    public double accuracy() {
        return (double) correct / sentences;
    }
}
