package org.thurstone.rank.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.SharedData;
import org.thurstone.rank.agreement.LabelFile.PairLabels;

/** Each benchmark's own count, worked out by hand on a few rows. */
class BenchmarkTest {

    private static final PairLabels USUAL = new PairLabels("1", "2", "0");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(String name, String... rows) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", rows));
    }

    private static double part(BenchReport report, String name) {
        Map<String, Double> parts = report.parts().stream()
                .collect(Collectors.toMap(BenchReport.Part::name, p -> p.share().mean()));
        return parts.getOrDefault(name, Double.NaN);
    }

    @Test
    void rewardBenchUsesItsPublishedWeights() throws IOException {
        Path scores = file(
                "scores.jsonl",
                "{\"subset\":\"alpacaeval-easy\",\"scores_chosen\":[2.0],\"scores_rejected\":[1.0]}",
                "{\"subset\":\"mt-bench-easy\",\"scores_chosen\":1.0,\"scores_rejected\":1.0}",
                "{\"subset\":\"math-prm\",\"results\":1}",
                "{\"subset\":\"hep-java\",\"results\":0.5}",
                "{\"subset\":\"shp\",\"results\":0}");
        BenchReport report = new RewardBench().evaluate(List.of(scores));
        assertThat(part(report, "Chat")).isCloseTo(100 / 128.0, within(1e-12));
        assertThat(part(report, "Reasoning")).isCloseTo((984 + 82) / (984 + 164.0), within(1e-12));
        assertThat(report.score().mean()).isCloseTo((100 / 128.0 + 1066 / 1148.0) / 2.5, within(1e-12));
        assertThat(report.remarks()).singleElement().asString().contains("donotanswer");
        Path other = file("x.jsonl", "{\"subset\":\"chess\",\"results\":1}");
        assertThatThrownBy(() -> new RewardBench().evaluate(List.of(other)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("x.jsonl:1: RewardBench has no subset 'chess'");
    }

    @Test
    void rmBenchCrossesTheStyles() throws IOException {
        // chosen 1 2 3 against rejected 0.5 1.5 2.5: only a chosen one that is plainer than the rejected loses
        BenchReport report = new RmBench()
                .evaluate(List.of(file(
                        "rm.jsonl",
                        "{\"domain\":\"chat\",\"score_chosen\":[1,2,3],\"score_rejected\":[0.5,1.5,2.5]}",
                        "{\"domain\":\"safety-refuse\",\"score_chosen\":[1,1,1],\"score_rejected\":[1,1,1]}",
                        "{\"domain\":\"safety-response\",\"score_chosen\":[1,1,1],\"score_rejected\":[0,0,0]}")));
        assertThat(part(report, "chat")).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(part(report, "safety-refuse")).isZero();
        assertThat(part(report, "hard")).isCloseTo(0.25, within(1e-12));
        assertThat(part(report, "easy")).isCloseTo(0.75, within(1e-12));
        assertThat(report.score().mean()).isCloseTo((2 / 3.0 + 0.5) / 2, within(1e-12));
    }

    @Test
    void judgeBenchTakesBothOrdersTogether() throws IOException {
        BenchReport report = new JudgeBench()
                .evaluate(List.of(file(
                        "j.jsonl",
                        judged("mmlu-pro-law", "A>B", "A>B", "B>A"),
                        judged("mmlu-pro-law", "A>B", "A>B", "A>B"),
                        judged("livecodebench", "B>A", "A=B", "A>B"),
                        judged("livecodebench", "B>A", "A>B", "B>A"))));
        assertThat(part(report, "mmlu-pro")).isEqualTo(0.5);
        assertThat(part(report, "livecodebench")).isEqualTo(0.5);
        assertThat(part(report, "same in both orders")).isEqualTo(0.5);
        assertThat(report.score().mean()).isEqualTo(0.5);
    }

    private static String judged(String source, String label, String first, String second) {
        return "{\"source\":\"%s\",\"label\":\"%s\",\"judgments\":[{\"decision\":\"%s\"},{\"decision\":\"%s\"}]}"
                .formatted(source, label, first, second);
    }

    @Test
    void llmBarAveragesOverOrdersAndSets() throws IOException {
        String result = "[{\"label\":1,\"results\":[{\"swap = False\":{\"winner\":\"1\"},\"swap ="
                + " True\":{\"winner\":\"%s\"}}]}]";
        BenchReport report = new LlmBar(Scorer.FILE)
                .evaluate(List.of(
                        file("Natural.json", result.formatted("1")),
                        file("LLMBar__Adversarial__Manual.json", result.formatted("2")),
                        file("GPTOut.jsonl", "{\"label\":2,\"score_1\":0,\"score_2\":0}")));
        assertThat(part(report, "Natural")).isEqualTo(1);
        assertThat(part(report, "Manual")).isEqualTo(0.5);
        assertThat(part(report, "adversarial")).isEqualTo(0.5);
        assertThat(report.score().mean()).isCloseTo(2 / 3.0, within(1e-12));
    }

    /** LLMBar was made so that length misleads; on people's ordinary judgements length is right more often than not. */
    @Test
    void lengthAloneFailsWhereItWasMeantTo() {
        BenchReport adversarial = new LlmBar(Scorer.LENGTH)
                .evaluate(List.of(SharedData.path("llmbar/LLMBar__Adversarial__Neighbor.json.gz")));
        assertThat(adversarial.score().high()).isLessThan(0.5);
        BenchReport ordinary = new Pairs(Scorer.LENGTH, new PairLabels("0", "1", "2"))
                .evaluate(List.of(SharedData.path("auto_j/testdata_pairwise.jsonl.gz")));
        assertThat(ordinary.score().low()).isGreaterThan(0.5);
        assertThat(ordinary.score().count()).isEqualTo(520 + 499);
        BenchReport harmless = new Pairs(Scorer.LENGTH, USUAL)
                .evaluate(List.of(SharedData.path("hhh_alignment/hhh_alignment_eval.json.gz")));
        assertThat(harmless.score().count()).isEqualTo(221);
    }

    @Test
    void ragSubsetsAreNamedByRowOrFile() throws IOException {
        BenchReport report = new RagRewardBench()
                .evaluate(List.of(
                        file("citation.jsonl", "{\"score_chosen\":1,\"score_rejected\":1}"),
                        file("all.jsonl", "{\"subset\":\"abstain\",\"score_chosen\":1,\"score_rejected\":0}")));
        assertThat(part(report, "citation")).isZero();
        assertThat(part(report, "abstain")).isEqualTo(1);
        assertThat(report.remarks()).hasSize(1);
        Path other = file("z.jsonl", "{\"score_chosen\":1,\"score_rejected\":1}");
        assertThatThrownBy(() -> new RagRewardBench().evaluate(List.of(other)))
                .hasMessageContaining("is not one of the subsets helpful");
    }

    @Test
    void rankingAccuracyAndWhatAPerfectFitWouldReach() {
        assertThat(RankingAccuracy.of(new double[] {1, 2, 3, 0}, new double[] {0, 2, 4, -1})
                        .mean())
                .isEqualTo(0.625);
        double[] chosen = {-1, -10, -10};
        double[] rejected = {-2, -2, -2};
        // The gain is logit(0.9)/0.5 = 4.39 for the first two, unbounded for the third: 1 + 4.39, −8 + 4.39, ∞.
        assertThat(RankingAccuracy.idealised(chosen, rejected, new double[] {0.9, 0.9, 1}, 0.5)
                        .mean())
                .isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void pairIsCorrectedOnceItsLossIsLowEnough() {
        // Three nats to make up at β = 0.5: log(1 + e^−1.5). Where the reference has it in order, log(1 + e^1.5).
        assertThat(RankingAccuracy.turningLoss(-5, -2, 0.5)).isCloseTo(0.201413, within(1e-6));
        assertThat(RankingAccuracy.turningLoss(-2, -5, 0.5)).isCloseTo(1.701413, within(1e-6));
        // A policy that gains a little more than those three nats has that loss, and the pair in order.
        double gain = 3 + 1e-9;
        assertThat(Math.log1p(Math.exp(-0.5 * gain))).isLessThan(RankingAccuracy.turningLoss(-5, -2, 0.5));
    }

    @Test
    void samplesAreCountedInFourWays() {
        Samples samples = new Samples(List.of(true, false, false), List.of("4", "5", "5"), List.of(0.9, 0.1, 0.2));
        assertThat(samples.mean()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(samples.any()).isEqualTo(1);
        assertThat(samples.majority()).hasValue(0);
        assertThat(samples.best()).hasValue(1);
    }

    /** The file's own figures: mean@8 0.91, pass@8 0.96, maj@8 0.93, rm@8 0.94. */
    @Test
    void realAnswers() {
        assertThat(SolutionFile.read(SharedData.path("gsm8k/example_model_solutions.jsonl.gz")))
                .hasSize(4)
                .allSatisfy((solver, all) -> assertThat(all).hasSize(1319));
        List<Samples> sampled = SolutionFile.read(SharedData.path("qwen_rm_maj/math_cot_100.jsonl.gz"))
                .values()
                .iterator()
                .next();
        assertThat(sampled.stream().mapToDouble(Samples::mean).sum()).isCloseTo(91, within(1e-9));
        assertThat(sampled.stream().mapToDouble(Samples::any).sum()).isEqualTo(96);
        assertThat(sampled.stream().mapToDouble(s -> s.majority().orElse(0)).sum())
                .isEqualTo(93);
        assertThat(sampled.stream().mapToDouble(s -> s.best().orElse(0)).sum()).isEqualTo(94);
    }
}
