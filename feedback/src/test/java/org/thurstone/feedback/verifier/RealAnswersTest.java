package org.thurstone.feedback.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.feedback.SharedData;
import tools.jackson.databind.JsonNode;

/** Against other people's verdicts on real solutions; the figures are those measured, asserted as they are. */
class RealAnswersTest {

    private static final AnswerCheck CHECK = new NumericAnswer(1e-6, false);

    @Test
    void everyAnswerOfGsm8kVerifiesAgainstItself() {
        for (String file : List.of("gsm8k/train.jsonl.gz", "gsm8k/test.jsonl.gz", "gsm8k/test_socratic.jsonl.gz")) {
            for (JsonNode row : SharedData.rows(file)) {
                String solution = row.get("answer").asString();
                String answer =
                        solution.substring(solution.lastIndexOf("####") + 4).strip();
                Verdict verdict = CHECK.check(solution, answer);
                assertThat(verdict.correct()).as("%s", verdict).isTrue();
                assertThat(CHECK.check(solution, "1" + answer).correct()).isFalse();
            }
        }
    }

    /** All 5,276 solutions of four models get the verdict that OpenAI gave them. */
    @Test
    void agreesWithEveryVerdictOnGsm8kModelSolutions() {
        List<String> models = List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification");
        int solutions = 0;
        for (JsonNode row : SharedData.rows("gsm8k/example_model_solutions.jsonl.gz")) {
            for (String model : models) {
                JsonNode solution = row.get(model);
                Verdict verdict = CHECK.check(
                        solution.get("solution").asString(),
                        row.get("ground_truth").asString());
                assertThat(verdict.correct())
                        .as("%s", verdict)
                        .isEqualTo(solution.get("is_correct").asBoolean());
                solutions++;
            }
        }
        assertThat(solutions).isEqualTo(5276);
    }

    /** 799 of 800; in the one that is left, Qwen's grader takes 10000 for different from {@code 10{,}000}. */
    @Test
    void agreesWithQwensVerdictsOnBoxedAnswersExceptOneQwenError() {
        List<String> disagreements = new ArrayList<>();
        int solutions = 0;
        for (JsonNode row : SharedData.rows("qwen_rm_maj/math_cot_100.jsonl.gz")) {
            for (int i = 0; i < row.get("code").size(); i++) {
                Verdict verdict = CHECK.check(
                        row.get("code").get(i).asString(), row.get("gt").asString());
                solutions++;
                if (verdict.correct() != row.get("score").get(i).asBoolean()) {
                    disagreements.add(row.get("idx") + ": " + verdict.reason());
                }
            }
        }
        assertThat(solutions).isEqualTo(800);
        assertThat(disagreements).containsExactly("72: \"10000\" is the expected \"10{,}000\"");
    }

    @Test
    void everyBoxedAnswerOfMathVerifiesAgainstItself() {
        for (JsonNode row : SharedData.rows("math/test.jsonl.gz")) {
            String solution = row.get("solution").asString();
            assertThat(Boxed.last(solution)).as(solution).isPresent();
            assertThat(CHECK.check(solution, Boxed.last(solution).orElseThrow()).correct())
                    .as(solution)
                    .isTrue();
        }
    }
}
