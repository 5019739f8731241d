package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see of files that are broken: the file, the place, what is wrong and what would be right; never "internal error". */
class BrokenInputsTest {

    @TempDir
    private Path dir;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content);
    }

    private void refuses(String message, String command) {
        Shell shell = Shell.run(Arrays.stream(command.split(" "))
                .map(arg -> arg.startsWith("DIR/") ? dir + arg.substring(3) : arg)
                .toArray(String[]::new));
        assertThat(shell.code()).as(command + ": " + shell.err()).isIn(1, 2);
        assertThat(shell.err()).as(command).doesNotContain("internal error").contains(message);
    }

    private static Path model(Path directory) {
        return TinyModel.write(directory);
    }

    @Test
    void files() throws IOException {
        file("deep.json", "[{\"a\":" + "[".repeat(1200));
        file("votes.csv", "left,right,winner\na,b,a\nb,a,b\n");
        refuses("deep.json:1: not JSON", "data inspect DIR/deep.json");
        refuses("nested more than 500 levels deep", "rank DIR/votes.csv --compare DIR/deep.json");
        file("object.jsonl", "{\"model_a\": {\"name\": \"x\"}, \"model_b\": \"y\", \"winner\": \"tie\"}\n");
        refuses(
                "object.jsonl:1: \"model_a\" is an object, not a text or a number; name what is in it, such as \"model_a.name\"",
                "rank DIR/object.jsonl");
        file("board.json", "[{\"item\": {}, \"rating\": 1}]");
        refuses("board.json:1: a board has items with", "rank DIR/votes.csv --compare DIR/board.json");
        file("solutions.jsonl", "{\"score\": [true, false], \"pred\": [\"1\"]}\n");
        refuses(
                "solutions.jsonl:1: 'pred' has 1 entries and 'score' 2: one of each belongs to an answer",
                "eval solutions DIR/solutions.jsonl");
        file("solutions.jsonl", "{\"score\": []}\n");
        refuses(
                "solutions.jsonl:1: 'score' is an empty list: a problem has at least one answer",
                "eval solutions DIR/solutions.jsonl");
        file("weights.csv", "left,right,winner,weight\na,b,a,1e308\nb,a,b,1\n");
        refuses(
                "weights.csv:2: \"weight\" is 1e308; a weight is a number from 0 to 1e15",
                "rank DIR/weights.csv --weight weight");
    }

    @Test
    void samplingNothingTakesNoTime() throws IOException {
        Path model = model(dir.resolve("model"));
        Path empty = file("empty.jsonl", "");
        for (String format : List.of("text", "json")) {
            Shell shell =
                    Shell.run("sample", "--model", model.toString(), "--prompts", empty.toString(), "--format", format);
            assertThat(shell.out() + shell.err()).doesNotContain("NaN").doesNotContain("internal error");
        }
    }

    @Test
    void modelFiles() throws IOException {
        Path model = model(dir.resolve("model"));
        file("empty.jinja", "");
        file("chat.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}\n");
        refuses(
                "prompt 0 has no tokens",
                "sample --model DIR/model --prompts DIR/chat.jsonl --chat-template DIR/empty.jinja");
        file(
                "doubling.jinja",
                "{% set ns = namespace(s='aa') %}{% for a in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}");
        refuses(
                "the template makes more than 3",
                "sample --model DIR/model --prompts DIR/chat.jsonl --chat-template DIR/doubling.jinja");
        refuses("out of memory", "sample --model DIR/model --prompt a --batch-size 2000000000");
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": -1}");
        refuses(
                "generation_config.json: eos_token_id is -1; the id of a token is a whole number from 0 to 16,777,216",
                "sample --model DIR/model --prompt a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sample --model DIR/model --prompt a",
                "score DIR/rows.jsonl --model DIR/model --output DIR/o.jsonl",
                "train --model DIR/model --data DIR/rows.jsonl --loss dpo --output DIR/run"
            })
    void weightsThatAreNotFinite(String command) throws IOException {
        Path weights = model(dir.resolve("model")).resolve("model.safetensors");
        file("rows.jsonl", "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n".repeat(4));
        byte[] bytes = Files.readAllBytes(weights);
        for (int i = bytes.length - 4; i < bytes.length; i++) {
            bytes[i] = -1;
        }
        Files.write(weights, bytes);
        refuses("has NaN or infinity", command);
        assertThat(List.of(dir.resolve("run"), dir.resolve("o.jsonl"))).noneMatch(Files::exists);
    }
}
