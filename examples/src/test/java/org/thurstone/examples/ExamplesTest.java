package org.thurstone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.elicit.ledger.FileLedger;

/** The programs that the README shows, run on a tiny model. */
class ExamplesTest {

    @TempDir
    private Path directory;

    /** What a program prints. */
    private static String printed(Consumer<String[]> program, Path... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            program.accept(IntStream.range(0, arguments.length)
                    .mapToObj(i -> arguments[i].toString())
                    .toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Path model() {
        return TinyModel.write(directory.resolve("model"));
    }

    private Path pairs() throws IOException {
        List<String> rows = new ArrayList<>();
        for (char letter = 'b'; letter < 'n'; letter++) {
            rows.add("{\"prompt\": \"%c%c\", \"chosen\": \"ca\", \"rejected\": \"cz\"}".formatted(letter, letter));
        }
        return Files.write(directory.resolve("pairs.jsonl"), rows);
    }

    @Test
    void votesAreRanked() {
        assertThat(printed(RankVotes::main).lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("1. espresso ");
    }

    @Test
    void aModelIsTrainedByDpo() throws IOException {
        Path out = directory.resolve("run");
        String printed = printed(TrainDpo::main, model(), pairs(), out);
        assertThat(printed)
                .startsWith("held-out loss: 0.693 before")
                .containsPattern("accuracy after training: [01]\\.\\d+ \\(")
                .contains("model: " + out.resolve("policy"));
        assertThat(out.resolve("policy/model.safetensors")).exists();
    }

    @Test
    void loopAsksACustomJudge() throws IOException {
        List<String> rows = new ArrayList<>();
        for (char a = 'a'; a < 'i'; a++) {
            for (char b = 'a'; b < 'i'; b++) {
                rows.add("{\"prompt\": \"%c%c\"}".formatted(a, b));
            }
        }
        Path prompts = Files.write(directory.resolve("prompts.jsonl"), rows);
        Path out = directory.resolve("run");
        assertThat(printed(Brevity::main, model(), prompts, out)).contains("Respondents", "brevity ");
        assertThat(out.resolve("iteration-2/policy/model.safetensors")).exists();
        try (FileLedger ledger = FileLedger.open(out)) {
            assertThat(ledger.tallies().get("brevity").answered()).isGreaterThan(100);
        }
    }

    @Test
    void modelIsTrainedWithACustomLoss() throws IOException {
        Path out = directory.resolve("run");
        assertThat(printed(MyHinge::main, model(), pairs(), out)).contains("running in " + out);
        assertThat(out.resolve("recipe.yaml")).content().contains("name: my-hinge", "margin: 2.0");
        assertThat(out.resolve("policy/model.safetensors")).exists();
    }

    @Test
    void aModelOfThisProcessAnswersThroughAiServices() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            ChatService.main(new String[] {model().toString(), "a", "b"});
        } finally {
            System.setOut(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .anyMatch(line -> line.matches(".*[a-z].*"));
    }
}
