package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.format.Examples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleCommandTest {

    @TempDir
    private Path dir;

    private Path model = Path.of("");
    private Path prompts = Path.of("");

    @BeforeEach
    void modelAndPrompts() throws IOException {
        model = TinyModel.write(dir.resolve("model"));
        prompts = Files.writeString(dir.resolve("prompts.jsonl"), """
            {"prompt": "abc"}
            {"id": "chat", "messages": [{"role": "user", "content": "a"}]}
            {"prompt": "xy"}
            """);
    }

    @Test
    void aRowAnAnswerInTheOrderOfThePromptsReadableByOurOwnReaders() {
        // Of this seed no answer is empty.
        Path out = sample("--n", "3", "--max-tokens", "5", "--seed", "3");
        List<String> ids =
                Examples.readAll(out).stream().map(e -> e.prompt().id()).toList();
        assertThat(ids)
                .containsExactly(
                        "prompts.jsonl:1",
                        "prompts.jsonl:1",
                        "prompts.jsonl:1",
                        "chat",
                        "chat",
                        "chat",
                        "prompts.jsonl:3",
                        "prompts.jsonl:3",
                        "prompts.jsonl:3");
        List<JsonNode> rows = rows(out);
        List<Example> examples = Examples.readAll(out);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get("finish").asString()).isIn("eos", "length");
            assertThat(((Demonstration) examples.get(i)).completion().finished())
                    .isEqualTo(!rows.get(i).get("finish").asString().equals("length"));
            assertThat(rows.get(i).get("tokens").asInt()).isBetween(1, 5);
            assertThat(rows.get(i).get("sum_log_prob").asDouble()).isNegative();
        }
    }

    @Test
    void sampledLogProbabilityEqualsScore() {
        Path out = sample("--n", "8", "--max-tokens", "6", "--temperature", "0.7");
        Path scored = dir.resolve("scored.jsonl");
        assertThat(Shell.run("score", "--model", model.toString(), out.toString(), "--output", scored.toString())
                        .code())
                .isZero();
        List<JsonNode> before = rows(out);
        List<JsonNode> after = rows(scored);
        int compared = 0;
        for (int i = 0; i < before.size(); i++) {
            // Tokens without text of their own (padding, the unknown word) are lost in the text, and so not to be
            // compared.
            if (before.get(i).get("prompt").get("text").isString()
                    && before.get(i).get("tokens").asInt()
                            == after.get(i).get("token_log_probs").size()) {
                compared++;
                assertThat(after.get(i).get("sum_log_prob").asDouble())
                        .isCloseTo(before.get(i).get("sum_log_prob").asDouble(), within(1e-4));
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    @Test
    void emptyAnswersAreLeftOutAndCounted() {
        Shell shell = run("--n", "60", "--max-tokens", "1");
        long written = rows(dir.resolve("out.jsonl")).size();
        assertThat(written).isBetween(1L, 179L);
        assertThat(shell.err()).contains(180 - written + " empty completions were left out");
        assertThat(Examples.readAll(dir.resolve("out.jsonl"))).hasSize((int) written);
    }

    @Test
    void theSameSeedGivesTheSameAnswersAndAnotherOneOthers() {
        List<JsonNode> first = rows(sample("--seed", "1"));
        assertThat(rows(sample("--seed", "1"))).isEqualTo(first);
        assertThat(rows(sample("--seed", "2"))).isNotEqualTo(first);
    }

    @Test
    void stopTextsAreCutOff() {
        List<String> stops = new ArrayList<>(List.of("--n", "20", "--max-tokens", "20"));
        for (char c = 'a'; c <= 'm'; c++) {
            stops.addAll(List.of("--stop", Character.toString(c)));
        }
        List<JsonNode> rows = rows(sample(stops.toArray(String[]::new)));
        assertThat(rows).anyMatch(r -> r.get("finish").asString().equals("stop"));
        assertThat(rows)
                .noneMatch(r -> r.get("completion").toString().matches(".*\"[n-z]*[a-m]+[n-z]*\".*")
                        && r.get("completion").isString());
    }

    @Test
    void withoutAFileAnswersArePrinted() {
        Shell text = Shell.run(
                "sample",
                "--model",
                model.toString(),
                "--prompt",
                "abc",
                "--n",
                "2",
                "--max-tokens",
                "4",
                "--top-k",
                "3");
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out().lines().filter(l -> l.contains("log-probability")))
                .hasSize(2);
        assertThat(text.err()).contains("1 prompt, 2 completions");
        JsonNode document = JsonMapper.shared()
                .readTree(Shell.run("sample", "--model", model.toString(), "--prompt", "abc", "--format", "json")
                        .out());
        assertThat(document.get("completions").size()).isEqualTo(1);
        assertThat(document.get("completions").get(0).get("sum_log_prob").asDouble())
                .isNegative();
    }

    @Test
    void printedAnswersKeepTheirLeadingBlank() {
        Path characters = TinyModel.ofCharacters(dir.resolve("characters"));
        List<String> command =
                List.of("sample", "--model=" + characters, "--prompt=abc", "--n=400", "--max-tokens=3", "--seed=5");
        List<String> json = new ArrayList<>(command);
        json.add("--format=json");
        List<String> blank = new ArrayList<>();
        JsonMapper.shared()
                .readTree(Shell.run(json.toArray(String[]::new)).out())
                .get("completions")
                .forEach(completion -> {
                    String text = completion.get("completion").asString();
                    if (text.startsWith(" ") && !text.isBlank()) {
                        blank.add(text.stripTrailing());
                    }
                });
        assertThat(blank).isNotEmpty();
        List<String> printed =
                Shell.run(command.toArray(String[]::new)).out().lines().toList();
        assertThat(printed).containsAll(blank);
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(run("--temperature", "-1").code()).isEqualTo(2);
        assertThat(run("--temperature", "-1").err()).contains("temperature -1.0");
        assertThat(run("--top-p", "2").err()).contains("top-p 2.0 is outside");
        assertThat(run("--n", "0").err()).contains("at least 1");
        assertThat(Shell.run("sample", "--model", model.toString()).code()).isEqualTo(2);
        Shell both = run("--prompt", "a");
        assertThat(both.code()).isEqualTo(2);
        Shell csv = Shell.run(
                "sample", "--model", model.toString(), "--prompts", prompts.toString(), "--output", dir + "/out.csv");
        assertThat(csv.code()).isEqualTo(1);
        assertThat(csv.err()).contains(".jsonl");
    }

    @Test
    void aPromptAsLongAsTheContextIsWarnedAbout() throws IOException {
        Files.writeString(prompts, "{\"prompt\": \"" + "a".repeat(TinyModel.CONTEXT) + "\"}\n");
        Shell shell = run();
        assertThat(shell.code()).isZero();
        assertThat(shell.err()).contains("leaves no room for an answer").contains("1 empty completion was left out");
    }

    private Path sample(String... more) {
        Shell shell = run(more);
        assertThat(shell.code()).as(shell.err()).isZero();
        return dir.resolve("out.jsonl");
    }

    private Shell run(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "sample",
                "--model",
                model.toString(),
                "--prompts",
                prompts.toString(),
                "--output",
                dir.resolve("out.jsonl").toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private static List<JsonNode> rows(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(JsonMapper.shared()::readTree)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
