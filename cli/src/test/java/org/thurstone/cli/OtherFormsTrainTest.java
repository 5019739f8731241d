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
import tools.jackson.databind.json.JsonMapper;

/** Examples that are more than completions of a prompt, from a file to a trained model. */
class OtherFormsTrainTest {

    @TempDir
    private Path dir;

    private String model = "";

    @BeforeEach
    void write() {
        model = TinyModel.write(dir.resolve("model")).toString();
    }

    /** Trains, sees the objective fall, and says where it started. */
    private double train(String rows, String... more) throws IOException {
        Path data = Files.writeString(dir.resolve("data.jsonl"), rows.replace('\'', '"'));
        List<String> args = new ArrayList<>(List.of("train", "--model", model, "--data", data.toString()));
        args.addAll(List.of(
                "--format",
                "json",
                "--held-out-share",
                "0",
                "--output",
                dir.resolve("run").toString()));
        args.addAll(List.of("--set", "training.epochs=8", "--set", "training.batch-size=2"));
        args.addAll(List.of("--set", "training.learning-rate=1e-2"));
        args.addAll(List.of(more));
        Shell shell = Shell.run(args.toArray(String[]::new));
        assertThat(shell.code()).as(shell.err()).isZero();
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(dir.resolve("run/metrics.jsonl"))) {
            losses.add(
                    JsonMapper.shared().readTree(line).get("values").get("loss").asDouble());
        }
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
        return losses.getFirst();
    }

    @Test
    void answersToDifferentPrompts() throws IOException {
        String rows = "{'prompt':'b','chosen':'a','rejected_prompt':'cc','rejected':'a'}\n"
                + "{'prompt':'d','chosen':'a','rejected_prompt':'ee','rejected':'zz'}\n";
        assertThat(train(rows, "--loss", "dove")).isCloseTo(Math.log(2), within(1e-5));
    }

    @Test
    void contrasts() throws IOException {
        String rows =
                "{'prompts':['b','c'],'completions':['a','z']}\n{'prompts':['bb','cc'],'completions':['aa','zz']}\n";
        train(rows, "--loss", "sami");
    }

    @Test
    void rationales() throws IOException {
        // "Question: …" is mostly unknown to these letters, and long: the answers are short.
        String rows = "{'prompt':'b','chosen':'a','rejected':'z','rationale':'aa'}\n";
        Path data = Files.writeString(
                dir.resolve("bare.jsonl"), "{\"prompt\":\"b\",\"chosen\":\"a\",\"rejected\":\"z\"}\n");
        Shell without = Shell.run(
                "train",
                "--model",
                model,
                "--data",
                data.toString(),
                "--loss",
                "rationale-dpo",
                "--held-out-share",
                "0",
                "--output",
                dir.resolve("without").toString());
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.err()).contains("rationale");
        train(rows, "--loss", "rationale-dpo", "--long-prompts", "keep-end");
    }

    @Test
    void degreesOfRemoval() throws IOException {
        String rows = "{'prompt':'b','chosen':'cd, ef, gh','rejected':'zz, yy, xx'}\n";
        train(rows, "--loss", "degree-aware", "--set", "loss.levels=2");
    }

    @Test
    void thoughtsAndGoals() throws IOException {
        String rows = "{'prompt':'b','chosen':'xqqya','rejected':'xqyz','score_chosen':8,'score_rejected':3.5}\n";
        train(
                rows,
                "--set",
                "mask={name: thinking, open: x, close: y}",
                "--set",
                "augment={name: reward-augmented, goal: '{score} g'}");
        assertThat(Files.readString(dir.resolve("run/data.json"))).contains("\"training\" : 2");
    }
}
