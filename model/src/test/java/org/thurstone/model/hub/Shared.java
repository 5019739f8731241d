package org.thurstone.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real and reference models in addition to the checkout; tests that need them are skipped where they are missing. */
public final class Shared {

    private Shared() {}

    public static Path models(String name) {
        String there = System.getenv("THURSTONE_SHARED");
        String shared = there == null ? System.getProperty("thurstone.shared", "../shared") : there;
        Path directory = Path.of(shared).resolve("models").resolve(name);
        Assumptions.assumeTrue(Files.exists(directory), () -> "no " + directory + ": skipped");
        return directory;
    }
}
