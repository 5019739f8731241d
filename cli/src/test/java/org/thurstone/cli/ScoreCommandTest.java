package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreCommandTest {

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gpt2", "gemma2", "qwen2"})
    void fixturesHaveTheLogProbabilitiesOfPythonsTransformers(String name) throws IOException {
        Path model = Shared.path("models/fixtures/" + name);
        JsonNode expected = JsonMapper.shared().readTree(Files.readAllBytes(model.resolve("expected.json")));
        Path rows = dir.resolve("rows.jsonl");
        Files.writeString(
                rows,
                IntStream.range(0, expected.get("input_ids").size())
                        .mapToObj(i ->
                                "{\"input_ids\": " + expected.get("input_ids").get(i) + "}\n")
                        .collect(Collectors.joining()));
        List<JsonNode> scored = score(model, rows);
        double tolerance = expected.get("tolerance").asDouble();
        assertThat(scored).hasSize(expected.get("input_ids").size());
        for (int i = 0; i < scored.size(); i++) {
            JsonNode wanted = expected.get("token_log_probs").get(i);
            JsonNode found = scored.get(i).get("token_log_probs");
            assertThat(found.size()).isEqualTo(wanted.size());
            for (int t = 0; t < wanted.size(); t++) {
                assertThat(found.get(t).asDouble())
                        .as("%s, row %d, token %d", name, i, t)
                        .isCloseTo(wanted.get(t).asDouble(), within(tolerance));
            }
            assertThat(scored.get(i).get("sum_log_prob").asDouble())
                    .isCloseTo(expected.get("sum_log_prob").get(i).asDouble(), within(wanted.size() * tolerance));
        }
    }

    @Test
    void theStoryModelHasItsKnownFigure() throws IOException {
        Path model = Shared.path("models/stories260k");
        Path rows = write(
                "{\"input_ids\": [1, 403, 407, 261, 378, 432, 383, 286, 261, 400, 428]}",
                "{\"prompt\": \"Once upon a time\", \"completion\": \", there was a dog\"}");
        List<JsonNode> scored = score(model, rows);
        assertThat(scored.get(0).get("sum_log_prob").asDouble()).isCloseTo(-5.278094, within(1e-4));
        // The text is the same tokens: the completion's log-probabilities are the last ones, and then comes that of the
        // end.
        JsonNode ids = scored.get(0).get("token_log_probs");
        JsonNode text = scored.get(1).get("token_log_probs");
        assertThat(text.size()).isEqualTo(7);
        for (int t = 0; t < 6; t++) {
            assertThat(text.get(t).asDouble()).isCloseTo(ids.get(4 + t).asDouble(), within(1e-4));
        }
    }

    @Test
    void everyRowIsReturnedInPlaceWithItsColumns() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        Path rows = write(
                "{\"prompt\": \"abc\", \"completion\": \"de\", \"mine\": {\"x\": [1, \"ü🙂\"]}}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\":"
                        + " \"bcd\"}]}",
                "{\"input_ids\": [3]}",
                "{\"kind\": \"demonstration\", \"prompt\": {\"id\": \"p\", \"text\": \"abc\"}, \"completion\":"
                        + " {\"unfinished\": \"de\"}}");
        List<JsonNode> scored = score(model, rows);
        assertThat(scored).hasSize(4);
        assertThat(scored.get(0).get("mine").get("x").get(1).asString()).isEqualTo("ü🙂");
        assertThat(scored.get(0).get("token_log_probs").size()).as("d, e, end").isEqualTo(3);
        assertThat(scored.get(1).get("token_log_probs").size()).isPositive();
        assertThat(scored.get(2).get("token_log_probs").size()).isZero();
        assertThat(scored.get(2).get("sum_log_prob").asDouble()).isZero();
        assertThat(scored.get(3).get("token_log_probs").size())
                .as("d, e: an unfinished completion has no end")
                .isEqualTo(2);
    }

    @Test
    void rowScoreIsIndependentOfOtherRows() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        String[] many = IntStream.range(0, 1100)
                .mapToObj(i -> "{\"input_ids\": "
                        + IntStream.rangeClosed(0, i % 31)
                                .map(t -> 3 + (i + t) % 26)
                                .boxed()
                                .toList() + "}")
                .toArray(String[]::new);
        List<JsonNode> together = score(model, write(many));
        assertThat(together).hasSize(1100);
        for (int i : new int[] {0, 17, 1030, 1099}) {
            assertThat(together.get(i).get("input_ids").size()).isEqualTo(i % 31 + 1);
            JsonNode alone = score(model, write(many[i])).getFirst();
            assertThat(together.get(i).get("sum_log_prob").asDouble())
                    .isCloseTo(alone.get("sum_log_prob").asDouble(), within(1e-4));
        }
    }

    @Test
    void rowsCanBePiped() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("{\"input_ids\": [3, 4]}\n".getBytes(StandardCharsets.UTF_8)));
            Shell shell = Shell.run("score", "--model", model.toString(), "-", "--output", "-");
            assertThat(shell.code()).as(shell.err()).isZero();
            assertThat(shell.out().lines()).hasSize(1).allMatch(line -> line.contains("sum_log_prob"));
            assertThat(shell.err()).contains("1 row, 1 token scored");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void machinesGetOneDocument() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        Path out = dir.resolve("scored.jsonl");
        Shell shell = run(model, write("{\"input_ids\": [3, 4, 5]}"), out, "--format", "json");
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.get("rows").asInt()).isEqualTo(1);
        assertThat(document.get("tokens").asInt()).isEqualTo(2);
        assertThat(run(model, dir.resolve("rows.jsonl"), Path.of("-"), "--format", "json")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void unscorableRowIsNamedByLineAndLeavesNoOutput() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        refused(model, "{\"input_ids\": [3, 99]}", ":2: token 99 is not one of the model's 32");
        refused(model, "{\"input_ids\": []}", ":2: 'input_ids' is not a list of at least one token");
        refused(model, "{\"input_ids\": [3, 4.5]}", ":2: 'input_ids' holds 4.5");
        refused(model, "{\"input_ids\": " + "x".repeat(3) + "}", ":2: ");
        refused(
                model,
                "{\"prompt\": \"" + "a".repeat(40) + "\", \"completion\": \"b\"}",
                ":2: the prompt leaves no room for a completion within 32 tokens");
        refused(
                model,
                "{\"prompt\": \"a\", \"completion\": \"" + "b".repeat(40) + "\"}",
                ":2: a completion does not fit after its prompt");
        refused(model, "{\"prompt\": \"a\", \"completion\": \"\"}", ":2: ");
        refused(
                model,
                "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}",
                ":2: the row has several completions, and one is scored at a time");
        refused(model, "{\"x\": 1}", ":2: the row is in no known format; it has the keys x");
    }

    private void refused(Path model, String row, String message) throws IOException {
        Path out = dir.resolve("refused.jsonl");
        Shell shell = run(model, write("{\"input_ids\": [3, 4]}", row), out);
        assertThat(shell.code()).as(row).isEqualTo(1);
        assertThat(shell.err()).contains("rows.jsonl" + message).doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    @Test
    void invalidModelDirectoryAndMissingDeviceAreNamed() throws IOException {
        Path rows = write("{\"input_ids\": [3, 4]}");
        Path out = dir.resolve("out.jsonl");
        assertThat(run(dir.resolve("none"), rows, out).err()).contains("there is no model ");
        assertThat(run(dir, rows, out).err()).contains("config.json");
        Path model = TinyModel.write(dir.resolve("model"));
        Shell device = run(model, rows, out, "--device", "tpu");
        assertThat(device.code()).isEqualTo(2);
        assertThat(device.err()).contains("\"tpu\" is not a device");
        Shell type = run(model, rows, out, "--dtype", "int4");
        assertThat(type.code()).isEqualTo(2);
        assertThat(type.err()).contains("unknown dtype \"int4\" (expected float32, float64, float16 or bfloat16");
        Shell nowhere = run(model, rows, dir.resolve("no").resolve("out.jsonl"));
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).contains("there is no directory");
    }

    private List<JsonNode> score(Path model, Path rows) throws IOException {
        Path out = dir.resolve("scored.jsonl");
        Shell shell = run(model, rows, out);
        assertThat(shell.code()).as(shell.err()).isZero();
        return Files.readAllLines(out).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private static Shell run(Path model, Path rows, Path out, String... more) {
        String[] args = {"score", "--model", model.toString(), rows.toString(), "--output", out.toString()};
        return Shell.run(java.util.stream.Stream.concat(java.util.Arrays.stream(args), java.util.Arrays.stream(more))
                .toArray(String[]::new));
    }

    private Path write(String... rows) throws IOException {
        return Files.writeString(dir.resolve("rows.jsonl"), String.join("\n", rows) + "\n");
    }
}
