package org.thurstone.loop.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

class MetricsLogTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00.120Z"));

    @TempDir
    Path run;

    private Path file() {
        return run.resolve(MetricsLog.FILE);
    }

    @Test
    void aRowIsOneLineOfJsonWithItsValuesSortedAndOddNumbersAsStrings() throws Exception {
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            log.log(
                    "iteration-1/train",
                    3,
                    Map.of("loss", 0.69, "kl", Double.NaN, "a \"b\"", Double.NEGATIVE_INFINITY));
        }
        assertThat(Files.readString(file()))
                .isEqualTo(
                        "{\"time\":\"2026-11-23T10:00:00.120Z\",\"stage\":\"iteration-1/train\",\"step\":3,\"values\":{\"a"
                                + " \\\"b\\\"\":\"-Infinity\",\"kl\":\"NaN\",\"loss\":0.69},\"crc\":\"0933e9c0\"}\n");
        assertThat(MetricsLog.read(file()).getFirst().values())
                .containsExactly(
                        Map.entry("a \"b\"", Double.NEGATIVE_INFINITY),
                        Map.entry("kl", Double.NaN),
                        Map.entry("loss", 0.69));
    }

    @Test
    void aRowIsThereBeforeTheLogIsClosed() {
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            log.log("supervised", 0, Map.of("loss", 1.0));
            assertThat(MetricsLog.read(file())).hasSize(1);
        }
    }

    @Test
    void everyDoubleComesBackAsItWas() {
        List<Double> values =
                List.of(0.1, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 1.0 / 3, 1e22, Double.POSITIVE_INFINITY);
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            for (int i = 0; i < values.size(); i++) log.log("s", i, Map.of("v", values.get(i)));
        }
        assertThat(MetricsLog.read(file()).stream().map(row -> row.values().get("v")))
                .isEqualTo(values);
    }

    /** The promise to a run that is killed: wherever the bytes end, and whatever was written twice, the rows are the same. */
    @Test
    void aRunKilledAtAnyByteAndResumedHasTheRowsOfOneThatWasNot() throws Exception {
        List<String> stages = List.of("supervised", "iteration-1/train", "iteration-1/evaluate", "iteration-2/train");
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            for (String stage : stages) writeStage(log, stage);
        }
        List<MetricsRow> uninterrupted = MetricsLog.read(file());
        byte[] whole = Files.readAllBytes(file());
        for (int killed = 0; killed <= whole.length; killed += 37) {
            Files.write(file(), java.util.Arrays.copyOf(whole, killed));
            List<MetricsRow> left = MetricsLog.read(file());
            String at = left.isEmpty() ? stages.getFirst() : left.getLast().stage();
            try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
                log.forgetFrom(at);
                for (String stage : stages.subList(stages.indexOf(at), stages.size())) writeStage(log, stage);
            }
            assertThat(MetricsLog.read(file())).as("killed at byte %d", killed).isEqualTo(uninterrupted);
        }
    }

    private static void writeStage(MetricsLog log, String stage) {
        for (int step = 0; step < 3; step++) log.log(stage, step, Map.of("loss", 1.0 / (step + stage.length())));
    }

    @Test
    void forgettingDropsTheStageAndWhatCameAfterAndNothingElse() {
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            for (String stage : List.of("a", "b", "c")) writeStage(log, stage);
            log.forgetFrom("never ran");
            assertThat(MetricsLog.read(file())).hasSize(9);
            log.forgetFrom("b");
            log.log("b", 7, Map.of());
        }
        assertThat(MetricsLog.read(file()).stream().map(row -> row.stage() + row.step()))
                .containsExactly("a0", "a1", "a2", "b7");
    }

    @Test
    void aHalfWrittenLastLineIsCutOnOpening() throws Exception {
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            log.log("s", 0, Map.of("loss", 1.0));
        }
        Files.writeString(file(), "{\"time\":\"2026", StandardOpenOption.APPEND);
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            log.log("s", 1, Map.of("loss", 2.0));
        }
        assertThat(MetricsLog.read(file())).extracting(MetricsRow::step).containsExactly(0L, 1L);
    }

    @Test
    void aBadLineInTheMiddleIsNamed() throws Exception {
        String good = "{\"time\":\"2026-11-23T10:00:00Z\",\"stage\":\"s\",\"step\":0,\"values\":{}}\n";
        for (String bad :
                List.of("\n", "{}\n", "[1\n", good.replace("{}", "{\"x\":\"high\"}"), good.replace("2026", "x"))) {
            Files.writeString(file(), good + bad + good);
            assertThatThrownBy(() -> MetricsLog.read(file()))
                    .as(bad)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("metrics.jsonl, line 2 is not a metrics row")
                    .hasMessageContaining("a row has \"time\"");
            assertThatThrownBy(() -> MetricsLog.open(run)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void aMissingFileOrAFolderInItsPlaceIsAUserError() throws Exception {
        assertThatThrownBy(() -> MetricsLog.read(run.resolve("none.jsonl")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there are no metrics at");
        Files.createDirectories(file());
        assertThatThrownBy(() -> MetricsLog.open(run))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot write " + file());
    }

    @Test
    void aStageHasANameAndAStepIsNotNegative() {
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            assertThatThrownBy(() -> log.log(" ", 0, Map.of())).hasMessageContaining("stage");
            assertThatThrownBy(() -> log.log("s", -1, Map.of())).hasMessageContaining("-1");
        }
        assertThat(MetricsLog.read(file())).isEmpty();
    }

    @Test
    void threadsDoNotTearEachOthersRows() throws Exception {
        try (MetricsLog log = MetricsLog.open(run, CLOCK)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String stage = "stage" + t;
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int step = 0; step < 50; step++) log.log(stage, step, Map.of("x", (double) step));
                }));
            }
            for (Thread thread : threads) thread.join();
        }
        assertThat(MetricsLog.read(file())).hasSize(200);
    }
}
