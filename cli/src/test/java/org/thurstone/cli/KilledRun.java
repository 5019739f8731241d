package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thurstone.data.CrashPoint;
import org.thurstone.loop.run.Seeds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command that is run in child processes: once to its end, and once killed at seeded {@link CrashPoint}s and resumed each time. Nothing
 * here depends on how fast the machine is.
 */
final class KilledRun {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern COUNT = Pattern.compile("(write|append|respondent) (\\d+)");

    /** What may differ between two runs of the same recipe. */
    private static final Set<String> TIMES =
            Set.of("time", "seconds", "tokensPerSecond", "tokens_per_second", "tokens-per-second");

    /** @param counts the crash points that the process reached */
    private record Ended(int code, String log, Map<CrashPoint, Long> counts) {}

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
        Ended whole = run(uninterrupted, "-Dthurstone.count-crash-points=true");
        assertThat(whole.code).as(whole.log).isZero();
        var random = new Seeds(seed).of("kills");
        int done = 0;
        for (int runs = 1; done < kills; runs++) {
            Path killed = directory.resolve("killed-" + runs);
            done += kill(killed, kills - done, whole.counts, random);
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
            Ended ended = run(out, "-Dthurstone.halt-at=" + place);
            if (ended.code == 0) {
                return i;
            }
            assertThat(ended.code).as("halted at %s: %s", place, ended.log).isEqualTo(137);
        }
        Ended last = run(out, "-Dthurstone.count-crash-points=true");
        assertThat(last.code).as(last.log).isZero();
        return kills;
    }

    private static void same(Path run, Path uninterrupted) throws IOException {
        Map<String, Object> expected = contents(uninterrupted);
        Map<String, Object> found = contents(run);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((file, content) -> assertThat(found.get(file)).as(file).isEqualTo(content));
    }

    private Ended run(Path out, String option) throws Exception {
        Path log = directory.resolve("child.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Short lives: what starts fast is worth more than what runs fast later.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", option));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        command.addAll(List.of("--output", out.toString()));
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        Map<CrashPoint, Long> counts = new EnumMap<>(CrashPoint.class);
        Matcher count = COUNT.matcher(said.substring(Math.max(0, said.lastIndexOf("crash points: "))));
        while (count.find()) {
            counts.put(CrashPoint.valueOf(count.group(1).toUpperCase(Locale.ROOT)), Long.parseLong(count.group(2)));
        }
        return new Ended(code, said, counts);
    }

    /** Figures without times, and bytes of weights and states, by file. Pages and TensorBoard's files show times. */
    private static Map<String, Object> contents(Path run) throws IOException {
        Map<String, Object> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(".")) {
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
