package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IfevalCommandTest {

    @TempDir
    private Path dir;

    private Path prompts = Path.of("");

    @BeforeEach
    void threePrompts() throws IOException {
        prompts = Files.writeString(dir.resolve("prompts.jsonl"), """
            {"key": 7, "prompt": "ab", "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"], "kwargs": [{}, {"relation": "at least", "num_words": 3, "num_bullets": null}]}
            {"key": 8, "prompt": "cd", "instruction_id_list": ["startend:quotation"], "kwargs": [{}]}
            {"key": 9, "prompt": "ef", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
            """);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    private static JsonNode json(Object... arguments) {
        String[] words = Stream.concat(
                        Stream.of("eval", "ifeval"), Arrays.stream(arguments).map(Object::toString))
                .toArray(String[]::new);
        Shell result = Shell.run(words);
        assertThat(result.code()).as(result.err()).isZero();
        return JsonMapper.shared().readTree(result.out());
    }

    @Test
    void answersOfAFileAreCountedByPromptInstructionAndKind() throws IOException {
        Path answers = file("answers.jsonl", """
            {"key": 7, "response": "one, two", "ended": true}
            {"prompt": "cd", "answer": "Sure:\\n\\"It is.\\"", "finish": "length"}
            """);
        JsonNode summary = json(prompts, "--answers", answers, "--format", "json");
        assertThat(summary.get("prompts").asInt()).isEqualTo(3);
        assertThat(summary.get("unanswered").asInt()).isEqualTo(1);
        assertThat(summary.get("instructions").asInt()).isEqualTo(4);
        assertThat(summary.get("ended").get("value").asDouble()).isEqualTo(0.5);
        assertThat(summary.get("prompt_strict").get("value").asDouble()).isZero();
        assertThat(summary.get("prompt_loose").get("value").asDouble()).isEqualTo(1 / 3.0);
        assertThat(summary.get("instruction_loose").get("value").asDouble()).isEqualTo(0.25);
        assertThat(summary.get("kinds").get(2).get("kind").asString()).isEqualTo("startend:quotation");
        assertThat(Shell.run("eval", "ifeval", prompts.toString(), "--answers", answers.toString())
                        .out())
                .contains("prompt            3", "1 prompt has no answer, which counts as disobeyed.");
    }

    @Test
    void answersAreSampledAndAFileOfThemIsEvaluatedAlike() {
        Path model = TinyModel.write(dir.resolve("model"));
        Path kept = dir.resolve("kept.jsonl");
        JsonNode without = json(prompts, "--model", model, "--max-tokens", "4", "--format", "json");
        JsonNode with = json(
                prompts,
                "--model",
                model,
                "--max-tokens",
                "4",
                "--batch-size",
                "2",
                "--output",
                kept,
                "--format",
                "json");
        assertThat(with.get("kinds")).isEqualTo(without.get("kinds"));
        assertThat(json(prompts, "--answers", kept, "--format", "json")).isEqualTo(with);
    }

    @Test
    void wrongInputIsRefusedWithItsPlace() throws IOException {
        Path unknown = file(
                "unknown.jsonl",
                "{\"prompt\": \"a\", \"instruction_id_list\": [\"keywords:exists\"], \"kwargs\": [{}]}\n");
        refused("unknown.jsonl:1: there is no instruction 'keywords:exists'", unknown);
        Path fewer = file(
                "fewer.jsonl",
                "{\"prompt\": \"a\", \"instruction_id_list\": [\"punctuation:no_comma\"], \"kwargs\": [{}, {}]}\n");
        refused("fewer.jsonl:1: 'instruction_id_list' has 1 entries and 'kwargs' 2", fewer);
        refused("have no answers: give --model DIR or --answers FILE", prompts);
        refused("there are no prompts in", file("none.jsonl", ""));
    }

    @Test
    void answersToOtherPromptsAreRefused() throws IOException {
        refused(
                "other.jsonl:1: there is no prompt '3'",
                prompts,
                "--answers",
                file("other.jsonl", "{\"key\": 3, \"answer\": \"a\"}\n"));
        refused(
                "twice.jsonl:2: the prompt '7' has an answer already",
                prompts,
                "--answers",
                file("twice.jsonl", "{\"key\": 7, \"answer\": \"a\"}\n{\"key\": 7, \"answer\": \"b\"}\n"));
        refused("give one of the two", prompts, "--answers", prompts, "--model", dir);
        refused("give --model, too", prompts, "--output", dir.resolve("kept.jsonl"));
    }

    private static void refused(String message, Object... arguments) {
        String[] words = Stream.concat(
                        Stream.of("eval", "ifeval"), Arrays.stream(arguments).map(Object::toString))
                .toArray(String[]::new);
        Shell result = Shell.run(words);
        assertThat(result.code()).isIn(1, 2);
        assertThat(result.err()).contains(message);
    }
}
