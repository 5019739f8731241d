package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.metrics.MetricsRow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics of {@code train} are TRL's, in name and value; recorded from TRL 1.13 by {@code dev/compare-with-trl --record}. */
class TrlDpoTest {

    private static final List<String> FILES = List.of(
            "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

    @TempDir
    private Path dir;

    @Test
    void eightStepsLogWhatTrlLogs() throws IOException {
        Path model = Files.createDirectory(dir.resolve("model"));
        for (String file : FILES) {
            Files.write(model.resolve(file), bytes(file));
        }
        Path pairs = Files.write(dir.resolve("pairs.jsonl"), bytes("pairs.jsonl"));
        Path out = dir.resolve("out");
        Shell shell = Shell.run(
                "train",
                "--model=" + model,
                "--data=" + pairs,
                "--loss=dpo",
                "--held-out-share=0",
                "--set=training={epochs: 1, batch-size: 8, learning-rate: 3e-3, shuffle: false}",
                "--set=training.schedule={constant: {warmup: {steps: 0}}}",
                "--output=" + out);
        assertThat(shell.code()).as(shell.err()).isZero();

        JsonNode steps = JsonMapper.shared().readTree(bytes("trl.json")).get("steps");
        List<MetricsRow> rows = MetricsLog.read(out.resolve(MetricsLog.FILE));
        assertThat(rows).hasSize(8).hasSize(steps.size());
        for (int i = 0; i < rows.size(); i++) {
            MetricsRow row = rows.get(i);
            steps.get(i).properties().forEach(figure -> {
                double theirs = figure.getValue().asDouble();
                // Float32 sums of some forty nats differ in the sixth digit.
                double tolerance = figure.getKey().startsWith("logps/") ? 1e-3 : 1e-4;
                assertThat(row.values().get(figure.getKey()))
                        .as("%s of step %d", figure.getKey(), row.step())
                        .isNotNull()
                        .isCloseTo(theirs, within(tolerance * Math.max(1, Math.abs(theirs) / 10)));
            });
        }
        assertThat(rows.getFirst().values().get("rewards/accuracies"))
                .as("where policy and reference are the same no pair is won")
                .isZero();
        assertThat(Stream.of("rewards/margins", "rewards/accuracies")
                        .map(rows.getLast().values()::get))
                .allMatch(value -> value > 0.1);
    }

    private static byte[] bytes(String name) throws IOException {
        try (var stream = Objects.requireNonNull(TrlDpoTest.class.getResourceAsStream("trl/" + name), name)) {
            return stream.readAllBytes();
        }
    }
}
