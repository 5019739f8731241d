package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandTest {

    /** A loop of seconds: it learns little, but goes through every stage. */
    private static final String TINY = """
            task:
              arithmetic:
                {demonstrations: 3000, width: 48, largest: 5, limit: 12, most-operands: 3, carry-noise: 0.3,
                 imitation: {epochs: 2, batch-size: 48, learning-rate: 5e-3}}
            iterations: 2
            prompts: 24
            samples: 4
            sampling: {temperature: 1.0, max-tokens: 16}
            pairing: {correct-wrong: {max-pairs: 4}}
            acquisition: {margin: {instance: smallest, corpus: smallest}}
            labels: {total: 20, split: decreasing}
            loss: {irpo: {beta: 0.1}}
            training: {batch-size: 8, learning-rate: 1e-3}
            evaluation: {prompts: 40}
            baselines:
              - temperature: {temperature: 0.5}
              - best-of: {n: 4}
              - rerun: {title: supervised, loss: sft}
            """;

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private Path recipe() throws IOException {
        return Files.writeString(temp.resolve("tiny.yaml"), TINY);
    }

    @Test
    void runsEveryStageAndReportsIt() throws Exception {
        Path to = temp.resolve("run");
        assertThat(run("run", recipe().toString(), "--output", to.toString(), "--format", "json"))
                .as(err.toString())
                .isZero();
        JsonNode iterations = new JsonMapper().readTree(out.toString()).get("iterations");
        assertThat(iterations.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            JsonNode it = iterations.get(i);
            assertThat(it.get("iteration").asInt()).isEqualTo(i);
            assertThat(it.get("accuracy").asDouble())
                    .isBetween(it.get("low").asDouble(), it.get("high").asDouble());
        }
        assertThat(iterations.get(0).get("labels").asInt()).isZero();
        assertThat(iterations.get(1).get("labels").asInt()).isPositive();
        assertThat(to.resolve("report.html")).content().contains("Baselines", "supervised", "best of 4");
        assertThat(to.resolve("iteration-2/policy/model.safetensors")).exists();
        assertThat(to.resolve("iteration-2/comparisons.jsonl")).isNotEmptyFile();
        assertThat(to.resolve("metrics.jsonl")).isNotEmptyFile();
        try (Stream<Path> files = Files.walk(to)) {
            assertThat(files.filter(f -> f.endsWith("round.json"))).hasSize(7);
        }
        assertThat(err.toString()).contains("iteration 1", "iteration 2");
    }

    @Test
    void aKilledRunEndsWithTheSameFiles() throws Exception {
        // Every stage, but less in each.
        String small = TINY.replace("demonstrations: 3000, width: 48", "demonstrations: 1200, width: 32")
                .replace("epochs: 2", "epochs: 1")
                .replace("largest: 5", "largest: 3")
                .replace("evaluation: {prompts: 40}", "evaluation: {prompts: 10}")
                .replace("n: 4", "n: 2");
        Path recipe = Files.writeString(temp.resolve("small.yaml"), small);
        new KilledRun(temp, "run", recipe.toString()).endsTheSame(4, 1);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestOne() throws Exception {
        Path recipe = Files.writeString(temp.resolve("bad.yaml"), TINY.replace("iterations: 2", "iteratoins: 2"));
        assertThat(run("run", recipe.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("bad.yaml:5", "iteratoins", "did you mean \"iterations\"?");
        assertThat(temp.resolve("runs")).doesNotExist();
    }

    @Test
    void anUnknownLossIsRefused() throws Exception {
        assertThat(run("run", recipe().toString(), "--set", "loss=nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("nonsense");
    }

    @Test
    void aRunDirectoryOfAnotherRecipeIsRefused() throws Exception {
        Path to = Files.createDirectory(temp.resolve("other"));
        Files.writeString(to.resolve("recipe.yaml"), "seed: 7\n");
        assertThat(run("run", recipe().toString(), "--output", to.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("another recipe", "seed: 7");
    }

    @Test
    void taskWithoutItsModelIsRefused() throws Exception {
        Path recipe = Files.writeString(temp.resolve("stories.yaml"), """
                task: stories
                judge: words
                sampling: {max-tokens: 8}
                """);
        assertThat(run("run", recipe.toString(), "--output", temp.resolve("s").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--set model=DIR");
        assertThat(temp.resolve("s")).doesNotExist();
        // The corrected command is not told of a run of another recipe.
        String corrected = "model=" + TinyModel.write(temp.resolve("model"));
        Path to = temp.resolve("s");
        run("run", recipe.toString(), "--output", to.toString(), "--set", corrected, "--set", "iterations=1");
        assertThat(err.toString()).doesNotContain("another recipe");
        assertThat(Files.readString(to.resolve("recipe.yaml"))).contains("iterations: 1");
    }

    @Test
    void inputThatCannotBeUsedLeavesNoRunDirectory() throws Exception {
        Path missing = temp.resolve("none");
        String model = "model=" + TinyModel.write(temp.resolve("model"));
        Path recipe = Files.writeString(temp.resolve("prompts.yaml"), "task: stories\njudge: words\n");
        for (String wrong : List.of(
                "model=" + missing,
                "task={prompts: {train: " + missing + "}}",
                "judge={sentence-reward: {positive: " + missing + ", negative: " + missing + "}}")) {
            Path to = temp.resolve("run");
            assertThat(run("run", recipe.toString(), "--output", to.toString(), "--set", model, "--set", wrong))
                    .isEqualTo(1);
            assertThat(err.toString()).contains(missing.toString());
            assertThat(to).doesNotExist();
        }
    }
}
