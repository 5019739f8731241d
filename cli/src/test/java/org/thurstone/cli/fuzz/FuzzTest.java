package org.thurstone.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fuzz targets in small: their seeds, what was found before, and mutations, the same in every build. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {

    /** As many mutations as take about a second; fewer where an input takes more than half a millisecond. */
    private static final Map<Target, Integer> FEWER = Map.ofEntries(
            Map.entry(Target.JSON, 400),
            Map.entry(Target.JSONL, 250),
            Map.entry(Target.CSV, 500),
            Map.entry(Target.ARENA, 800),
            Map.entry(Target.PARQUET, 5),
            Map.entry(Target.SAFETENSORS_INDEX, 700),
            Map.entry(Target.TOKENIZER, 300),
            Map.entry(Target.SPECIAL_TOKENS, 300),
            Map.entry(Target.CHAT_TEMPLATE, 600),
            Map.entry(Target.RECIPE, 400),
            Map.entry(Target.MATHS_ANSWERS, 700),
            Map.entry(Target.LEDGER, 500),
            Map.entry(Target.IMPORT, 700));

    private static final int MUTATIONS = 1_000;

    @ParameterizedTest
    @EnumSource(Target.class)
    void everyInputGivesAResultOrAMessage(Target target) throws Exception {
        for (Path found : found(target)) {
            check(target, Files.readAllBytes(found), found.getFileName().toString());
        }
        List<byte[]> seeds = target.seeds();
        for (byte[] seed : seeds) {
            check(target, seed, "seed");
        }
        Mutations mutations = new Mutations(seeds, target.key().hashCode());
        int count = FEWER.getOrDefault(target, MUTATIONS);
        for (int i = 0; i < count; i++) {
            check(target, mutations.next(), "mutation " + i);
        }
    }

    private static void check(Target target, byte[] input, String which) {
        try {
            target.check(input);
        } catch (Throwable e) {
            String base64 = Base64.getEncoder().encodeToString(input);
            fail(
                    target.key() + ", " + which + ": " + e + ", of the input (base64) "
                            + (base64.length() > 4_000 ? base64.substring(0, 4_000) + "…" : base64),
                    e);
        }
    }

    /** Files that were faults once: {@code src/test/resources/org/thurstone/cli/fuzz/TARGET}. */
    private static List<Path> found(Target target) throws IOException, URISyntaxException {
        URL directory = FuzzTest.class.getResource(target.key());
        if (directory == null) {
            return List.of();
        }
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(directory).toURI()))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).isNotEmpty();
            return all;
        }
    }
}
