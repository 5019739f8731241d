package org.thurstone.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Searches for inputs that are neither read nor refused with a message, guided by coverage: {@code ./mvnw -Pfuzz verify -Dfuzz.seconds=600}, with
 * {@code -Dfuzz.targets=json,recipe} for some of the targets. Jazzer runs in a process of its own per target; what it learns stays in
 * {@code cli/target/fuzz/TARGET}, what it finds is named at the end. Mend it, and put the input into
 * {@code cli/src/test/resources/org/thurstone/cli/fuzz/TARGET}, where {@link FuzzTest} takes it from.
 */
class FuzzRun {

    /** Size of Java's heap. */
    private static final String MEMORY = "-Xmx512m";

    /** No input may take longer, in seconds. */
    private static final int LONGEST = 5;

    @ParameterizedTest
    @EnumSource(Target.class)
    void noInputIsFoundThatIsNeitherReadNorRefused(Target target) throws IOException, InterruptedException {
        List<String> wanted = List.of(System.getProperty("fuzz.targets", "").split(","));
        if (!wanted.contains(target.key()) && !wanted.equals(List.of(""))) {
            return;
        }
        Path directory = Path.of("target", "fuzz", target.key());
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Path seeds = Files.createDirectories(directory.resolve("seeds"));
        int number = 0;
        for (byte[] seed : target.seeds()) {
            Files.write(seeds.resolve("seed-" + number++), seed);
        }
        Path log = directory.resolve("log");
        int code = new ProcessBuilder(command(target, directory, List.of(corpus, seeds)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        try (Stream<String> lines = Files.lines(log)) {
            lines.filter(line -> line.contains(" DONE ") || line.startsWith("Done "))
                    .forEach(line -> System.out.println(target.key() + ": " + line));
        }
        assertThat(code)
                .as("a finding; see %s and the files crash-… and timeout-… in the same directory", log.toAbsolutePath())
                .isZero();
    }

    private static List<String> command(Target target, Path directory, List<Path> corpora) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(MEMORY, "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Dfuzz.target=" + target.name());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
        command.add("--target_class=" + FuzzEntry.class.getName());
        command.add("--instrumentation_includes=org.thurstone.**");
        command.add("--instrumentation_excludes=org.thurstone.cli.fuzz.**");
        // Only faults of reading are sought here, not calls that a web application should not make.
        command.add("--disabled_hooks="
                + Stream.of(
                                "Deserialization",
                                "FilePathTraversal",
                                "LdapInjection",
                                "NamingContextLookup",
                                "OsCommandInjection",
                                "ReflectiveCall",
                                "RegexInjection",
                                "ServerSideRequestForgery",
                                "SqlInjection",
                                "UnsafeSanitizer")
                        .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
                        .collect(Collectors.joining(":")));
        command.addAll(List.of("-timeout=" + LONGEST, "-rss_limit_mb=3000", "-print_final_stats=1"));
        command.add("-max_total_time=" + System.getProperty("fuzz.seconds", "60"));
        command.add("-artifact_prefix=" + directory + "/");
        corpora.forEach(corpus -> command.add(corpus.toString()));
        return command;
    }
}
