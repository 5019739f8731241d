package org.thurstone.feedback.verifier;

import java.util.Locale;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Exact match, ignoring surrounding white space.
 *
 * @param after the answer is what follows the last occurrence of this mark; empty for the whole completion
 * @param ignoreCase whether to ignore case
 */
@Method(name = "exact", kind = "verifier", summary = "exact match")
public record ExactAnswer(
        @Default("") String after, @Default("false") boolean ignoreCase) implements AnswerCheck {

    @Override
    public Verdict check(String completion, String expected) {
        int mark = completion.lastIndexOf(after);
        if (mark < 0) {
            return Verdict.none("the completion has no \"" + after + "\"");
        }
        String answer = after.isEmpty()
                ? completion.strip()
                : completion.substring(mark + after.length()).strip();
        return Verdict.compared(folded(answer).equals(folded(expected.strip())), answer, expected);
    }

    private String folded(String text) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
