package org.thurstone.worlds.language.task.arithmetic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.verifier.Verdict;
import org.thurstone.feedback.verifier.Verifier;

/** Checks the number after {@code #} exactly. How it was derived does not count; {@link #derivedRightly} tells. */
record SumVerifier() implements Verifier {

    private static final Pattern ANSWER = Pattern.compile("[^#]*#(\\d{1,9})");

    @Override
    public Verdict verify(Prompt prompt, Completion completion) {
        Sum sum = Sum.parse(prompt.text().plain())
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + prompt.text().plain() + "\" is not a sum"));
        Matcher matcher = ANSWER.matcher(completion.text().plain());
        if (!matcher.matches()) {
            return new Verdict(false, Optional.empty(), "no final answer after #");
        }
        boolean correct = Integer.parseInt(matcher.group(1)) == sum.answer();
        return new Verdict(correct, Optional.of(matcher.group(1)), correct ? "right" : "the sum is " + sum.answer());
    }

    /** Whether every step is right too: a right answer without this is a lucky one. */
    public static boolean derivedRightly(Prompt prompt, Completion completion) {
        return Sum.parse(prompt.text().plain())
                .map(sum -> sum.derivation().equals(completion.text().plain()))
                .orElse(false);
    }
}
