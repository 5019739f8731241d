package org.thurstone.worlds.bandit;

import java.util.stream.IntStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.feedback.CandidatePair;

/** Numbered prompts and responses as the loop sees them: prompt 3 is {@code x3}, response 5 is {@code 5}. */
public final class Responses {

    private Responses() {}

    public static Prompt prompt(int index) {
        return new Prompt("x" + index, Text.raw("x" + index));
    }

    /** Which prompt it is. */
    public static int index(Prompt prompt) {
        return Integer.parseInt(prompt.id().substring(1));
    }

    public static Completion completion(int response) {
        return Completion.raw("" + response);
    }

    /** Which response a completion is. */
    public static int index(Completion completion) {
        return Integer.parseInt(completion.text().plain());
    }

    /** Two responses to a prompt, without scores. */
    public static CandidatePair pair(int prompt, int left, int right) {
        return new CandidatePair(prompt(prompt), completion(left), completion(right), 0, 0).withoutScores();
    }

    /** φ·θ. */
    static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
