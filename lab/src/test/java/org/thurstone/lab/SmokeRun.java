package org.thurstone.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.thurstone.lab.book.Entry;
import org.thurstone.recipe.Catalogue;
import org.thurstone.tensor.Torch;

/** Runs the small version of a replication in a test, on one thread: test classes run in two processes at once. */
final class SmokeRun {

    static final Catalogue CATALOGUE = Catalogue.installed();

    private SmokeRun() {}

    /** The verdict of a replication's small version; skips the test where its data are missing. */
    static Verdict verdict(String name, Ablation ablation) {
        Torch.tuneThreads(1);
        Replication replication = Entry.all(CATALOGUE).stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow()
                .replication();
        Trial trial = Trial.smoke(1).with(ablation);
        if (!replication.data().isEmpty()) {
            Path shared = Path.of(Optional.ofNullable(System.getenv("THURSTONE_SHARED"))
                    .orElse(System.getProperty("thurstone.shared", "../../shared")));
            assumeTrue(
                    replication.data().stream()
                            .allMatch(d -> Files.exists(shared.resolve("data").resolve(d))),
                    () -> "no " + replication.data() + " under " + shared + "/data");
            trial = trial.withShared(shared);
        }
        return replication.experiment(trial).verdict();
    }
}
