package org.thurstone.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.lab.book.Entry;
import org.thurstone.recipe.Catalogue;
import org.thurstone.tensor.Torch;

/** The small versions of all replications: what is found at full size shows there too, and not without the method. */
class SmokeTest {

    private static final Catalogue CATALOGUE = Catalogue.installed();

    @BeforeAll
    static void oneThread() {
        Torch.tuneThreads(1);
    }

    static List<String> names() {
        return Entry.all(CATALOGUE).stream().map(Entry::name).toList();
    }

    private static Verdict verdict(String name, Ablation ablation) {
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

    /** Claims that do not show on our worlds, or not in a few seconds, and are reported so. */
    private static final Set<String> CONTRADICTED = Set.of(
            "lambda-weights",
            "pairs-of-the-target",
            "preferences-between-rounds",
            "smallest-margins",
            "smallest-margins-human",
            "sweet-spot",
            "tilted-pairs",
            "unlikely-peak");

    /** A transformer of our own learns too little in seconds to show anything; that these run is all that is tried. */
    private static final Set<String> WANT_MINUTES = Set.of("likelihood-of-the-chosen", "smallest-margins-arithmetic");

    @ParameterizedTest
    @MethodSource("names")
    void theHeartOfEachClaimShows(String name) {
        Verdict verdict = verdict(name, Ablation.ITSELF);
        if (!WANT_MINUTES.contains(name)) {
            assertThat(verdict == Verdict.NOT_REPLICATED).isEqualTo(CONTRADICTED.contains(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flipped-labels, DPO",
        "deterministic-preferences, DPO",
        "desiderata, DPO",
        "extragradient-rate, DPO",
        "nash-mixture, DPO",
        "two-attitudes, DPO",
        "two-references, DPO",
        "feasible-tail, DPO",
        "gap-threshold, DPO",
        "sparse-coverage, DPO",
        "momentum, DPO",
        "mode-seeking, DPO",
        "oracle-and-demonstrations, DPO",
        "partial-coverage, DPO",
        "rare-best, DPO",
        "behaviour-reference, DPO",
        "win-rate-regression, NOTHING",
        "steadier-self-play, NOTHING",
        "local-optimum, DPO",
        "uneven-thumbs, NOTHING",
        "overoptimisation, DPO",
        "wins-as-reward, DPO",
        "unlearned-pairs, DPO",
        "growing-answers, DPO",
        "curated-retraining, NOTHING",
        "longer-rankings, NOTHING",
        "flipped-labels, NOTHING",
        "one-sided, NOTHING",
        "thumb-regression, NOTHING",
        "wrong-rankings, NOTHING",
        "distinguishability, NOTHING"
    })
    void withoutTheMethodTheClaimFalls(String name, Ablation ablation) {
        assertThat(verdict(name, ablation)).isEqualTo(Verdict.NOT_REPLICATED);
    }
}
