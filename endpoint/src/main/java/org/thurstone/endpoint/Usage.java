package org.thurstone.endpoint;

/**
 * The tokens of a call, counted alike for all providers.
 *
 * @param input tokens of the prompt that were neither read from a cache nor written to one
 * @param cachedRead tokens of the prompt that were read from a cache
 * @param cachedWrite tokens of the prompt that were written to a cache
 * @param output tokens that were written, reasoning included
 * @param reasoning those of the output that were reasoning, as far as the provider says
 */
public record Usage(long input, long cachedRead, long cachedWrite, long output, long reasoning) {

    public Usage {
        if (input < 0 || cachedRead < 0 || cachedWrite < 0 || output < 0 || reasoning < 0) {
            throw new IllegalArgumentException("counts of tokens are at least 0");
        }
    }

    /** All tokens of the prompt. */
    public long prompt() {
        return input + cachedRead + cachedWrite;
    }

    /** All tokens. */
    public long total() {
        return prompt() + output;
    }
}
