package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.model.sample.Generation;

/**
 * What is asked.
 *
 * @param id unique among the questions of a step
 * @param tokens of the prompt, at least one
 * @param given completions that came with it, their end token included, the best first: a demonstration, or a chosen and a rejected one; mostly
 *     none
 */
public record Question(String id, int[] tokens, List<Generation> given) {
    public Question {
        given = List.copyOf(given);
    }

    /** Without completions. */
    public static Question of(String id, int... tokens) {
        return new Question(id, tokens, List.of());
    }

    /** The same with another completion, after those that it has. */
    public Question with(String text, int... completion) {
        List<Generation> more = new ArrayList<>(given);
        more.add(new Generation(completion, new float[completion.length], Generation.Finish.EOS, text));
        return new Question(id, tokens, more);
    }
}
