package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    void standardInputAndPatternsAreRead() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(Files.newInputStream(labels()));
            assertThat(Shell.run("agree", "-").out()).contains("6 labels of 3 items by 2 annotators");
            System.setIn(new ByteArrayInputStream("item,annotator,label\n1,,x\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(Shell.run("agree", "-").err()).contains("standard input:2: 'annotator' is empty");
        } finally {
            System.setIn(before);
        }
        assertThat(Shell.run("agree", directory + "/lab*.csv").out()).contains("6 labels of 3 items");
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

    @Test
    void optionsThatDoNotFitAreRefused() throws IOException {
        Path severity = Files.writeString(
                directory.resolve("severity.csv"),
                "item,annotator,label\n1,a,mild\n1,b,severe\n2,a,moderate\n2,b,severe\n");
        refused("--gold needs true labels", severity, "--gold");
        refused("there is no method \"dawid\"; there are majority, dawid-skene", severity, "--method", "dawid");
        refused("--method kos is for two labels, and there are 3", severity, "--method", "kos");
        refused("--scale names a label twice", severity, "--scale", "mild,severe,mild");
        refused("--min-probability is 30.0", severity, "--min-probability", "30");
        Shell unknown = Shell.run("agree", severity.toString(), "--scale", "mild,severe");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("the label 'moderate' is not in the scale mild, severe");
    }

    private static void refused(String message, Path labels, String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "agree";
        words[1] = labels.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        Shell shell = Shell.run(words);
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains(message);
    }

    @Test
    void itemsAreWrittenAsATable() throws IOException {
        Path table = directory.resolve("items.csv");
        assertThat(Shell.run("agree", labels().toString(), "--output", table.toString())
                        .code())
                .isZero();
        assertThat(Files.readAllLines(table)).hasSize(4).first().asString().startsWith("item,majority,majority_tie");
    }
}
