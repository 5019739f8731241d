package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.loop.run.Seeds;
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
            answers: 4
            sampling: {temperature: 1.0, max-tokens: 16}
            pairing: {correct-wrong: {max-pairs: 4}}
            acquisition: {margin: {instance: smallest, corpus: smallest}}
            labels: {total: 20, split: decreasing}
            loss: {irpo: {beta: 0.1}}
            training: {batch-size: 8, learning-rate: 1e-3}
            evaluation: {prompts: 40}
            controls:
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
    void goesThroughEveryStageAndSaysSo() throws Exception {
        Path to = temp.resolve("run");
        assertThat(run("run", recipe().toString(), "--out", to.toString(), "--json"))
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
        assertThat(to.resolve("report.html")).content().contains("Held against", "supervised", "best of 4");
        assertThat(to.resolve("iteration-2/policy/model.safetensors")).exists();
        assertThat(to.resolve("iteration-2/comparisons.jsonl")).isNotEmptyFile();
        assertThat(to.resolve("metrics.jsonl")).isNotEmptyFile();
        assertThat(err.toString()).contains("iteration 1", "iteration 2");
    }

    /** Killed at random moments and begun again each time, a run comes to the figures of one that was left alone. */
    @Test
    void aKilledRunGoesOnToTheSameResult() throws Exception {
        Path recipe = recipe();
        Path whole = temp.resolve("whole");
        assertThat(run("run", recipe.toString(), "--out", whole.toString()))
                .as(err.toString())
                .isZero();
        Path broken = temp.resolve("broken");
        var random = new Seeds(System.nanoTime()).of("kills");
        int kills = 0;
        for (int i = 0; i < 4; i++) {
            Process child = child(recipe, broken);
            if (!child.waitFor(random.nextInt(1500, 5000), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly().waitFor();
                kills++;
            } else {
                break;
            }
        }
        assertThat(kills).as("kills before the run ended").isPositive();
        assertThat(child(recipe, broken).waitFor()).isZero();
        List<Path> rounds;
        try (Stream<Path> files = Files.walk(whole)) {
            rounds = files.filter(f -> f.endsWith("round.json")).toList();
        }
        assertThat(rounds).hasSize(7);
        for (Path round : rounds) {
            JsonNode a = new JsonMapper().readTree(round);
            JsonNode b = new JsonMapper().readTree(broken.resolve(whole.relativize(round)));
            for (String figure : List.of("meanLength", "klToStart", "greedy", "score", "examples")) {
                assertThat(b.get("evaluation").get(figure))
                        .isEqualTo(a.get("evaluation").get(figure));
            }
        }
        assertThat(broken.resolve("iteration-2/policy/model.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("iteration-2/policy/model.safetensors"));
        assertThat(steps(broken)).isEqualTo(steps(whole));
    }

    private static List<String> steps(Path run) throws IOException {
        List<String> steps = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonNode row = new JsonMapper().readTree(line);
            steps.add(row.get("stage") + " " + row.get("step") + " "
                    + row.get("values").get("loss"));
        }
        return steps;
    }

    private static Process child(Path recipe, Path to) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        recipe.toString(),
                        "--out",
                        to.toString())
                .redirectErrorStream(true)
                .redirectOutput(to.resolveSibling("child.log").toFile())
                .start();
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
        assertThat(run("run", recipe().toString(), "--out", to.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("another recipe", "seed: 7");
    }

    @Test
    void aTaskThatNeedsAModelSaysSo() throws Exception {
        Path recipe = Files.writeString(temp.resolve("stories.yaml"), """
                task: {stories: {judge: {sentence-reward: {positive: good.txt, negative: bad.txt}}}}
                sampling: {max-tokens: 8}
                """);
        assertThat(run("run", recipe.toString(), "--out", temp.resolve("s").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--set policy=DIR");
    }
}
