package org.thurstone.loop.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thurstone.loop.run.Codec;

class EvaluationTest {

    private static final Codec.Text<Evaluation> CODEC = Codec.json(Evaluation.class);

    @Test
    void filesOfEarlierVersionsHaveNoPerplexityAndNoOutcomes() {
        Evaluation read = CODEC.read("""
                {"score": null, "win_rate": null, "greedy": null, "sound": null, "mean_length": 3.5, "kl_to_start": 0.0,
                 "distinct2": null, "tokens_per_second": 10.0, "examples": []}
                """);
        assertThat(read.perplexity()).isEmpty();
        assertThat(read.outcomes()).isEmpty();
        assertThat(read.meanLength()).isEqualTo(3.5);
    }

    @Test
    void perplexityAndOutcomesAreKept() {
        Evaluation evaluation = new Evaluation(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                3.5,
                0.25,
                0.5,
                10,
                List.of(),
                OptionalDouble.of(20.5),
                Optional.of(List.of(new AnswerOutcome("punctuation:no_comma", true, true, false, true, 12))));
        assertThat(CODEC.read(CODEC.write(evaluation))).isEqualTo(evaluation);
        assertThat(evaluation.withUnknownKl().outcomes()).isEqualTo(evaluation.outcomes());
    }
}
