package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to be written is written, or the command says that it is not. */
class OutputTest {

    @TempDir
    private Path dir;

    private String model = "";
    private String prompts = "";
    private String rows = "";
    private String votes = "";

    @BeforeEach
    void inputs() throws IOException {
        model = TinyModel.write(dir.resolve("model")).toString();
        prompts = write("prompts.jsonl", IntStream.range(0, 600).mapToObj("{\"prompt\": \"abc%d\"}"::formatted));
        rows = write(
                "rows.jsonl",
                IntStream.range(0, 2500)
                        .mapToObj(i -> "{\"prompt\": \"ab\", \"completion\": \"" + "c".repeat(1 + i % 7) + "\"}"));
        votes = write("votes.csv", Stream.of("left,right,winner", "a,b,a", "b,a,b", "a,b,tie"));
    }

    private String write(String name, Stream<String> lines) throws IOException {
        return Files.write(dir.resolve(name), lines.toList()).toString();
    }

    private static Shell run(OutputStream out, String... arguments) {
        StringWriter err = new StringWriter();
        int code = Main.run(StandardOutput.on(out), new PrintWriter(err, true), arguments);
        return new Shell(code, "", err.toString());
    }

    private List<String[]> printing() {
        return Stream.of(
                        "--help",
                        "--version",
                        "rank --help",
                        "methods",
                        "methods dpo --format json",
                        "recipe list",
                        "recipe show prompts",
                        "rank " + votes,
                        "rank " + votes + " --format json",
                        "rank " + votes + " --format csv",
                        "data inspect " + rows + " --format json",
                        "model info " + model,
                        "loss plot dpo",
                        "replicate --list",
                        "sample --model " + model + " --prompt abc",
                        "sample --model " + model + " --prompt abc --format json",
                        "score " + rows + " --model " + model + " --output -")
                .map(line -> line.split(" "))
                .toList();
    }

