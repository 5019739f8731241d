package org.thurstone.feedback.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Identity;
import org.thurstone.feedback.Scored;

class VerifierTest {

    private static final NumericAnswer NUMERIC = new NumericAnswer(1e-6, false);

    @Test
    void theLastCompleteBoxCountsBracesBalanced() {
        assertThat(Boxed.last("so \\boxed{1} or \\boxed{\\frac{1}{2}} and \\boxed{\\frac{1}{3"))
                .contains("\\frac{1}{2}");
        assertThat(Boxed.last("\\boxed{\\{1,2\\}}")).contains("\\{1,2\\}");
        assertThat(Boxed.last("\\fbox{7}, \\boxed 8.")).contains("8");
        assertThat(Boxed.last("no box")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "She makes 9*2=$18.\\n#### 18 | 18",
                "#### 3\\n#### $1,234.00 | 1234",
                "We add 4 and 5. The answer is: 9. | 9",
                "The final answer is $9$ dollars a day, as 5 are left. | 9",
                "First 3, so\\nA: 18 | 18",
                "I tried 5. Thus \\boxed{6}. | 6",
            })
    void theFinalAnswerIsFoundWhereItIsMarked(String completion, String expected) {
        Verdict verdict = NUMERIC.check(completion.replace("\\n", "\n"), expected);
        assertThat(verdict.correct()).as("%s", verdict).isTrue();
    }

    @Test
    void anUnmarkedNumberCountsOnlyWhereThatIsAllowed() {
        assertThat(NUMERIC.check("3 + 4 makes 7", "7").answer()).isEmpty();
        assertThat(NUMERIC.check("3 + 4 makes 7", "7").correct()).isFalse();
        assertThat(new NumericAnswer(0, true).check("3 + 4 makes 7", "7").correct())
                .isTrue();
        assertThat(new NumericAnswer(0, true).check("3 + 4 makes 8", "7").correct())
                .isFalse();
        assertThat(NUMERIC.check("", "7").correct()).isFalse();
        assertThat(NUMERIC.check("####", "7").answer()).isEmpty();
    }

    @Test
    void theToleranceIsRelativeAndZeroAsksForEquality() {
        assertThat(new NumericAnswer(0.01, false).check("#### 100.9", "100").correct())
                .isTrue();
        assertThat(new NumericAnswer(0.01, false).check("#### 101.1", "100").correct())
                .isFalse();
        assertThat(new NumericAnswer(0, false).check("#### 0.5", "1/2").correct())
                .isTrue();
        assertThat(new NumericAnswer(0, false).check("#### 0.3333333333", "1/3").correct())
                .isFalse();
        assertThatThrownBy(() -> new NumericAnswer(Double.NaN, false)).hasMessageContaining("tolerance NaN");
    }

    @Test
    void exactAnswerFollowsTheMark() {
        assertThat(new ExactAnswer("#", false).check("12+7=19#14#19 ", "19").correct())
                .isTrue();
        assertThat(new ExactAnswer("#", false).check("12+7=19", "19").answer()).isEmpty();
        assertThat(new ExactAnswer("", false).check(" Äpfel\n", "Äpfel").correct())
                .isTrue();
        assertThat(new ExactAnswer("", false).check("äpfel", "Äpfel").correct()).isFalse();
        assertThat(new ExactAnswer("", true).check("äpfel", "Äpfel").correct()).isTrue();
    }

    @Test
    void thePatternsLastMatchIsTheAnswer() {
        RegexAnswer choice = new RegexAnswer("\\(([A-D])\\)");
        assertThat(choice.check("Not (A), so (C).", "C").correct()).isTrue();
        assertThat(choice.check("Not (A), so (C).", "A").correct()).isFalse();
        assertThat(choice.check("C", "C").answer()).isEmpty();
        assertThat(new RegexAnswer("\\d+").check("1 22", "22").correct()).isTrue();
        assertThatThrownBy(() -> new RegexAnswer("("))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"(\" is not a regular expression");
    }

    @Test
    void aPromptWithoutAKnownAnswerIsAnErrorAndNotAWrongAnswer() {
        Verifier verifier = new KeyedVerifier(AnswerKey.byId(Map.of("p1", "7")), NUMERIC);
        assertThat(verifier.verify(Scored.prompt("p1"), Completion.raw("#### 7"))
                        .correct())
                .isTrue();
        assertThatThrownBy(() -> verifier.verify(Scored.prompt("p2"), Completion.raw("#### 7")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no answer for prompt \"p2\"");
    }

    @Test
    void aVerifierRatesOneAndZero() {
        Verifier verifier = new KeyedVerifier(AnswerKey.byId(Map.of("p1", "7")), NUMERIC);
        VerifierRater rater = new VerifierRater(verifier, Identity.of("numeric"));
        assertThat(List.of("#### 7", "#### 8", "").stream()
                        .map(text -> rater.rate(Scored.prompt("p1"), Completion.raw(text))))
                .containsExactly(1.0, 0.0, 0.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12+7-5: | 12+7=19-5=14#14 | true",
                "12+7-5: | 12+7=18-4=14#14 | true",
                "12+7-5: | 12+7=19-5=13#13 | false",
                "12+7-5: | 12+7=19-5=14 | false",
                "12+7-5: | # | false",
                "What is 3 * (4 + 5)? | so #27 | true",
                "Compute 7/2 | #3.5 | true",
                "Compute 2^10 − 4·6 = | #1,000 | true",
                "In 2024: 1/3 + 1/6 = | #1/2 | true",
                "3-10: | #-7 | true",
            })
    void aSumIsWorkedOutExactly(String prompt, String completion, boolean correct) {
        Verdict verdict = new ArithmeticVerifier("#", false)
                .verify(new Prompt("p", Text.raw(prompt)), Completion.raw(completion));
        assertThat(verdict.correct()).as("%s", verdict).isEqualTo(correct);
    }

    @Test
    void aRightAnswerByAWrongStepIsCaughtWhereStepsAreChecked() {
        Verifier verifier = new ArithmeticVerifier("#", true);
        Prompt prompt = new Prompt("p", Text.raw("12+7-5:"));
        assertThat(verifier.verify(prompt, Completion.raw("12+7=19-5=14#14")).correct())
                .isTrue();
        Verdict lucky = verifier.verify(prompt, Completion.raw("12+7=18-4=14#14"));
        assertThat(lucky.correct()).isFalse();
        assertThat(lucky.reason()).isEqualTo("the answer is right but a step is not: 12+7=18");
        assertThat(verifier.verify(prompt, Completion.raw("12+7=19\n19-5=15#14"))
                        .correct())
                .isFalse();
    }

    @Test
    void withoutAMarkTheLastNumberIsTheAnswer() {
        Prompt prompt = new Prompt("p", Text.raw("2+2"));
        assertThat(new ArithmeticVerifier("", true)
                        .verify(prompt, Completion.raw("2+2=4"))
                        .correct())
                .isTrue();
    }

    @Test
    void aPromptWithoutASumIsRefusedByName() {
        Verifier verifier = new ArithmeticVerifier("#", false);
        assertThatThrownBy(() -> verifier.verify(new Prompt("p9", Text.raw("Hello!")), Completion.raw("#1")))
                .isInstanceOf(UserError.class)
                .hasMessage("prompt \"p9\" asks for no sum that can be worked out: Hello!");
        assertThatThrownBy(() -> verifier.verify(new Prompt("p9", Text.raw("1/0")), Completion.raw("#1")))
                .isInstanceOf(UserError.class);
    }
}
