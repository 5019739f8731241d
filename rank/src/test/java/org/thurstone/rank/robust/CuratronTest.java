package org.thurstone.rank.robust;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.thurstone.rank.pairs.BradleyTerry;

/** Row 28: a ranking is recovered although half of the pairs are missing and some of the rest are lies, where Bradley–Terry fails. */
class CuratronTest {

    private static final Curatron CURATRON = new Curatron(4, 0.5);

    /**
     * Items i00 (best) … with even steps of strength. Of the pairs that are compared a random share is corrupted: all their results are turned
     * round.
     */
    private static Battles votes(int items, int each, double missing, double corrupt, SplittableRandom random) {
        record Pair(int i, int j) {}
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            for (int j = i + 1; j < items; j++) if (random.nextDouble() >= missing) pairs.add(new Pair(i, j));
        }
        int lies = (int) Math.round(corrupt * pairs.size());
        List<Pair> turned = new ArrayList<>();
        List<Pair> shuffled = new ArrayList<>(pairs);
        java.util.Collections.shuffle(shuffled, new java.util.Random(random.nextLong()));
        for (Pair p : shuffled) if (turned.size() < lies) turned.add(p);
        List<Battle> battles = new ArrayList<>();
        for (Pair p : pairs) {
            double chance = 1 / (1 + Math.exp(-5.0 * (p.j() - p.i()) / items));
            for (int n = 0; n < each; n++) {
                boolean left = random.nextDouble() < chance;
                if (turned.contains(p)) left = !left;
                battles.add(Battle.of(name(p.i()), name(p.j()), left ? Outcome.LEFT : Outcome.RIGHT));
            }
        }
        return Battles.of(battles);
    }

    private static String name(int i) {
        return "i%02d".formatted(i);
    }

    /** Kendall's tau of a board against the truth. */
    private static double tau(Board board, int items) {
        double sum = 0;
        for (int i = 0; i < items; i++) {
            for (int j = i + 1; j < items; j++) {
                sum += Math.signum(board.of(name(i)).orElseThrow().rating()
                        - board.of(name(j)).orElseThrow().rating());
            }
        }
        return sum / (items * (items - 1) / 2.0);
    }

    private static double error(Board board, int items) {
        double sum = 0;
        for (int i = 0; i < items; i++) {
            double truth = 5.0 * ((items - 1) / 2.0 - i) / items;
            double off = board.of(name(i)).orElseThrow().rating() - truth;
            sum += off * off;
        }
        return Math.sqrt(sum / items);
    }

    /** Measured with this seed: Kendall's tau 0.952 against 0.820, root mean square error of the strengths 0.295 against 0.718. */
    @Test
    void recoversWhereBradleyTerryFails() {
        SplittableRandom random = new SplittableRandom(28);
        double[] tau = new double[2];
        double[] error = new double[2];
        int trials = 5;
        for (int trial = 0; trial < trials; trial++) {
            Battles votes = votes(40, 200, 0.5, 0.15, random);
            Board robust = CURATRON.rank(votes, Inference.NONE);
            Board plain = BradleyTerry.PLAIN.rank(votes, Inference.NONE);
            tau[0] += tau(robust, 40) / trials;
            tau[1] += tau(plain, 40) / trials;
            error[0] += error(robust, 40) / trials;
            error[1] += error(plain, 40) / trials;
        }
        assertThat(tau[0]).isGreaterThan(0.95);
        assertThat(tau[1]).isLessThan(tau[0] - 0.05);
        assertThat(error[0]).isLessThan(error[1] / 2);
    }

    @Test
    void honestVotesLoseLittle() {
        Battles votes = votes(30, 200, 0, 0, new SplittableRandom(5));
        Board robust = CURATRON.rank(votes, Inference.NONE);
        assertThat(tau(robust, 30)).isGreaterThan(0.97);
        assertThat(robust.quantities().getFirst().value()).isLessThan(0.02 * 435);
    }

    /** Without noise the split is exact: every lie is found, and the missing entries are what they would have been. */
    @Test
    void withoutNoiseTheSplitIsExact() {
        int n = 30;
        SplittableRandom random = new SplittableRandom(3);
        double[][] observed = new double[n][n];
        boolean[][] known = new boolean[n][n];
        boolean[][] lie = new boolean[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                known[i][j] = random.nextDouble() < 0.6;
                known[j][i] = known[i][j];
                lie[i][j] = known[i][j] && random.nextDouble() < 0.12;
                double truth = 0.2 * (j - i);
                observed[i][j] = known[i][j] ? lie[i][j] ? truth - 6 : truth : 0;
                observed[j][i] = -observed[i][j];
            }
        }
        SparseCorruption split = new SparseCorruption(observed, known, 4);
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                assertThat(split.fit()[i][j]).isCloseTo(0.2 * (j - i), within(1e-4));
                if (lie[i][j]) assertThat(split.corrupt(i, j)).isTrue();
            }
        }
    }
}
