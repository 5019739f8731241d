package org.thurstone.model.sample;

/**
 * One sampled completion.
 *
 * @param tokens what was drawn, the token that ended it included
 * @param logProbs for each token its log-probability under the model's whole distribution, before temperature and filters
 * @param text what the tokens say, without an end token and without a stop string and what came after it
 */
public record Generation(int[] tokens, float[] logProbs, Finish finish, String text) {

    /** Why an answer ended. */
    public enum Finish {
        /** The model ended it. */
        EOS,
        /** A stop string or stop token came up. */
        STOP,
        /** There was no room for more: the most tokens asked for, or the model's context. */
        LENGTH
    }

    /** The log-probability of the whole answer. */
    public double sumLogProb() {
        double sum = 0;
        for (float logProb : logProbs) {
            sum += logProb;
        }
        return sum;
    }
}
