package org.thurstone.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A claim's checks fail when its method is replaced: they measure the method, not the world. */
class AblationTest {

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
    void withoutItsMethodAClaimFails(String name, Ablation ablation) {
        assertThat(SmokeRun.verdict(name, ablation)).isEqualTo(Verdict.NOT_REPLICATED);
    }
}
