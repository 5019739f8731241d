package org.thurstone.feedback.verifier;

import java.util.Optional;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * The final answer as mathematics: the last {@code \boxed{…}}, else what follows GSM8K's {@code ####}, else what follows "answer is", compared as
 * fractions if both are, else as numbers, formulas or lists of them. Units, degrees, thousands separators and LaTeX variants are ignored; 50 % equals
 * 50 and 0.5.
 *
 * @param tolerance relative to the larger of the expected number and 1, for answers that are not equal as fractions; 0 requires equality
 * @param lastNumber whether the last number of the text is used if no answer is marked
 */
@Method(name = "numeric", kind = "verifier", summary = "the final answer as mathematics: #### 1,234 or \\boxed{…}")
public record NumericAnswer(
        @Default("1e-6") double tolerance, @Default("false") boolean lastNumber) implements AnswerCheck {

    public NumericAnswer {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance " + tolerance + " must be in 0…1");
        }
    }

    /** @param expected the answer itself, or a worked solution that marks it */
    @Override
    public Verdict check(String completion, String expected) {
        MathsEquality equality = new MathsEquality(tolerance);
        String right = FinalAnswer.marked(expected).orElse(expected).strip();
        Optional<String> marked = FinalAnswer.marked(completion);
        Optional<String> found = marked.isPresent() || !lastNumber ? marked : FinalAnswer.lastNumber(completion);
        if (found.isEmpty()) {
            return Verdict.none("the completion marks no final answer (\\boxed{…}, #### … or \"the answer is …\")");
        }
        String answer = found.get();
        boolean equal = equality.equal(answer, right);
        if (!equal
                && Evaluation.of(PlainMaths.of(answer)).isEmpty()
                && Evaluation.of(PlainMaths.of(right)).isPresent()) {
            // "18 dollars a day": words that no rule strips stand around the number.
            Optional<String> number =
                    Boxed.last(completion).isPresent() ? Optional.empty() : FinalAnswer.firstNumber(answer);
            equal = number.isPresent() && equality.equal(number.get(), right);
            answer = number.orElse(answer);
        }
        return Verdict.compared(equal, answer, right);
    }
}
