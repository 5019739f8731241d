package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgreeCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path labels() throws IOException {
        return Files.writeString(directory.resolve("labels.csv"), """
            item,annotator,label
            1,ann,yes
            1,bob,yes
            2,ann,no
            2,bob,yes
            3,ann,no
            3,bob,no
            """);
    }

    @Test
    void jsonOutputIsOneDocument() throws IOException {
        Path truth = Files.writeString(directory.resolve("truth.csv"), "item,truth\n1,yes\n2,no\n3,no\n");
        Path out = directory.resolve("found.jsonl");
        Shell shell = Shell.run(
                "agree",
                labels().toString(),
                "--format",
                "json",
                "--shared",
                "1",
                "--truth",
                truth.toString(),
                "--output",
                out.toString());
        assertThat(shell.err()).isEmpty();
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.at("/pairs/0/agreement/count").intValue()).isEqualTo(3);
        assertThat(document.at("/pairs/0/disagreement/0").stringValue()).isEqualTo("no");
        assertThat(document.at("/accuracy/majority/value").doubleValue()).isGreaterThanOrEqualTo(2 / 3.0);
        assertThat(Files.readAllLines(out)).hasSize(3).first().asString().contains("\"majority\":\"yes\"");
    }

    @Test
    void tablesForPeople() throws IOException {
        Shell shell = Shell.run("agree", labels().toString(), "--shared", "1");
        assertThat(shell.code()).isZero();
        assertThat(shell.out())
                .contains("Fleiss's kappa", "Disagreement by pair of annotators", "no / yes × 1", "Annotator skill");
    }

    @Test
    void wrongCallsAreReported() throws IOException {
        assertThat(Shell.run("agree", labels().toString(), "--verdicts", "1,2").code())
                .isEqualTo(2);
        Shell distance = Shell.run("agree", labels().toString(), "--distance", "interval");
        assertThat(distance.code()).isEqualTo(1);
        assertThat(distance.err()).contains("'no' is not a number").doesNotContain("at org.");
    }
}
