package org.thurstone.feedback.reward;

/**
 * The accuracy of a classifier on held-out sentences.
 *
 * @param sentences number of held-out sentences
 * @param correct number of them that were classified correctly, with threshold ½
 */
public record HeldOut(int sentences, int correct) {

    /** The accuracy in [0, 1]; NaN if nothing was held out. */
    public double accuracy() {
        return (double) correct / sentences;
    }
}
