package org.thurstone.feedback;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real data that some tests need; where it is missing they are skipped and say so. */
public final class SharedData {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SharedData() {}

    public static Path path(String name) {
        String folder = Optional.ofNullable(System.getenv("THURSTONE_SHARED"))
                .orElse(System.getProperty("thurstone.shared", "../shared"));
        Path path = Path.of(folder, "data").resolve(name);
        assumeTrue(Files.exists(path), "no " + path);
        return path;
    }

    public static List<String> lines(String name) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path(name))), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<JsonNode> rows(String name) {
        return lines(name).stream().map(JSON::readTree).toList();
    }
}
