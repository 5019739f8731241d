package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;

/** Bias reduction against closed forms and the penalised likelihood itself. */
class FirthFitTest {

    private static final BradleyTerry FIRTH = BradleyTerry.PLAIN.withFirth(true);

    /** One log-odds: half a win is added for each side. */
    @Test
    void twoItemsGetHalfAWinEach() {
        List<Battle> votes = Simulated.times(3, "a", "b", Outcome.LEFT);
        Board board = FIRTH.rank(Tally.of(votes), Inference.DEFAULT);
        Standing a = board.of("a").orElseThrow();
        assertThat(2 * a.rating()).isCloseTo(Math.log(3.5 / 0.5), within(1e-8));
        double p = 3.5 / 4;
        assertThat(a.high() - a.rating())
                .as("the curvature of the three votes at the estimate")
                .isCloseTo(1.959963984540054 / Math.sqrt(3 * p * (1 - p)) / 2, within(1e-6));
        assertThat(board.remarks()).isEmpty();
    }

    /** The slope of the log-likelihood plus ½·log of the determinant, by differences, where the last strength is held. */
    @Test
    void thePenalisedLikelihoodIsAtItsMaximum() {
        List<Battle> votes =
                new ArrayList<>(Simulated.battles(new double[] {1, 0.2, -0.5, -0.9}, 25, new SplittableRandom(3)));
        votes.add(Battle.of("zz", Simulated.name(0), Outcome.LEFT));
        votes.add(Battle.of("zz", Simulated.name(2), Outcome.TIE));
        Tally tally = Tally.of(votes);
        double[][] wins = tally.wins(0.5);
        Board board = FIRTH.rank(tally, Inference.NONE);
        double[] theta = tally.items().stream()
                .mapToDouble(item -> board.of(item).orElseThrow().rating())
                .toArray();
        for (int i = 0; i < theta.length - 1; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += 1e-4;
            down[i] -= 1e-4;
            assertThat((penalised(wins, up) - penalised(wins, down)) / 2e-4).isCloseTo(0, within(1e-5));
        }
    }

    private static double penalised(double[][] wins, double[] theta) {
        int n = theta.length;
        double log = 0;
        double[][] information = new double[n - 1][n - 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double p = 1 / (1 + Math.exp(theta[j] - theta[i]));
                log += wins[i][j] * Math.log(p);
                double weight = wins[i][j] * p * (1 - p);
                if (i < n - 1) information[i][i] += weight;
                if (j < n - 1) information[j][j] += weight;
                if (i < n - 1 && j < n - 1) {
                    information[i][j] -= weight;
                    information[j][i] -= weight;
                }
            }
        }
        return log + Math.log(determinant(information)) / 2;
    }

    private static double determinant(double[][] a) {
        double product = 1;
        for (int k = 0; k < a.length; k++) {
            product *= a[k][k];
            for (int i = k + 1; i < a.length; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < a.length; j++) a[i][j] -= factor * a[k][j];
            }
        }
        return product;
    }

    /** Strengths of ±1 from ten battles: the mean of estimates is off by the likelihood, and hardly so with the penalty. */
    @Test
    void theBiasIsReduced() {
        double truth = 0;
        double penalty = 0;
        double p = 1 / (1 + Math.exp(-1.5));
        double[] binomial = new double[11];
        for (int won = 0; won <= 10; won++) {
            double ways = 1;
            for (int k = 0; k < won; k++) ways *= (10.0 - k) / (k + 1);
            binomial[won] = ways * Math.pow(p, won) * Math.pow(1 - p, 10 - won);
        }
        for (int won = 0; won <= 10; won++) {
            List<Battle> votes = new ArrayList<>(Simulated.times(won, "a", "b", Outcome.LEFT));
            votes.addAll(Simulated.times(10 - won, "a", "b", Outcome.RIGHT));
            double lead = 2
                    * FIRTH.rank(Tally.of(votes), Inference.NONE)
                            .of("a")
                            .orElseThrow()
                            .rating();
            penalty += binomial[won] * lead;
            truth += binomial[won] * 1.5;
        }
        assertThat(penalty - truth).isBetween(-0.06, 0.06);
    }

    @Test
    void itemsThatNothingJoinsStayApart() {
        List<Battle> votes = new ArrayList<>(Simulated.times(2, "a", "b", Outcome.LEFT));
        votes.addAll(Simulated.times(2, "c", "d", Outcome.LEFT));
        Board board = FIRTH.rank(Tally.of(votes), Inference.DEFAULT);
        assertThat(board.of("a").orElseThrow().group())
                .isNotEqualTo(board.of("c").orElseThrow().group());
        assertThat(board.standings()).allSatisfy(s -> assertThat(s.rating()).isFinite());
        assertThat(board.remarks()).anyMatch(remark -> remark.contains("groups of items"));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> FIRTH.withRidge(1)).hasMessageContaining("firth is for half ties");
        assertThatThrownBy(() -> FIRTH.with(BradleyTerry.Ties.DAVIDSON)).hasMessageContaining("firth is for half ties");
        assertThatThrownBy(() -> FIRTH.rank(
                        Tally.of(Simulated.times(2, "a", "b", Outcome.LEFT)),
                        Inference.DEFAULT.with(Inference.Intervals.LIKELIHOOD_RATIO)))
                .isInstanceOf(UserError.class);
    }
}