    @Test
    void aFullDiskUnderStandardOutputIsAFailure() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        for (String[] command : printing()) {
            try (OutputStream full = new FileOutputStream("/dev/full")) {
                Shell ended = run(full, command);
                assertThat(ended.code()).as(String.join(" ", command)).isEqualTo(1);
                assertThat(ended.err())
                        .as(String.join(" ", command))
                        .contains("cannot write standard output: the disk is full");
            }
        }
    }

    @Test
    void aPipeWithoutAReaderIsAFailure() {
        for (String[] command : printing()) {
            Shell ended = run(
                    new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            throw new IOException("Broken pipe");
                        }
                    },
                    command);
            assertThat(ended.code()).as(String.join(" ", command)).isEqualTo(1);
            assertThat(ended.err())
                    .as(String.join(" ", command))
                    .contains("cannot write standard output: its reader has closed it");
        }
    }

    @Test
    void anOutputIsNeverTheInputUnderWhateverName() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("symbolic.jsonl"), Path.of(rows));
        Path hard = Files.createLink(dir.resolve("hard.jsonl"), Path.of(rows));
        byte[] before = Files.readAllBytes(Path.of(rows));
        for (String output : List.of(rows, link.toString(), hard.toString(), dir + "/./rows.jsonl")) {
            Shell score = Shell.run("score", rows, "--model", model, "--output", output);
            assertThat(score.code()).as(output).isEqualTo(2);
            assertThat(score.err()).contains("--output " + output + " is ", "name another file");
            assertThat(Shell.run("sample", "--model", model, "--prompts", rows, "--output", output)
                            .code())
                    .isEqualTo(2);
        }
        assertThat(Shell.run("agree", votes, "--output", votes).code()).isEqualTo(2);
        assertThat(Shell.run("train", "--model", model, "--data", rows, "--output", model)
                        .code())
                .isEqualTo(2);
        assertThat(Files.readAllBytes(Path.of(rows))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "score"})
    void whatWasSampledOrScoredBeforeAKillIsNotComputedAgain(String task) throws Exception {
        String[] command = task.equals("sample")
                ? new String[] {"sample", "--model", model, "--prompts", prompts, "--max-tokens", "4", "--output"}
                : new String[] {"score", rows, "--model", model, "--output"};
        Path whole = dir.resolve("whole.jsonl");
        Path killed = dir.resolve("killed.jsonl.gz");
        assertThat(Shell.run(with(command, whole)).code()).isZero();
        ChildRun.Ended ended = new ChildRun(dir.resolve("log")).run("append:2", with(command, killed));
        assertThat(ended.code()).as(ended.log()).isEqualTo(137);
        assertThat(killed).doesNotExist();
        assertThat(dir.resolve(".killed.jsonl.gz.parts")).exists();
        Shell resumed = Shell.run(with(command, killed));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("an earlier process has left 2 parts");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(killed))) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(whole));
        }
        assertThat(hidden()).isEmpty();
    }

    @Test
    void partsThatWereMadeWithOtherSettingsAreNotUsed() throws Exception {
        String[] command = {"sample", "--model", model, "--prompts", prompts, "--max-tokens", "4", "--output"};
        Path out = dir.resolve("out.jsonl");
        new ChildRun(dir.resolve("log")).run("append:1", with(command, out));
        List<String> other = new ArrayList<>(List.of(with(command, out)));
        other.addAll(List.of("--seed", "2"));
        Shell again = Shell.run(other.toArray(String[]::new));
        assertThat(again.err()).contains("starting anew", "was made with another seed");
        Path alone = dir.resolve("alone.jsonl");
        other.set(other.indexOf(out.toString()), alone.toString());
        Shell.run(other.toArray(String[]::new));
        assertThat(out).hasSameBinaryContentAs(alone);
    }

    @Test
    void aFullDiskLeavesNoHalfFile() throws Exception {
        Path out = dir.resolve("out.jsonl");
        ChildRun.Ended ended = new ChildRun(dir.resolve("log"))
                .run(
                        List.of("-Dthurstone.fail-at=full:2"),
                        List.of("score", rows, "--model", model, "--output", out.toString()));
        assertThat(ended.code()).as(ended.log()).isEqualTo(1);
        assertThat(ended.log()).containsPattern("cannot write .*: the disk is full");
        assertThat(out).doesNotExist();
    }

    @Test
    void filesHaveThePermissionsOfTheUserAndNotOfTheirOriginals() throws IOException {
        Path directory = Path.of(model);
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "no POSIX permissions here");
        Path probe = Files.createFile(dir.resolve("probe"));
        Set<PosixFilePermission> usual = Files.getPosixFilePermissions(probe);
        Files.setPosixFilePermissions(
                directory.resolve("tokenizer.json"), PosixFilePermissions.fromString("r--r--r--"));
        Path converted = dir.resolve("converted");
        Shell ended = Shell.run("model", "convert", model, "--dtype", "float32", "--output", converted.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        try (Stream<Path> files = Files.list(converted)) {
            for (Path file : files.toList()) {
                assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .isEqualTo(usual);
            }
        }
        assertThat(Files.getPosixFilePermissions(converted))
                .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(dir.resolve("folder"))));
    }

    /** Background jobs of a shell ignore Ctrl-C, and so do the processes that they start. */
    private static void assumeInterrupts() throws IOException {
        assumeSignals();
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            boolean ignored = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
            assumeTrue(!ignored, "this process ignores SIGINT, as background jobs of a shell do");
        }
    }

    private static void assumeSignals() {
        assumeTrue(!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"), "no signals here");
    }

    @Test
    void aSignalDuringComputationIsNoCrash() throws Exception {
        assumeSignals();
        ChildRun bench = new ChildRun(dir.resolve("bench.log"));
        Process timing = bench.begin(
                List.of(), List.of("bench", "train", "--model", model, "--steps", "1000000", "--batch-size", "2"));
        // Its model is loaded once it has computed for a while; any moment will do.
        awaitCpu(timing, 1000);
        timing.destroy();
        ChildRun.Ended stopped = bench.ended(timing);
        assertThat(stopped.code()).as(stopped.log()).isEqualTo(143);
        assertThat(stopped.log()).contains("stopped").doesNotContain("SIGSEGV", "fatal error");
    }

    @Test
    void aTrainingThatIsInterruptedSaysHowToResumeAndLeavesNothing() throws Exception {
        assumeInterrupts();
        Path run = dir.resolve("run");
        String pairs = write(
                "pairs.jsonl",
                IntStream.range(0, 32)
                        .mapToObj(i -> "{\"prompt\": \"" + "a".repeat(1 + i % 9) + "\", \"chosen\": \""
                                + "c".repeat(1 + i % 5) + "\", \"rejected\": \"d\"}"));
        ChildRun train = new ChildRun(dir.resolve("train.log"));
        Process training = train.begin(
                List.of(),
                List.of(
                        "train",
                        "--model=" + model,
                        "--data=" + pairs,
                        "--save-every=1",
                        "--set=training={epochs: 100000, batch-size: 8}",
                        "--output=" + run));
        while (!Files.exists(run.resolve("training.safetensors")) && training.isAlive()) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(training.pid()))
                .start()
                .waitFor();
        ChildRun.Ended interrupted = train.ended(training);
        assertThat(interrupted.code()).as(interrupted.log()).isEqualTo(130);
        assertThat(interrupted.log())
                .contains("stopped; run the same command again to resume from the last saved state of " + run);
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void samplingThatIsInterruptedSaysHowToResume() throws Exception {
        assumeSignals();
        String many = write("many.jsonl", IntStream.range(0, 100_000).mapToObj("{\"prompt\": \"abc%d\"}"::formatted));
        Path out = dir.resolve("out.jsonl");
        ChildRun child = new ChildRun(dir.resolve("sample.log"));
        Process sampling = child.begin(
                List.of(), List.of("sample", "--model", model, "--prompts", many, "--output", out.toString()));
        Path parts = dir.resolve(".out.jsonl.parts");
        while (sampling.isAlive() && !(Files.exists(parts) && Files.size(parts) > 10_000)) {
            Thread.sleep(20);
        }
        sampling.destroy();
        ChildRun.Ended stopped = child.ended(sampling);
        assertThat(stopped.code()).as(stopped.log()).isEqualTo(143);
        assertThat(stopped.log())
                .contains("stopped; run the same command again to resume after the last finished part of " + out);
        assertThat(hidden()).containsExactly(".out.jsonl.parts");
    }

    /** Waits until a process has computed for so long. */
    private static void awaitCpu(Process process, long millis) throws InterruptedException {
        while (process.isAlive()
                && process.info()
                        .totalCpuDuration()
                        .map(used -> used.toMillis() < millis)
                        .orElse(false)) {
            Thread.sleep(20);
        }
    }

    private List<String> hidden() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .collect(Collectors.toList());
        }
    }

    private static String[] with(String[] command, Path output) {
        return Stream.concat(Stream.of(command), Stream.of(output.toString())).toArray(String[]::new);
    }
}
