package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.loop.run.Seeds;

/**
 * Disks that are full, that fail, and that forget: a message or the same result, never another one with exit code 0. {@code dev/inject-faults} has
 * more of each.
 */
class FaultsTest {

    @TempDir
    private Path dir;

    private Path whole = Path.of("");
    private final List<String> command = new ArrayList<>();

    @BeforeEach
    void uninterrupted() throws IOException {
        Path model = TinyModel.write(dir.resolve("model"));
        Path pairs = Files.write(
                dir.resolve("pairs.jsonl"),
                IntStream.range(0, 24)
                        .mapToObj(i -> "{\"prompt\": \"%s\", \"chosen\": \"%s\", \"rejected\": \"d\"}"
                                .formatted("a".repeat(1 + i % 8), "bc".repeat(1 + i % 5)))
                        .toList());
        command.addAll(List.of(
                "train",
                "--model=" + model,
                "--data=" + pairs,
                "--held-out-share=0.25",
                "--save-every=2",
                "--set=training={epochs: 2, batch-size: 6, learning-rate: 3e-3}"));
        whole = dir.resolve("whole");
        Shell ended = resumed(whole);
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    private Shell resumed(Path run) {
        return Shell.run(arguments(run).toArray(String[]::new));
    }

    private List<String> arguments(Path run) {
        return Stream.concat(command.stream(), Stream.of("--output=" + run)).toList();
    }

    private byte[] result(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("policy/model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full:9", "fsync:14", "permission:11"})
    void aFailingDiskIsToldAndTheRunEndsTheSameOnceItWorks(String fault) throws Exception {
        Path run = dir.resolve("run");
        ChildRun.Ended ended =
                new ChildRun(dir.resolve("log")).run(List.of("-Dthurstone.fail-at=" + fault), arguments(run));
        assertThat(ended.code()).as(ended.log()).isEqualTo(1);
        assertThat(ended.log())
                .containsPattern("cannot write .*: (the disk is full|Input/output error|permission denied)")
                .doesNotContain("internal error");
        Shell resumed = resumed(run);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(result(run)).isEqualTo(result(whole));
    }

    @Test
    void aFlippedBitInAFileOfAStoppedRunIsToldOrChangesNothing() throws Exception {
        Path stopped = dir.resolve("stopped");
        // Right after the second state was saved.
        ChildRun.Ended killed = new ChildRun(dir.resolve("log"))
                .run("append:6", arguments(stopped).toArray(String[]::new));
        assertThat(killed.code()).as(killed.log()).isEqualTo(137);
        assertThat(stopped.resolve("training.safetensors")).exists();
        everyFlip(stopped, new Seeds(1).of("flips"));
    }

    @Test
    void aFlippedBitInAFileOfAFinishedRunIsTold() throws Exception {
        everyFlip(whole, new Seeds(2).of("flips"));
        for (String file :
                List.of("policy/model.safetensors", "policy/config.json", "last/tokenizer.json", "metrics.jsonl")) {
            Path copy = copy(whole);
            Files.delete(copy.resolve(file));
            Shell again = resumed(copy);
            assertThat(again.code()).as(file).isEqualTo(1);
            assertThat(again.err()).contains(copy.resolve(file) + " is missing");
            Shell check = Shell.run("check", copy.toString());
            assertThat(check.code()).isEqualTo(1);
            assertThat(check.out()).contains(file + " is missing", "1 damaged or missing");
        }
        Shell check = Shell.run("check", whole.toString());
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).contains("all as they were written");
    }

    /** Flips a bit in each file of a copy, and starts the run again. */
    private void everyFlip(Path original, RandomGenerator random) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(original)) {
            names = files.filter(Files::isRegularFile)
                    .map(file -> original.relativize(file).toString())
                    .filter(name -> !name.startsWith(".") && !name.startsWith("tensorboard") && !name.endsWith(".html"))
                    .sorted()
                    .toList();
        }
        assertThat(names).contains("metrics.jsonl", "inputs.json", "data.json", "manifest.jsonl", "recipe.yaml");
        for (String name : names) {
            Path copy = copy(original);
            Path file = copy.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            int bit = random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);
            Shell again = resumed(copy);
            if (again.code() == 0) {
                assertThat(result(copy)).as("%s, bit %d", name, bit).isEqualTo(result(whole));
            } else {
                assertThat(again.code()).as("%s, bit %d", name, bit).isEqualTo(1);
                assertThat(again.err())
                        .as("%s, bit %d", name, bit)
                        .contains(name.equals("recipe.yaml") ? copy.toString() : file.toString())
                        .doesNotContain("internal error");
            }
        }
    }

    private Path copy(Path original) throws IOException {
        Path copy = Files.createTempDirectory(dir, "copy");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }
}
