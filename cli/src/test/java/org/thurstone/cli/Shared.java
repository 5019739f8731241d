package org.thurstone.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real models and data that are not part of the project; tests that want them are skipped where they are not. */
final class Shared {

    private Shared() {}

    static Path path(String name) {
        String root = Optional.ofNullable(System.getProperty("thurstone.shared"))
                .filter(p -> !p.isBlank())
                .or(() -> Optional.ofNullable(System.getenv("THURSTONE_SHARED")))
                .orElse("");
        Path path = Path.of(root, name);
        assumeTrue(!root.isEmpty() && Files.exists(path), () -> "there is no " + path);
        return path;
    }
}
