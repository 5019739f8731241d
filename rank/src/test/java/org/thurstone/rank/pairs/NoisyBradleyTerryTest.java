package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;

class NoisyBradleyTerryTest {

    private static final double[] STRENGTHS = {1.5, 0.8, 0.2, -0.3, -0.9, -1.3};

    private long state = 7;

    /** A generator that is as easily written in Python. */
    private double next() {
        state = (state * 1103515245 + 12345) % (1L << 31);
        return state / (double) (1L << 31);
    }

    /** The maximum was computed independently, by BFGS on the log-posterior in NumPy and SciPy. */
    @Test
    void theFitIsTheMaximumOfThePosterior() {
        double[] reliability = {0.95, 0.9, 0.8, 0.5, 0.1};
        double[] habit = {0.5, 0.5, 0.3, 0.8, 0.9};
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            int left = (int) (next() * 6);
            int right = (int) (next() * 5);
            if (right >= left) right++;
            int annotator = (int) (next() * 5);
            double byStrength = 1 / (1 + Math.exp(STRENGTHS[right] - STRENGTHS[left]));
            double p = reliability[annotator] * byStrength + (1 - reliability[annotator]) * habit[annotator];
            double u = next();
            Outcome outcome = next() < 0.1 ? Outcome.TIE : u < p ? Outcome.LEFT : Outcome.RIGHT;
            battles.add(Battle.of("i" + left, "i" + right, outcome).by("a" + annotator));
        }
        NoisyBradleyTerry.Fit fit = new NoisyBradleyTerry(0.1, 4).fit(Battles.of(battles));
        assertThat(fit.logPosterior()).isCloseTo(-249.13989062114027, within(1e-6));
        assertThat(fit.ratings())
                .containsExactly(
                        new double[] {1.893478, 0.684563, -0.012011, -0.331592, -0.936948, -1.297504}, within(2e-3));
        assertThat(fit.reliability())
                .containsExactly(new double[] {0.838062, 0.748221, 0.682624, 0.726683, 0.400933}, within(2e-3));
        assertThat(fit.left())
                .containsExactly(new double[] {0.469312, 0.579041, 0.345403, 0.740972, 0.92924}, within(2e-3));
    }

    /** Half of the annotators always say left, and the weak items are more often shown left. */
    @Test
    void annotatorsWhoDoNotLookAreFoundAndDoNotTurnTheOrderOver() {
        SplittableRandom random = new SplittableRandom(3);
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 3000; n++) {
            int one = random.nextInt(6);
            int other = (one + 1 + random.nextInt(5)) % 6;
            int weaker = Math.max(one, other);
            int left = random.nextDouble() < 0.9 ? weaker : one + other - weaker;
            int right = one + other - left;
            int annotator = random.nextInt(10);
            double p = 1 / (1 + Math.exp(STRENGTHS[right] - STRENGTHS[left]));
            boolean isLeft = annotator < 5 ? random.nextDouble() < p : random.nextDouble() < 0.95;
            battles.add(Battle.of("i" + left, "i" + right, isLeft ? Outcome.LEFT : Outcome.RIGHT)
                    .by("a" + annotator));
        }
        Board board = new NoisyBradleyTerry(0.1, 4).rank(Battles.of(battles), Inference.NONE);
        assertThat(board.standings().stream().map(s -> s.item())).containsExactly("i0", "i1", "i2", "i3", "i4", "i5");
        NoisyBradleyTerry.Fit fit = new NoisyBradleyTerry(0.1, 4).fit(Battles.of(battles));
        for (int a = 0; a < 10; a++) {
            if (a < 5) assertThat(fit.reliability()[a]).isGreaterThan(0.65);
            else assertThat(fit.reliability()[a]).isLessThan(0.35);
        }
        assertThat(board.quantities().getFirst().name()).startsWith("reliability of a");
        Board plain = BradleyTerry.PLAIN.rank(Battles.of(battles), Inference.NONE);
        assertThat(plain.standings().getFirst().item()).isNotEqualTo("i0");
    }

    @Test
    void battlesWithoutAnnotatorsAreRefused() {
        Battles battles = Battles.of(List.of(Battle.of("a", "b", Outcome.LEFT)));
        assertThatThrownBy(() -> new NoisyBradleyTerry(0.1, 4).rank(battles, Inference.NONE))
                .hasMessageContaining("needs the annotator of each battle");
        assertThatThrownBy(() -> new NoisyBradleyTerry(0, 4)).hasMessageContaining("ridge is 0.0");
    }
}
