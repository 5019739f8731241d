package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Manifest;
import org.thurstone.loop.run.Seeds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command that is run in child processes: once to its end, and once killed at seeded {@link CrashPoint}s and resumed each time; the last
 * time in this process. Nothing here depends on how fast the machine is.
 */
final class KilledRun {

    private static final JsonMapper JSON = new JsonMapper();

    /** What may differ between two runs of the same recipe. */
    private static final Set<String> TIMES =
            Set.of("crc", "time", "seconds", "tokensPerSecond", "tokens_per_second", "tokens-per-second");

    private final Path directory;
    private final List<String> arguments;

    /** @param arguments of the command, without {@code --output} */
    KilledRun(Path directory, String... arguments) {
        this.directory = directory;
        this.arguments = List.of(arguments);
    }

    /** Kills the run at seeded places, and checks that it ends with the same files as without, but for times and speeds. */
    void endsTheSame(int kills, long seed) throws Exception {
        Path uninterrupted = directory.resolve("uninterrupted");
        ChildRun.Ended whole = run(uninterrupted, "-Dthurstone.count-crash-points=true");
        assertThat(whole.code()).as(whole.log()).isZero();
        var random = new Seeds(seed).of("kills");
        int done = 0;
        for (int runs = 1; done < kills; runs++) {
            Path killed = directory.resolve("killed-" + runs);
            done += kill(killed, kills - done, whole.counts(), random);
            same(killed, uninterrupted);
        }
    }

    /**
     * Kills a run at places of each kind in turn and resumes it, then lets it end. Places are drawn so that a kill advances the run by one
     * part in {@code kills} on average, which spreads them over all of it; it may end earlier.
     *
     * @return how often it was killed
     */
    private int kill(Path out, int kills, Map<CrashPoint, Long> counts, RandomGenerator random) throws Exception {
        List<CrashPoint> kinds = Stream.of(CrashPoint.values())
                .filter(kind -> counts.get(kind) > 0)
                .toList();
        int first = random.nextInt(kinds.size());
        for (int i = 0; i < kills; i++) {
            CrashPoint kind = kinds.get((first + i) % kinds.size());
            long within = Math.max(1, 2 * counts.get(kind) / kills);
            String place = kind.name().toLowerCase(Locale.ROOT) + ":" + random.nextLong(1, within + 1);
            ChildRun.Ended ended = run(out, "-Dthurstone.halt-at=" + place);
            if (ended.code() == 0) {
                return i;
            }
            assertThat(ended.code()).as("halted at %s: %s", place, ended.log()).isEqualTo(137);
        }
        // What resumes it last need not be killed, so it need not be a process of its own.
        Shell last = Shell.run(arguments(out).toArray(String[]::new));
        assertThat(last.code()).as(last.err()).isZero();
        return kills;
    }

    private static void same(Path run, Path uninterrupted) throws IOException {
        Map<String, Object> expected = contents(uninterrupted);
        Map<String, Object> found = contents(run);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((file, content) -> assertThat(found.get(file)).as(file).isEqualTo(content));
    }

    private ChildRun.Ended run(Path out, String option) throws Exception {
        return new ChildRun(directory.resolve("child.log")).run(List.of(option), arguments(out));
    }

    private List<String> arguments(Path out) {
        return Stream.concat(arguments.stream(), Stream.of("--output", out.toString()))
                .toList();
    }

    /** Figures without times, and bytes of weights and states, by file. Pages and TensorBoard's files show times. */
    private static Map<String, Object> contents(Path run) throws IOException {
        Map<String, Object> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                assertThat(name).as("left over").doesNotEndWith(".tmp").doesNotEndWith(".parts");
                if (name.startsWith(".") || name.equals(Manifest.FILE)) {
                    continue;
                }
                if (name.endsWith(".jsonl")) {
                    contents.put(
                            run.relativize(file).toString(),
                            Files.readAllLines(file).stream()
                                    .map(line -> timeless(JSON.readTree(line)))
                                    .toList());
                } else if (name.endsWith(".json")) {
                    contents.put(run.relativize(file).toString(), timeless(JSON.readTree(file)));
                } else if (name.endsWith(".safetensors")) {
                    contents.put(run.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    private static JsonNode timeless(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(TIMES);
        }
        node.forEach(KilledRun::timeless);
        return node;
    }
}
