package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train} assumes, and what it says on the way. */
class TrainOptionsTest {

    @TempDir
    private Path dir;

    private Path model = Path.of("");
    private Path pairs = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void modelAndPairs() throws IOException {
        model = TinyModel.write(dir.resolve("model"));
        pairs = Files.writeString(dir.resolve("pairs.jsonl"), pairs(0, 10));
        out = dir.resolve("run");
    }

    /** Rows of prompts of their own. */
    private static String pairs(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < to; i++) {
            rows.append(row(Character.toString('b' + i), "a", "z"));
        }
        return rows.toString();
    }

    private static String row(String prompt, String chosen, String rejected) {
        return "{\"prompt\": \"%s\", \"chosen\": \"%s\", \"rejected\": \"%s\"}%n".formatted(prompt, chosen, rejected);
    }

    @ParameterizedTest
    @CsvSource({"dpo, false, 1e-6", "simpo, false, 1e-6", "sft, false, 2e-5", "dpo, true, 1e-5", "sft, true, 2e-4"})
    void learningRateSuitsLossAndAdapter(String loss, boolean adapter, String rate) throws IOException {
        List<String> more = new ArrayList<>(List.of("--loss", loss));
        if (adapter) {
            more.addAll(List.of("--set", "adapter.rank=2"));
        }
        assertThat(train(more.toArray(String[]::new)).code()).isZero();
        assertThat(Files.readString(out.resolve("recipe.yaml"))).contains("learning-rate: " + rate + "\n");
    }

    @Test
    void optionsSetTheirKeys() throws IOException {
        Shell shell = train(
                "--learning-rate=3e-4",
                "--epochs=2",
                "--batch-size=4",
                "--beta=0.3",
                "--seed=7",
                "--set=training.schedule=linear");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(Files.readString(out.resolve("recipe.yaml")))
                .contains(
                        "learning-rate: 3e-4\n",
                        "epochs: 2\n",
                        "batch-size: 4\n",
                        "beta: 0.3\n",
                        "\nseed: 7\n",
                        "linear");
    }

    @Test
    void heldOutDataThatAreTrainedOnAreRefusedOrCounted() throws IOException {
        assertThat(train("--held-out", pairs.toString()).err()).contains("held-out is the same file as data");
        Path copy = Files.copy(pairs, dir.resolve("copy.jsonl"));
        assertThat(train("--held-out", copy.toString()).err())
                .contains("10 of 10 held-out rows are also in " + pairs)
                .contains("give held-out data that are not trained on");
        assertThat(out).doesNotExist();
        Path some = Files.writeString(dir.resolve("some.jsonl"), pairs(8, 14));
        Shell shell = train("--held-out", some.toString());
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out())
                .contains("warning: 2 of 6 held-out rows are also in")
                .contains("some.jsonl:1");
    }

    @Test
    void oneFolderProvidesTrainingAndHeldOutSplits() throws IOException {
        Path set = Files.createDirectory(dir.resolve("set"));
        Files.writeString(set.resolve("train.jsonl"), pairs(0, 10));
        Files.writeString(set.resolve("test.jsonl"), pairs(10, 14));
        Shell shell = Shell.run(
                "train",
                "--model",
                model.toString(),
                "--data",
                set.toString(),
                "--held-out",
                set.toString(),
                "--output",
                out.toString());
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("10 examples to train on, 4 held out");
    }

    @Test
    void heldOutFilesAmongThoseOfAPatternAreRefused() throws IOException {
        Path other = Files.writeString(dir.resolve("pairs-2.jsonl"), pairs(10, 14));
        Shell shell = Shell.run(
                "train",
                "--model",
                model.toString(),
                "--data",
                dir.resolve("pairs*.jsonl").toString(),
                "--held-out",
                other.toString(),
                "--output",
                out.toString());
        assertThat(shell.err()).contains("held-out is the same file as data, " + other);
        assertThat(out).doesNotExist();
    }

    @Test
    void heldOutShareOfOnePromptIsRefused() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            rows.append(row("b", Character.toString('a' + i % 20) + "a", "z"));
        }
        Files.writeString(pairs, rows);
        Shell shell = train();
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err())
                .contains("leaves nothing to train on: 1 of 1 prompts are held out with all of their rows, 50 of 50")
                .contains("held-out-share=0");
        assertThat(out).doesNotExist();
        Files.writeString(pairs, rows + row("c", "a", "z"));
        assertThat(train().out() + train().err()).contains("held out");
    }

    @Test
    void logWithoutTerminalHasStepsLossAndEvaluations() {
        Shell shell = train("--epochs=4", "--batch-size=2", "--learning-rate=1e-3");
        assertThat(shell.code()).as(shell.err()).isZero();
        // Nine pairs are trained on, in five steps per epoch: a line each tenth of twenty steps.
        assertThat(shell.out().lines().filter(l -> l.startsWith("  training ")))
                .hasSize(10)
                .allMatch(l -> l.contains("loss"))
                .first()
                .asString()
                .startsWith("  training 2/20  epoch 0.40  loss");
        assertThat(shell.out()).contains("after step 5 of 20: held-out loss", "after step 20 of 20: held-out loss");
    }

    @Test
    void trainingWithoutHeldOutDataEndsWithItsLoss() {
        Shell shell = train("--held-out-share=0", "--epochs=2");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("2 steps; training loss 0.6931 at the first step, 0.");
    }

    private Shell train(String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--model=" + model, "--data=" + pairs, "--output=" + out));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }
}
