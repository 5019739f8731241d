package org.thurstone.train.loss;

/**
 * What a loss needs beside the policy's own log-probabilities. It says so in {@link Loss#needs()}, and only that is computed. Everything
 * here is data: no gradient flows through it.
 */
public enum Need {
    /** (n, T): log-probabilities of the same tokens under the reference policy. */
    REFERENCE("the reference policy's log-probabilities", true),
    /** (n, T): under a second reference, where a method keeps the last iterate beside the first policy, or two references. */
    SECOND_REFERENCE("a second reference policy's log-probabilities", true),
    /** (n, T): how much each token counts, at least 0; 1 is the ordinary token. */
    TOKEN_WEIGHTS("a weight for each token", false),
    /** Completions of other prompts after these ones ({@link SingleBatch#mismatched()}), for the baseline of KTO. */
    MISMATCHED("completions paired with prompts that are not theirs", false);

    private final String words;
    private final boolean frozenPolicy;

    Need(String words, boolean frozenPolicy) {
        this.words = words;
        this.frozenPolicy = frozenPolicy;
    }

    /** For messages: what it is, as in "needs …". */
    public String words() {
        return words;
    }

    /** Whether it is the log-probabilities of a policy that is not trained, computed once for a data set. */
    public boolean frozenPolicy() {
        return frozenPolicy;
    }
}
