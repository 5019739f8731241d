package org.thurstone.elicit;

/**
 * The cost of an answer.
 *
 * @param amount money, in the currency that the respondent is paid in, at least 0
 * @param inputTokens that a model read, at least 0
 * @param outputTokens that a model wrote, at least 0
 */
public record Cost(double amount, long inputTokens, long outputTokens) {

    public static final Cost NONE = new Cost(0, 0, 0);

    public Cost {
        if (!(amount >= 0) || Double.isInfinite(amount) || inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("a cost is finite and at least 0; got amount %s, tokens %d and %d"
                    .formatted(amount, inputTokens, outputTokens));
        }
    }

    public Cost plus(Cost other) {
        return new Cost(amount + other.amount, inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }
}
