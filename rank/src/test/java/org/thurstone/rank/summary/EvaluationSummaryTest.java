package org.thurstone.rank.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.evaluation.RewardBenchmark;
import org.thurstone.rank.evaluation.Scorer;

class EvaluationSummaryTest {

    @TempDir
    private Path directory;

    @Test
    void winRatesAreGivenWithAndWithoutLengthControl() throws IOException {
        StringBuilder rows = new StringBuilder("model,index,preference,len_output_1,len_output_2\n");
        for (int i = 0; i < 40; i++) {
            rows.append("mine,%d,%s,%d,%d\n".formatted(i, i % 4 == 0 ? "1.1" : "1.8", 100 + i, 90 + 3 * i));
        }
        Path preferences = Files.writeString(directory.resolve("preferences.csv"), rows);
        WinRateSummary summary = WinRateSummary.of(new WinRateSummary.Sources(
                List.of(preferences), "base", new WinRateSummary.Difficulty.Omitted(), Optional.empty(), List.of()));
        WinRateSummary.Model model = summary.models().getFirst();
        assertThat(model.winRate().orElseThrow()).isCloseTo(62.5, within(1e-9));
        assertThat(model.standardError().orElseThrow()).isPositive();
        assertThat(model.lengthControlledWinRate().orElseThrow()).isBetween(0.0, 100.0);
        assertThat(summary.text())
                .contains("Against base; length control fitted, without difficulties", "62.50")
                .contains("is not AlpacaEval's number");
    }

    /** Ten wins of ten: the standard error is nothing, and Wilson's interval is 1/(1 + z²/10) … 1. */
    @Test
    void tenWinsOfTenAreNoCertainty() throws IOException {
        StringBuilder rows = new StringBuilder("model,index,preference,len_output_1,len_output_2\n");
        for (int i = 0; i < 10; i++) {
            rows.append("mine,%d,2,100,100\n".formatted(i));
        }
        Path preferences = Files.writeString(directory.resolve("preferences.csv"), rows);
        WinRateSummary.Model model = WinRateSummary.of(new WinRateSummary.Sources(
                        List.of(preferences),
                        "base",
                        new WinRateSummary.Difficulty.Omitted(),
                        Optional.empty(),
                        List.of()))
                .models()
                .getFirst();
        double z = 1.959963984540054;
        assertThat(model.low().orElseThrow()).isCloseTo(100 / (1 + z * z / 10), within(1e-9));
        assertThat(model.high().orElseThrow()).isCloseTo(100, within(1e-9));
    }

    @Test
    void weightsNeedTheirDifficulties() {
        assertThatThrownBy(() -> new WinRateSummary.Sources(
                        List.of(),
                        "base",
                        new WinRateSummary.Difficulty.Estimated(),
                        Optional.of(Path.of("w.csv")),
                        List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tiesAreRemarkedAndLeftOut() throws IOException {
        Path scores = Files.writeString(
                directory.resolve("pairs.csv"), "label,score_1,score_2\n1,3,2\n2,3,2\n1,0.5,0.25\n0,1,1\n");
        BenchmarkSummary summary =
                BenchmarkSummary.of(RewardBenchmark.named("pairs", Scorer.FILE, new LabelFile.PairLabels("1", "2", "0"))
                        .orElseThrow()
                        .evaluate(List.of(scores)));
        assertThat(summary.score().value().orElseThrow()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(summary.text()).contains("Note: ", "1 tied");
    }

    @Test
    void solversAreComparedPerProblem() throws IOException {
        Path solutions = Files.writeString(directory.resolve("solutions.jsonl"), """
            {"question":"1","small":{"is_correct":false},"large":{"is_correct":true}}
            {"question":"2","small":{"is_correct":true},"large":{"is_correct":true}}
            """);
        SolverSummary summary = SolverSummary.of(solutions);
        assertThat(summary.solvers()).extracting(SolverSummary.Solver::solver).containsExactly("small", "large");
        assertThat(summary.solvers().getFirst().mean().value()).contains(0.5);
        assertThat(summary.differences().getFirst().share().value()).contains(-0.5);
        assertThat(summary.text()).contains("-0.500");
    }
}
