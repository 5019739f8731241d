package org.thurstone.rank.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.agreement.Verdict.Lengths;
import org.thurstone.rank.agreement.Verdict.Models;
import org.thurstone.rank.agreement.Verdict.Winner;

class AnnotatorBiasTest {

    private final SplittableRandom random = new SplittableRandom(5);

    private Winner drawn(double logOdds) {
        return random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? Winner.FIRST : Winner.SECOND;
    }

    @Test
    void positionAndLengthBiasAreSeparated() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            double first = 50 + random.nextInt(500);
            double second = 50 + random.nextInt(500);
            double doublings = Math.log(first / second) / Math.log(2);
            verdicts.add(new Verdict(
                    "i" + i,
                    "judge",
                    drawn(0.4 + 0.7 * doublings),
                    Optional.of(new Lengths(first, second)),
                    Optional.empty()));
        }
        AnnotatorBias bias = AnnotatorBias.of(verdicts).getFirst();
        assertThat(bias.first().low()).isGreaterThan(0.5);
        assertThat(bias.longer().orElseThrow().low()).isGreaterThan(0.5);
        assertThat(bias.lengthEffect().orElseThrow().mean()).isCloseTo(0.7, within(0.1));
        assertThat(bias.consistent()).isEmpty();
        assertThat(bias.selfPreference()).isEmpty();
    }

    @Test
    void theLengthEffectsIntervalCoversNineteenTimesOfTwenty() {
        int covered = 0;
        for (int trial = 0; trial < 1500; trial++) {
            List<Verdict> verdicts = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                double first = 50 + random.nextInt(500);
                double second = 50 + random.nextInt(500);
                double doublings = Math.log(first / second) / Math.log(2);
                verdicts.add(new Verdict(
                        "i" + i,
                        "judge",
                        drawn(0.5 * doublings),
                        Optional.of(new Lengths(first, second)),
                        Optional.empty()));
            }
            var effect = AnnotatorBias.of(verdicts).getFirst().lengthEffect().orElseThrow();
            if (effect.low() <= 0.5 && 0.5 <= effect.high()) covered++;
        }
        assertThat(covered / 1500.0).isBetween(0.93, 0.97);
    }

    @Test
    void bothOrdersShowWhoFollowsThePlace() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (String judge : List.of("steady", "fickle")) {
                Winner swapped = judge.equals("steady") ? Winner.SECOND : Winner.FIRST;
                verdicts.add(verdict("i" + i, judge, Winner.FIRST, "a", "b"));
                verdicts.add(verdict("i" + i, judge, swapped, "b", "a"));
            }
        }
        List<AnnotatorBias> biases = AnnotatorBias.of(verdicts);
        assertThat(biases.get(0).consistent().orElseThrow().mean()).isEqualTo(1);
        assertThat(biases.get(0).first().mean()).isEqualTo(0.5);
        assertThat(biases.get(1).consistent().orElseThrow().mean()).isZero();
        assertThat(biases.get(1).first().mean()).isEqualTo(1);
    }

    @Test
    void selfPreferenceIsMeasuredAgainstTheOthers() {
        List<Verdict> verdicts = List.of(
                verdict("1", "gpt", Winner.FIRST, "gpt", "llama"),
                verdict("1", "human", Winner.SECOND, "gpt", "llama"),
                verdict("1", "other", Winner.TIE, "gpt", "llama"),
                verdict("2", "gpt", Winner.SECOND, "llama", "gpt"),
                verdict("2", "human", Winner.FIRST, "gpt", "llama"));
        // 1 − (0 + ½)/2 = ¾ and 1 − 1 = 0
        assertThat(AnnotatorBias.of(verdicts)
                        .getFirst()
                        .selfPreference()
                        .orElseThrow()
                        .mean())
                .isCloseTo(0.375, within(1e-12));
    }

    private static Verdict verdict(String item, String judge, Winner winner, String first, String second) {
        return new Verdict(item, judge, winner, Optional.empty(), Optional.of(new Models(first, second)));
    }
}
