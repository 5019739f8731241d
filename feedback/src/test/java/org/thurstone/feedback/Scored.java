package org.thurstone.feedback;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;

/** Made-up scored completions for tests. */
public final class Scored {

    private Scored() {}

    public static Prompt prompt(String id) {
        return new Prompt(id, Text.raw("What is " + id + "?"));
    }

    /** Completions "a", "b", "c" … with these scores. */
    public static ScoredCompletions of(double... scores) {
        return new ScoredCompletions(
                prompt("p"),
                IntStream.range(0, scores.length)
                        .mapToObj(i -> Completion.raw(String.valueOf((char) ('a' + i))))
                        .toList(),
                Arrays.stream(scores).boxed().toList());
    }

    /** Such texts with such scores. */
    public static ScoredCompletions texts(String texts, double... scores) {
        return new ScoredCompletions(
                prompt("p"),
                Arrays.stream(texts.split(" ")).map(Completion::raw).toList(),
                Arrays.stream(scores).boxed().toList());
    }

    public static CandidatePair pair(String id, String left, String right) {
        return new CandidatePair(prompt(id), Completion.raw(left), Completion.raw(right), 1, 0);
    }

    public static String show(CandidatePair pair) {
        return pair.left().text().plain() + pair.right().text().plain();
    }

    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
