package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures belong to the requested benchmark; their values are not tested. */
class BenchCommandTest {

    @TempDir
    private Path dir;

    @Test
    void stepTimesAndLossesAreReported() {
        JsonNode figures =
                figures("train", "--vocabulary", "64", "--batch-size", "2", "--steps", "3", "--learning-rate", "1e-3");
        assertThat(figures.get("losses").size()).isEqualTo(3);
        // A policy against its own copy.
        assertThat(figures.get("losses").get(0).asDouble()).isCloseTo(Math.log(2), within(1e-5));
        assertThat(figures.get("losses").get(2).asDouble()).isNotCloseTo(Math.log(2), within(1e-5));
        assertThat(figures.get("median_step_seconds").asDouble()).isPositive();
        assertThat(figures.get("reference_seconds").asDouble()).isPositive();
        // Two pairs: two prompts of 64 … 320, each twice, four completions of 16 … 128.
        assertThat(figures.get("path_tokens_per_step").asLong()).isBetween(4L * 80, 4L * 448);
    }

    @Test
    void trainingStepsOnAFileAreTimedInTheOrderOfTheFile() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        Path pairs = Files.writeString(dir.resolve("pairs.jsonl"), """
            {"prompt": "abc", "chosen": "de", "rejected": "f"}
            {"prompt": "ab", "chosen": "d", "rejected": "efg"}
            {"prompt": "a", "chosen": "de", "rejected": "fg"}
            """);
        List<String> command = List.of(
                "train",
                "--model",
                model.toString(),
                "--data",
                pairs.toString(),
                "--batch-size",
                "1",
                "--loss",
                "simpo",
                "--steps");
        JsonNode figures = figures(with(command, "3"));
        assertThat(figures.get("reference_seconds").asDouble()).isZero();
        // With their ends: 3+3 and 3+2, then 2+2 and 2+4, then 1+3 and 1+3 tokens.
        assertThat(figures.get("path_tokens_per_step").asLong()).isEqualTo((11 + 10 + 8) / 3);
        assertThat(bench(with(command, "4")).err())
                .contains("pairs.jsonl has 3 usable examples, and 4 steps of 1 take 4");
    }

    @Test
    void samplingIsTimed() {
        JsonNode figures = figures(
                "sample",
                "--vocabulary",
                "64",
                "--batch-size",
                "2",
                "--prompt-tokens",
                "3",
                "--completion-tokens",
                "4",
                "--rounds",
                "2",
                "--threads",
                "1");
        assertThat(figures.get("tokens_per_second").asDouble())
                .isEqualTo(8 / figures.get("median_seconds").asDouble());
        assertThat(figures.get("threads").asInt()).isEqualTo(1);
    }

    @Test
    void untimableLossesAreNamed() {
        assertThat(bench("train", "--data", "pairs.jsonl").err()).contains("--data needs the tokenizer of a model");
        assertThat(bench("train", "--steps", "1").err()).contains("at least two steps");
        assertThat(bench("sample", "--vocabulary", "3").err()).contains("a vocabulary of 3 is below 8");
        assertThat(bench("sample", "--threads", "0", "--vocabulary", "64").err())
                .contains("--threads must be at least 1");
        assertThat(bench("train", "--model", dir.resolve("none").toString()).err())
                .contains("there is no model ");
    }

    @Test
    void coverageOfNewcomersIsReportedPerCell() {
        JsonNode cells = figures(
                        "coverage",
                        "--newcomers",
                        "20",
                        "--items",
                        "8",
                        "--met",
                        "20",
                        "--spreads",
                        "1",
                        "--battles",
                        "1,4")
                .get("cells");
        assertThat(cells.size()).isEqualTo(2);
        assertThat(cells.get(0).get("battles").asInt()).isEqualTo(1);
        assertThat(cells.get(0).get("decided").get("share").asDouble()).isEqualTo(1);
        assertThat(cells.get(0).get("tied").get("share").asDouble()).isZero();
        assertThat(cells.get(0).get("tied").get("posterior").isNull()).isTrue();
        assertThat(cells.get(1).get("covered").asDouble()).isBetween(0.5, 1.0);
        assertThat(bench("coverage", "--newcomers", "0").err()).contains("one newcomer or more");
    }

    private static JsonNode figures(String... command) {
        Shell shell = bench(command);
        assertThat(shell.err()).isEmpty();
        return JsonMapper.shared().readTree(shell.out());
    }

    private static Shell bench(String... command) {
        return Shell.run(with(with(List.of("bench"), command), "--format", "json"));
    }

    private static String[] with(String[] command, String... more) {
        return with(List.of(command), more);
    }

    private static String[] with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void lossesAreTimedAgainstDpo() {
        Shell shell = bench(
                "loss",
                "ipo",
                "aot",
                "wpo",
                "--vocabulary",
                "64",
                "--batch-size",
                "2",
                "--prompt-tokens",
                "2",
                "--completion-tokens",
                "2",
                "--rounds",
                "2");
        assertThat(shell.code()).as(shell.err()).isZero();
        JsonNode figures = JsonMapper.shared().readTree(shell.out());
        assertThat(figures.get("losses").size()).isEqualTo(2);
        assertThat(figures.get("losses").get(0).get("ratio").asDouble()).isPositive();
        assertThat(figures.get("left_out").toString()).isEqualTo("[\"wpo\"]");
        assertThat(shell.err()).contains("ipo", "aot");
        assertThat(bench("loss", "kto", "--vocabulary", "64").err())
                .startsWith("the loss kto compares single rated completions, and these are pairs of completions");
        assertThat(bench("loss", "--rounds", "1", "--vocabulary", "64").err()).contains("at least two rounds");
    }
}
