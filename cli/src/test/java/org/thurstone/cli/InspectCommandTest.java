package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectCommandTest {

    @TempDir
    private Path dir;

    @Test
    void comparisonsAreCountedAndBadRowsNamedByLine() throws IOException {
        Path file = write("""
            {"prompt": "a", "chosen": "xx", "rejected": "y"}
            {"prompt": "a", "chosen": "same", "rejected": "same"}
            {"prompt": "b", "chosen": "x", "rejected": "yy"}
            not json
            """);
        Shell shell = Shell.run("data", "inspect", file.toString());
        assertThat(shell.code()).isZero();
        assertThat(shell.err()).isEmpty();
        assertThat(shell.out())
                .contains("2 good, 2 bad")
                .contains("2 comparisons")
                .contains("50.0 % of the decided pairs")
                .contains("line 2: chosen and rejected are identical")
                .contains("line 4: ");
    }

    @Test
    void machinesGetOneDocument() throws IOException {
        Path file = write("{\"prompt\": \"a\", \"chosen\": \"xx\", \"rejected\": \"y\"}\n");
        JsonNode document = JsonMapper.shared()
                .readTree(Shell.run("data", "inspect", "--format", "json", file.toString())
                        .out());
        assertThat(document.get("rows").asInt()).isEqualTo(1);
        assertThat(document.get("kinds").get("comparisons").asInt()).isEqualTo(1);
        assertThat(document.get("comparisons").get("shorter_wins").asDouble()).isZero();
    }

    @Test
    void fileOfPromptsIsInspectedAsPrompts() throws IOException {
        Path file = write("""
            {"prompt": "one"}
            {"prompt": "three"}
            {"prompt": "one"}
            """);
        assertThat(Shell.run("data", "inspect", file.toString()).out())
                .contains("3 prompts")
                .contains("2 different")
                .contains("1 row repeats");
    }

    @Test
    void promptsAreShownAsTokensToo() throws IOException {
        Path model = TinyModel.ofCharacters(dir.resolve("model"));
        Path file = write("{\"question\": \"ab\", \"answer\": \"c\"}\n");
        Shell shell = Shell.run("data", "inspect", file.toString(), "--model=" + model, "--show=3");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("1 prompt\n")
                .contains("line 1\n  prompt      ab\n")
                .doesNotContain("completion  ");
    }

    @Test
    void aFormatCanBeNamed() throws IOException {
        Path file = write("{\"prompt\": \"a\", \"completion\": \"b\", \"label\": true}\n");
        assertThat(Shell.run("data", "inspect", "--row-format", "unpaired", file.toString())
                        .out())
                .contains("1 rating\n");
        Shell wrong = Shell.run("data", "inspect", "--row-format", "unpared", file.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("there is no format \"unpared\"").contains("explicit-prompt, implicit-prompt");
    }

    @Test
    void unreadableInputIsNamed() throws IOException {
        Shell missing = Shell.run("data", "inspect", dir.resolve("none.jsonl").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .contains("none.jsonl")
                .contains("no such file")
                .doesNotContain("\tat ");
        Shell unknown = Shell.run("data", "inspect", write("{\"x\": 1}\n").toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("in no known format").contains("the first has the keys x.");
    }

    @Test
    void columnsCanBeNamed() throws IOException {
        Path file = write("{\"prompt\": \"a\", \"good\": \"b\", \"bad\": \"c\", \"extra\": 1}\n");
        Shell unnamed = Shell.run("data", "inspect", file.toString());
        assertThat(unnamed.code()).isEqualTo(1);
        assertThat(unnamed.err()).contains("Not understood: bad, extra, good").contains("--columns");
        assertThat(Shell.run("data", "inspect", "--columns", "chosen=good,rejected=bad", file.toString())
                        .out())
                .contains("1 comparison")
                .contains("not read        extra (1 row)");
        Shell wrong = Shell.run("data", "inspect", "--columns", "choosen=good", file.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("no format reads a column 'choosen'");
    }

    @Test
    void folderProvidesItsTrainingSplit() throws IOException {
        Path set = Files.createDirectories(dir.resolve("set"));
        Files.writeString(set.resolve("train.jsonl"), "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n");
        Files.writeString(set.resolve("test.jsonl"), "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n");
        Shell folder = Shell.run("data", "inspect", set.toString());
        assertThat(folder.out()).contains("train.jsonl").doesNotContain("test.jsonl");
        assertThat(folder.err()).contains("the split train, 1 file; not taken, but can be held out: test (");
        Shell both = Shell.run("data", "inspect", set + "/*.jsonl");
        assertThat(both.out()).contains("train.jsonl").contains("test.jsonl");
    }

    @Test
    void dataWithoutASubcommandListsItsSubcommands() {
        Shell shell = Shell.run("data");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("inspect");
    }

    private Path write(String rows) throws IOException {
        return Files.writeString(dir.resolve("rows.jsonl"), rows);
    }
}
