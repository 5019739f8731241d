package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LossEvalCommandTest {

    private static final String PAIR =
            "{\"chosen\": {\"policy\": [-0.7, -1.2, -0.3], \"reference\": [-0.9, -1.0, -0.6]},"
                    + " \"rejected\": {\"policy\": [-1.1, -0.6], \"reference\": [-0.8, -0.9]}}";

    @TempDir
    private Path dir;

    @Test
    void standardInputAndOutputServe() {
        java.io.InputStream before = System.in;
        try {
            System.setIn(
                    new ByteArrayInputStream(("{\"loss\": \"sft\", \"demonstrations\": [{\"policy\": [-1, -2]}]}\n\n"
                                    + "{\"loss\": \"slic-hf\", \"pairs\": ["
                                    + PAIR + "]}")
                            .getBytes(StandardCharsets.UTF_8)));
            Shell shell = Shell.run("loss", "eval", "-");
            assertThat(shell.code()).isZero();
            assertThat(shell.out().lines()).hasSize(2);
            assertThat(shell.out())
                    .startsWith("{\"loss\":1.5,\"each\":[1.5],\"gradient\":[{\"policy\":[-0.5,-0.5]}]}\n");
            assertThat(shell.err()).isEqualTo("2 cases\n");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void answersGoToAFileAndMachinesGetADocument() throws IOException {
        Path file = Files.writeString(dir.resolve("c.jsonl"), "{\"loss\": \"dpo\", \"pairs\": [" + PAIR + "]}\n");
        Path out = dir.resolve("answers.jsonl");
        Shell shell = Shell.run("loss", "eval", file.toString(), "--output", out.toString(), "--format", "json");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(JsonMapper.shared().readTree(shell.out()).get("cases").asInt())
                .isEqualTo(1);
        assertThat(Files.readAllLines(out)).hasSize(1);
        Shell both = Shell.run("loss", "eval", file.toString(), "--format", "json");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).startsWith("--format json and --output - both need standard output");
        assertThat(Shell.run("loss", "eval", dir.resolve("gone.jsonl").toString())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void emptyFilesHaveNoCases() throws IOException {
        Shell shell = Shell.run(
                "loss",
                "eval",
                Files.writeString(dir.resolve("empty.jsonl"), "\n").toString());
        assertThat(shell).isEqualTo(new Shell(0, "", "0 cases\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | not JSON",
                "[1] | the row is a list, not a JSON object {…}",
                "{} | loss is missing: a name such as \"dpo\", or an object",
                "{\"loss\": \"dop\", \"pairs\": [PAIR]} | loss: unknown loss \"dop\" (did you mean \"dpo\" or"
                        + " \"dpop\"?)",
            })
    void badLinesAreNamedAndNothingIsWritten(String line, String message) throws IOException {
        String good = "{\"loss\": \"dpo\", \"pairs\": [" + PAIR + "]}";
        Path file =
                Files.writeString(dir.resolve("bad.jsonl"), good + "\n\n" + line.replace("PAIR", PAIR) + "\n" + good);
        Path out = dir.resolve("out.jsonl");
        Shell shell = Shell.run("loss", "eval", file.toString(), "--output", out.toString());
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).startsWith(file + ":3: " + message);
        assertThat(out).doesNotExist();
    }
}
