package org.thurstone.report;

import java.util.List;

/**
 * Example answers to the same prompts, side by side, so that a reader sees what the figures are about.
 *
 * @param caption how they were chosen; the first ones, or drawn at random, never picked for being good
 */
public record Samples(String title, String caption, List<Sample> samples) implements Section {

    public Samples {
        samples = List.copyOf(samples);
    }

    /** A prompt and its answers: before and after, or one a model. */
    public record Sample(String prompt, List<Answer> answers) {

        public Sample {
            answers = List.copyOf(answers);
        }
    }

    /**
     * An answer.
     *
     * @param label who gave it: {@code "before"}
     * @param verdict what its badge looks like
     * @param badge what its badge says: {@code "correct"}, {@code "0.83"}; empty for no badge
     */
    public record Answer(String label, String text, Verdict verdict, String badge) {}

    /** The verdict on an answer. */
    public enum Verdict {
        GOOD,
        BAD,
        NEUTRAL
    }
}
