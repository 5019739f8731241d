package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.worlds.language.ReadyRecipes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recipe of instructions, small: random weights over characters, and topics of one letter. */
class InstructionsRunTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path temp;

    private static Path run = Path.of("");
    private static Shell shell = new Shell(-1, "", "");

    @BeforeAll
    static void theRecipe() throws IOException {
        Path model = TinyModel.ofCharacters(temp.resolve("model"));
        Files.writeString(temp.resolve("topics.txt"), "a tree | e\nthe sea | a\nan owl | o\nice | i\n");
        Path recipe = Files.writeString(temp.resolve("instructions.yaml"), ReadyRecipes.text("instructions"));
        run = temp.resolve("run");
        List<String> words =
                new ArrayList<>(List.of("run", recipe.toString(), "--output", run.toString(), "--device", "cpu"));
        for (String setting : List.of(
                "model=" + model,
                "task.instructions={topics: " + temp.resolve("topics.txt")
                        + ", kinds: ['punctuation:no_comma', 'keywords:forbidden_words'],"
                        + " unseen: ['startend:exclamation'], words: 1, attempts: 2}",
                "iterations=1",
                "prompts=16",
                "samples=6",
                "sampling.max-tokens=24",
                "labels.total=8",
                "adapter.rank=2",
                "training={batch-size: 4, learning-rate: 1e-2}",
                "evaluation.prompts=12")) {
            words.addAll(List.of("--set", setting));
        }
        shell = Shell.run(words.toArray(String[]::new));
        assertThat(shell.code()).as(shell.err()).isZero();
    }

    private static JsonNode round(String directory) throws IOException {
        return JSON.readTree(Files.readString(run.resolve(directory).resolve("round.json")));
    }

    @Test
    void reportSaysWhatWasGainedAndWhere() {
        assertThat(shell.out())
                .containsSubsequence(
                        "perplexity",
                        "random pairs",
                        "supervised on the verified answers",
                        "Held-out prompts",
                        "kinds in training",
                        "unseen kinds",
                        "Where the gain comes from",
                        "answers that end",
                        "By kind of instruction",
                        "keywords:forbidden_words",
                        "startend:exclamation");
        assertThat(shell.out()).contains("held out 1 of 4 topics and 1 of 3 kinds of instruction for evaluation");
    }

    @Test
    void roundsHoldOutcomesAndPerplexityOfTheSamePrompts() throws IOException {
        JsonNode before = round("iteration-0").get("evaluation");
        JsonNode after = round("iteration-1").get("evaluation");
        assertThat(after.get("outcomes").size()).isEqualTo(12);
        for (int i = 0; i < 12; i++) {
            assertThat(after.get("outcomes").get(i).get("kind"))
                    .isEqualTo(before.get("outcomes").get(i).get("kind"));
        }
        long passed = before.get("outcomes")
                .valueStream()
                .filter(o -> o.get("ended").asBoolean()
                        && o.get("obeys").asBoolean()
                        && o.get("substance").asBoolean())
                .count();
        assertThat(before.get("score").get("mean").asDouble()).isEqualTo(passed / 12.0);
        // Random weights give each of about a hundred characters the same probability.
        assertThat(before.get("perplexity").asDouble()).isBetween(50.0, 200.0);
        assertThat(after.get("perplexity").asDouble())
                .isNotEqualTo(before.get("perplexity").asDouble());
    }

    @Test
    void adapterIsAddedToTheWeights() throws IOException {
        Path policy = run.resolve("iteration-1/policy");
        assertThat(policy.resolve("adapter_config.json")).doesNotExist();
        assertThat(Files.mismatch(policy.resolve("model.safetensors"), run.resolve("start/model.safetensors")))
                .isNotEqualTo(-1);
        assertThat(Files.size(policy.resolve("model.safetensors")))
                .isEqualTo(Files.size(run.resolve("start/model.safetensors")));
    }

    @Test
    void promptsWithoutAPassingAnswerGetMoreSamples() throws IOException {
        List<Integer> counts = Files.readAllLines(run.resolve("iteration-1/completions.jsonl")).stream()
                .map(line -> JSON.readTree(line).get("completions").size())
                .toList();
        assertThat(counts).hasSize(16).contains(6, 12).containsOnly(6, 12);
    }

    @Test
    void whatIsLabelledHasPassedAgainstWhatHasNot() throws IOException {
        List<String> labels = Files.readAllLines(run.resolve("iteration-1/comparisons.jsonl"));
        assertThat(labels).isNotEmpty();
        assertThat(labels)
                .allMatch(line -> List.of("left", "right")
                        .contains(JSON.readTree(line).get("preference").asString()));
        assertThat(Arrays.toString(run.toFile().list())).contains("report.html");
    }
}
