package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.model.sample.Generation;

/**
 * A prompt as tokens.
 *
 * @param id unique among the prompts of a step
 * @param tokens of the prompt, at least one
 * @param given completions that came with it, their end token included, the best first: a demonstration, or a chosen and a rejected one; mostly
 *     none
 */
public record EncodedPrompt(String id, int[] tokens, List<Generation> given) {
    public EncodedPrompt {
        given = List.copyOf(given);
    }

    /** Without completions. */
    public static EncodedPrompt of(String id, int... tokens) {
        return new EncodedPrompt(id, tokens, List.of());
    }

    /** The same with another completion, after those that it has. */
    public EncodedPrompt with(String text, int... completion) {
        List<Generation> more = new ArrayList<>(given);
        more.add(new Generation(completion, new float[completion.length], Generation.Finish.EOS, text));
        return new EncodedPrompt(id, tokens, more);
    }
}
