package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvalCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path preferences() throws IOException {
        StringBuilder rows = new StringBuilder("model,index,preference,len_output_1,len_output_2\n");
        for (int i = 0; i < 40; i++)
            rows.append("mine,%d,%s,%d,%d\n".formatted(i, i % 4 == 0 ? "1.1" : "1.8", 100 + i, 90 + 3 * i));
        return Files.writeString(directory.resolve("preferences.csv"), rows);
    }

    @Test
    void alpacaIsADocumentForMachines() throws IOException {
        Shell shell = Shell.run("eval", "alpaca", preferences().toString(), "--baseline", "base", "--format", "json");
        assertThat(shell.err()).isEmpty();
        JsonNode model = JsonMapper.shared().readTree(shell.out()).at("/models/0");
        assertThat(model.get("model").stringValue()).isEqualTo("mine");
        assertThat(model.get("win_rate").doubleValue()).isCloseTo(62.5, within(1e-9));
        assertThat(model.get("standard_error").doubleValue()).isPositive();
        assertThat(model.get("length_controlled_win_rate").doubleValue()).isBetween(0.0, 100.0);
    }

    @Test
    void estimatedDifficultiesAreSaidToTieTheModelsTogether() throws IOException {
        StringBuilder rows = new StringBuilder("model,index,preference,len_output_1,len_output_2\n");
        for (int i = 0; i < 200; i++) {
            rows.append("m%d,%d,%s,%d,%d\n"
                    .formatted(
                            i % 5, i / 5, (i * 7) % 11 < 4 + i % 5 ? "2" : "1", 100 + (i * 3) % 40, 90 + (i * 5) % 60));
        }
        String file = Files.writeString(directory.resolve("five.csv"), rows).toString();
        assertThat(Shell.run("eval", "alpaca", file, "--baseline", "base", "--difficulty", "estimate")
                        .out())
                .contains("difficulties estimated from these preferences")
                .contains("the length-controlled rates change when a model is added");
    }

    @Test
    void weightsNeedTheirDifficulties() throws IOException {
        Shell shell = Shell.run("eval", "alpaca", preferences().toString(), "--baseline", "base", "--weights", "w.csv");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("--weights needs --difficulty FILE");
    }

    @Test
    void benchmarksAreNamed() throws IOException {
        Path scores = Files.writeString(
                directory.resolve("pairs.csv"), "label,score_1,score_2\n1,3,2\n2,3,2\n1,0.5,0.25\n0,1,1\n");
        Shell shell = Shell.run("eval", "rewards", scores.toString(), "--bench", "pairs", "--format", "json");
        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.at("/score/value").doubleValue()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(document.at("/remarks/0").stringValue()).contains("1 tied");
        Shell wrong = Shell.run("eval", "rewards", scores.toString(), "--bench", "chess");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("There is no benchmark \"chess\"; there are rewardbench");
    }

    @Test
    void solversAreComparedProblemByProblem() throws IOException {
        Path answers = Files.writeString(directory.resolve("answers.jsonl"), """
            {"question":"1","small":{"is_correct":false},"large":{"is_correct":true}}
            {"question":"2","small":{"is_correct":true},"large":{"is_correct":true}}
            """);
        Shell shell = Shell.run("eval", "solutions", answers.toString());
        assertThat(shell.code()).isZero();
        assertThat(shell.out()).contains("small", "50.0", "large", "100.0", "-0.500");
        Path broken = Files.writeString(
                directory.resolve("broken.jsonl"), "{\"a\":{\"is_correct\":true}}\n{\"b\":{\"is_correct\":true}}\n");
        assertThat(Shell.run("eval", "solutions", broken.toString()).err()).contains("has no answer here");
    }
}
