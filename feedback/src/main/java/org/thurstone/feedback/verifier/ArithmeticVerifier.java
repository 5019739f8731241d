package org.thurstone.feedback.verifier;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Computes the sum in the prompt exactly, and compares the answer with it. The prompt's sum is its longest stretch of digits, brackets and {@code + -
 * * / ^}, as in {@code 12+7-5:} or "What is 3 * (4 + 5)?".
 *
 * @param answerMark mark before the answer; the answer is the number after its last occurrence, as {@code #} in {@code 12+7=19-5=14#14}; empty for
 *     the completion's last number
 * @param checkSteps whether every {@code a+b=c} before the answer must hold too, so that a correct answer with a wrong derivation counts as incorrect
 */
@Method(name = "arithmetic", kind = "verifier", summary = "computes the sum in the prompt")
public record ArithmeticVerifier(
        @Default("") String answerMark, @Default("false") boolean checkSteps) implements Verifier, RespondentSource {

    private static final Pattern SUM = Pattern.compile("[-+*/^().\\d\\s×÷·−]*\\d[-+*/^().\\d\\s×÷·−]*");
    private static final Pattern LEFT = Pattern.compile("[-+*/^().\\d\\s×÷·−]*\\d[)\\s]*$");
    private static final Pattern NUMBER = Pattern.compile("^[\\s$]*(-?\\d+(?:\\.\\d+)?)");

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.RATE, Question.Form.VERIFY);
    }

    @Override
    public Respondent open(Opening opening) {
        return new VerifierRater(this, new Identity("arithmetic", toString()));
    }

    @Override
    public Verdict verify(Prompt prompt, Completion completion) {
        String asked = prompt.text().plain();
        Value expected = SUM.matcher(asked)
                .results()
                .map(MatchResult::group)
                .max(Comparator.comparingInt(String::length))
                .flatMap(ArithmeticVerifier::value)
                .orElseThrow(() -> new UserError("prompt \"%s\" asks for no sum that can be worked out: %s"
                        .formatted(prompt.id(), asked.length() > 80 ? asked.substring(0, 80) + "…" : asked)));
        String text = completion.text().plain();
        int mark = answerMark.isEmpty() ? text.length() : text.lastIndexOf(answerMark);
        if (mark < 0) {
            return Verdict.none("the completion has no \"" + answerMark + "\"");
        }
        Optional<String> answer = answerMark.isEmpty()
                ? FinalAnswer.lastNumber(text)
                : FinalAnswer.firstNumber(text.substring(mark + answerMark.length()));
        if (answer.isEmpty()) {
            return Verdict.none("the completion gives no number as its answer");
        }
        boolean equal = value(answer.get().replaceAll("[$,%]", ""))
                .filter(value -> value.near(expected, 0))
                .isPresent();
        Optional<String> slip = checkSteps ? firstWrongStep(text.substring(0, mark)) : Optional.empty();
        if (equal && slip.isPresent()) {
            return new Verdict(false, answer, "the answer is right but a step is not: " + slip.get());
        }
        return Verdict.compared(equal, answer.get(), shown(expected));
    }

    /** The first {@code left = right} that does not hold; without numbers on both sides of the sign, it is not a step. */
    private static Optional<String> firstWrongStep(String derivation) {
        for (String line : derivation.split("[\\n;,]")) {
            String[] parts = line.split("=");
            for (int i = 0; i + 1 < parts.length; i++) {
                Matcher left = LEFT.matcher(parts[i]);
                Matcher right = NUMBER.matcher(parts[i + 1]);
                if (left.find() && right.find()) {
                    Optional<Value> computed = value(left.group());
                    Optional<Value> written = value(right.group(1));
                    if (computed.isEmpty()
                            || written.isEmpty()
                            || !written.get().near(computed.get(), 0)) {
                        return Optional.of(left.group().strip() + "=" + right.group(1));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Value> value(String sum) {
        return Evaluation.of(PlainMaths.of(sum));
    }

    private static String shown(Value value) {
        return value instanceof Value.Exact(Rational fraction) ? fraction.toString() : String.valueOf(value.toDouble());
    }
}
