package org.thurstone.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A claim's checks fail when its method is replaced: they measure the method, not the world. */
class AblationTest {

    @ParameterizedTest
    @CsvSource({
        "deterministic-preferences, DPO",
        "feasible-tail, DPO",
        "mode-seeking, DPO",
        "oracle-and-demonstrations, DPO",
        "partial-coverage, DPO",
        "rare-best, DPO",
        "behaviour-reference, DPO",
        "win-rate-regression, NOTHING",
        "steadier-self-play, NOTHING",
        "local-optimum, DPO",
        "uneven-thumbs, NOTHING",
        "curated-retraining, NOTHING",
        "longer-rankings, NOTHING",
        "one-sided, NOTHING",
        "thumb-regression, NOTHING",
        "wrong-rankings, NOTHING",
        "distinguishability, NOTHING",
        "corrupted-pairs, NOTHING",
        "runtime-utility, NOTHING",
        "pairwise-search, NOTHING"
    })
    void withoutItsMethodAClaimFails(String name, Ablation ablation) {
        assertThat(SmokeRun.verdict(name, ablation)).isEqualTo(Verdict.NOT_REPLICATED);
    }

    /** The others take more than two seconds each. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "gap-threshold, DPO",
        "desiderata, DPO",
        "nash-mixture, DPO",
        "distinguishability, NOTHING",
        "wins-as-reward, DPO",
        "flipped-labels, NOTHING",
        "momentum, DPO",
        "two-attitudes, DPO",
        "overoptimisation, DPO",
        "unlearned-pairs, DPO",
        "growing-answers, DPO",
        "extragradient-rate, DPO",
        "sparse-coverage, DPO",
        "flipped-labels, DPO",
        "two-references, DPO",
        "retrieval-judges, NOTHING"
    })
    void withoutItsMethodALongerClaimFails(String name, Ablation ablation) {
        withoutItsMethodAClaimFails(name, ablation);
    }
}
