package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataConvertCommandTest {

    @TempDir
    private Path dir;

    private Path pairs = Path.of("");

    @BeforeEach
    void pairs() throws IOException {
        pairs = Files.writeString(dir.resolve("pairs.jsonl"), """
            {"prompt": "2+2=", "chosen": "4", "rejected": "5"}
            {"prompt": "3+3=", "chosen": "6", "rejected": "7"}
            {"prompt": "same", "chosen": "a", "rejected": "b", "label": 0.5}
            """);
    }

    private Shell convert(String to, Path out) {
        return Shell.run("data", "convert", pairs.toString(), "--to", to, "--output", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trl", "openai-preference", "llama-factory", "axolotl"})
    void rowsAreWrittenAndTiesAreLeftOutAndCounted(String to) throws IOException {
        Path out = dir.resolve("out.jsonl");
        Shell shell = convert(to, out);
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains(out + ": 2 rows for ");
        assertThat(shell.err()).contains("left out: 1 ties");
        List<String> rows = Files.readAllLines(out);
        assertThat(rows).hasSize(2).allMatch(row -> row.startsWith("{"));
        if (!to.equals("openai-preference")) {
            Shell inspected = Shell.run("data", "inspect", out.toString());
            assertThat(inspected.out()).contains("2");
            assertThat(inspected.code()).isZero();
        }
    }

    @Test
    void whatTheReaderHasToBeToldIsPrinted() {
        assertThat(convert("llama-factory", dir.resolve("a.jsonl")).out())
                .contains("dataset_info.json: \"thurstone\": {\"file_name\": \"a.jsonl\"");
        assertThat(convert("axolotl", dir.resolve("b.jsonl")).out())
                .contains("rl: dpo; datasets: [{path: b.jsonl, ds_type: json, type: chat_template.default");
    }

    @Test
    void wrongFormatsAndFilesAreNamed() throws IOException {
        Shell unknown = convert("alpaca", dir.resolve("a.jsonl"));
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--to alpaca is not one of: trl, openai-preference, llama-factory, axolotl");
        assertThat(convert("trl", dir.resolve("a.csv")).err()).contains("examples are written as .jsonl");
        assertThat(convert("trl", pairs).code()).isEqualTo(2);
        Files.writeString(pairs, "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        Shell none = convert("openai-preference", dir.resolve("none.jsonl"));
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("nothing to write for OpenAI's preference format: 1 demonstrations");
        assertThat(dir.resolve("none.jsonl")).doesNotExist();
    }
}
