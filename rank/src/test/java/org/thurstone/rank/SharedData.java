package org.thurstone.rank;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real data that is not part of the project; tests that need it are skipped without it. */
public final class SharedData {

    private SharedData() {}

    public static Path path(String name) {
        String root = Optional.ofNullable(System.getProperty("thurstone.shared"))
                .filter(p -> !p.isBlank())
                .or(() -> Optional.ofNullable(System.getenv("THURSTONE_SHARED")))
                .orElse("");
        Path path = Path.of(root, "data", name);
        assumeTrue(!root.isEmpty() && Files.exists(path), () -> "there is no " + path);
        return path;
    }
}
