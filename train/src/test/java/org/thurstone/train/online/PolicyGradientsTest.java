package org.thurstone.train.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.thurstone.train.online.Bandit.CIRCLE;
import static org.thurstone.train.online.Bandit.REFERENCE;
import static org.thurstone.train.online.Bandit.direction;
import static org.thurstone.train.online.Bandit.divergence;
import static org.thurstone.train.online.Bandit.preferring;
import static org.thurstone.train.online.Bandit.rewarding;
import static org.thurstone.train.online.Bandit.slope;
import static org.thurstone.train.online.Bandit.wins;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.thurstone.train.online.method.Constrained;
import org.thurstone.train.online.method.Dno;
import org.thurstone.train.online.method.Grpo;
import org.thurstone.train.online.method.Hypo;
import org.thurstone.train.online.method.NashMd;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.train.online.method.Pilaf;
import org.thurstone.train.online.method.Ppo;
import org.thurstone.train.online.method.Reinforce;
import org.thurstone.train.online.method.Rloo;
import org.thurstone.train.online.method.Spin;
import org.thurstone.train.online.method.Spo;
import org.thurstone.train.online.method.Vpo;
import org.thurstone.train.online.method.Xpo;

/** The step of each method on expectations against the gradient of its objective, from differences. */
class PolicyGradientsTest {

    private static final double[] START = {.25, .6, .15};
    private static final double[] REWARD = {1, -0.5, 2};
    private static final EncodedPrompt QUESTION = EncodedPrompt.of("x", 0);

    private static double mean(double[] p, double[] values) {
        double sum = 0;
        for (int y = 0; y < p.length; y++) {
            sum += p[y] * values[y];
        }
        return sum;
    }

    private static void climbs(OnlineMethod method, SampleValues values, ToDoubleFunction<double[]> objective) {
        assertThat(direction(method, values, REFERENCE, START, QUESTION))
                .as("%s", method)
                .containsExactly(slope(objective, START), within(1e-6));
    }

    @Test
    void reinforceAndRlooAreUnbiased() {
        ToDoubleFunction<double[]> regularised = p -> mean(p, REWARD) - 0.3 * divergence(p, REFERENCE);
        climbs(new Reinforce(0.3, 1), rewarding(REWARD), regularised);
        climbs(new Reinforce(0.3, 2), rewarding(REWARD), regularised);
        climbs(new Rloo(2, 0.3, 0.2, false), rewarding(REWARD), regularised);
        climbs(new Rloo(4, 0.3, 0.2, false), rewarding(REWARD), regularised);
        climbs(new Rloo(3, 0, 0.2, false), rewarding(REWARD), p -> mean(p, REWARD));
    }

    @Test
    void ppoWithAFreshCriticIsUnbiased() {
        // The critic says 0, the policy is the one that drew, and nothing is whitened: what is left is the score's
        // gradient.
        climbs(
                new Ppo(1, 0.3, 1, 0.95, 0.2, 0.2, 0.1, false),
                rewarding(REWARD),
                p -> mean(p, REWARD) - 0.3 * divergence(p, REFERENCE));
    }

    @Test
    void ppoWhitensOverAllTokens() {
        double mean = mean(START, REWARD);
        double square = 0;
        for (int y = 0; y < 3; y++) {
            square += START[y] * (REWARD[y] - mean) * (REWARD[y] - mean);
        }
        double deviation = Math.sqrt(3 * square / 2 + 1e-8); // three samples, counted by their probabilities
        climbs(new Ppo(1, 0, 1, 0.95, 0.2, 0.2, 0.1, true), rewarding(REWARD), p -> mean(p, REWARD) / deviation);
    }

    @Test
    void grpoWithoutScaleMaximisesTheRewardWithAReverseKlPenalty() {
        // The baseline holds the sample itself, so that (K − 1)/K of the gradient is left; and the estimate k3 in the
        // loss has, where
        // samples are the policy's own, the gradient of KL(π_ref ‖ π) and not of KL(π ‖ π_ref).
        for (Grpo.Average average : Grpo.Average.values()) {
            climbs(
                    new Grpo(4, false, 0.3, 0.2, 0.2, average, 1),
                    rewarding(REWARD),
                    p -> 0.75 * mean(p, REWARD) - 0.3 * divergence(REFERENCE, p));
        }
    }

    @Test
    void grpoDividesByTheDeviationOfTheGroup() {
        // Of two samples with different rewards one has advantage 1/√2 and the other −1/√2, whatever the rewards.
        climbs(new Grpo(2, true, 0, 0.2, 0.2, Grpo.Average.GRPO, 1), rewarding(1e6, 0, -1e6), p -> {
            double value = 0;
            for (int y = 0; y < 3; y++) {
                for (int z = y + 1; z < 3; z++) {
                    value += Math.sqrt(0.5) * (START[z] * p[y] - START[y] * p[z]);
                }
            }
            return value;
        });
    }

    private static SampleValues rewarding(double... r) {
        return Bandit.rewarding(r);
    }

    @Test
    void nashMdMaximisesTheWinRateAgainstItsMixture() {
        double[] mixture = new double[3];
        double sum = 0;
        for (int y = 0; y < 3; y++) {
            mixture[y] = Math.pow(START[y], 0.75) * Math.pow(REFERENCE[y], 0.25);
            sum += mixture[y];
        }
        for (int y = 0; y < 3; y++) {
            mixture[y] /= sum;
        }
        climbs(
                new NashMd(0.3, 0.25),
                preferring(CIRCLE),
                p -> mean(p, wins(CIRCLE, mixture)) - 0.3 * divergence(p, REFERENCE));
    }

    @Test
    void spoMaximisesTheWinRateAgainstThePresentPolicy() {
        // Win rates within a group sum to a constant, so that the leave-one-out baseline enlarges them by K/(K − 1).
        climbs(new Spo(new Rloo(3, 0, 0.2, false)), preferring(CIRCLE), p -> 1.5 * mean(p, wins(CIRCLE, START)));
        climbs(
                new Spo(new Grpo(3, false, 0, 0.2, 0.2, Grpo.Average.GRPO, 1)),
                preferring(CIRCLE),
                p -> mean(p, wins(CIRCLE, START)));
    }

    private static double dpo(double[] p, double beta, int i, int j, double label) {
        double h = beta * (Math.log(p[i] / REFERENCE[i]) - Math.log(p[j] / REFERENCE[j]));
        return label * Math.log1p(Math.exp(-h)) + (1 - label) * Math.log1p(Math.exp(h));
    }

    /** The mean of DPO's loss over pairs that are drawn from two distributions. */
    private static double drawn(double[] p, double beta, double[] first, double[] second) {
        double loss = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                loss += first[i] * second[j] * dpo(p, beta, i, j, CIRCLE[i][j]);
            }
        }
        return loss;
    }

    @Test
    void methodsOnPairsGoDownTheirLossOnTheDrawsTheySay() {
        climbs(new OnlineDpo(0.4), preferring(CIRCLE), p -> -drawn(p, 0.4, START, START));
        climbs(
                new Xpo(0.4, 0.2),
                preferring(CIRCLE),
                p -> -drawn(p, 0.4, START, REFERENCE) - 0.2 * mean(REFERENCE, Bandit.log(p)));
        climbs(
                new Vpo(0.4, 0.5, new Source.Reference()),
                preferring(CIRCLE),
                p -> -drawn(p, 0.4, START, START) - 0.5 * 0.4 * mean(REFERENCE, Bandit.log(p)));
        double[] up = new double[3];
        double[] down = new double[3];
        for (int y = 0; y < 3; y++) {
            up[y] = 0.4 * Math.log(START[y] / REFERENCE[y]);
            down[y] = -up[y];
        }
        climbs(
                new Pilaf(0.4),
                preferring(CIRCLE),
                p -> -0.5 * drawn(p, 0.4, START, START)
                        - 0.5 * drawn(p, 0.4, Bandit.tilted(START, up, 1), Bandit.tilted(START, down, 1)));
    }

    @Test
    void hypoPenalisesKlOnFreshSamples() {
        EncodedPrompt prompt = EncodedPrompt.of("x", 0).with("", 2).with("", 0);
        SampleValues unused = new SampleValues() {
            @Override
            public double[] rewards(List<Sample> samples) {
                throw new AssertionError("no one should ask");
            }

            @Override
            public double[] preferences(List<SamplePair> matches) {
                throw new AssertionError("no one should ask");
            }
        };
        assertThat(direction(new Hypo(0.4, 0.2, 2), unused, REFERENCE, START, prompt))
                .containsExactly(
                        slope(p -> -dpo(p, 0.4, 2, 0, 1) - 0.2 * divergence(p, REFERENCE), START), within(1e-6));
        // SPIN: the demonstration over own samples, against the policy as it was.
        assertThat(direction(new Spin(0.4, 0, new Source.Own()), unused, REFERENCE, START, prompt))
                .containsExactly(
                        slope(
                                p -> {
                                    double loss = 0;
                                    for (int y = 0; y < 3; y++) {
                                        double h = Math.log(p[2] / START[2]) - Math.log(p[y] / START[y]);
                                        loss += START[y] * Math.log1p(Math.exp(-0.4 * h));
                                    }
                                    return -loss;
                                },
                                START),
                        within(1e-6));
    }

    @Test
    void dnoPairsAnswersWithDifferentEnoughWinRates() {
        // Of two samples one wins with the preference itself: 0 beats 1 with .9, a gap of .8; 2 beats 0 with .8 and 1
        // beats 2 with .7.
        double[] gaps = {0.8, 0.6, 0.4};
        int[][] winners = {{0, 1}, {2, 0}, {1, 2}};
        for (double margin : new double[] {0, 0.5}) {
            double[] moved =
                    direction(new Dno(0.4, 2, margin, false, false), preferring(CIRCLE), REFERENCE, START, QUESTION);
            int kept = margin == 0 ? 6 : 4;
            double[] expected = slope(
                    p -> {
                        double loss = 0;
                        for (int k = 0; k < 3; k++) {
                            int i = winners[k][0];
                            int j = winners[k][1];
                            if (gaps[k] >= margin) {
                                double h = Math.log(p[i] / START[i]) - Math.log(p[j] / START[j]);
                                loss += 2 * 9.0 / kept * START[i] * START[j] * Math.log1p(Math.exp(-0.4 * h));
                            }
                        }
                        return -loss;
                    },
                    START);
            assertThat(moved).containsExactly(expected, within(1e-6));
        }
    }

    @Test
    void constraintsAreHeld() {
        // Sample 0 pays most, and its second reward is 1: that must be .3 on average. Of the others 1 pays more.
        double[] pay = {2, 1, 0};
        double[] cost = {1, 0, 0};
        for (Constrained.Side side : List.of(Constrained.Side.AT_MOST, Constrained.Side.EQUAL)) {
            double[] ends = Bandit.after(
                    new Constrained(new Rloo(2, 0.5, 0.2, false), List.of(new Constrained.Bound(0.3, side)), 0.3),
                    Bandit.rewarding(pay, cost),
                    REFERENCE,
                    REFERENCE,
                    300,
                    1,
                    2);
            // Given that, the optimum of r − 0.5·KL spreads the rest as π_ref·exp(r/0.5).
            double ratio = 0.2 / 0.3 * Math.exp(-2);
            assertThat(ends)
                    .containsExactly(new double[] {0.3, 0.7 / (1 + ratio), 0.7 * ratio / (1 + ratio)}, within(1e-4));
        }
        // A bound that holds on its own changes nothing.
        Constrained idle = new Constrained(
                new Rloo(2, 0.1, 0.2, false), List.of(new Constrained.Bound(0, Constrained.Side.AT_LEAST)), 0.05);
        double[] bound = Bandit.after(idle, Bandit.rewarding(pay, cost), REFERENCE, REFERENCE, 20, 1, 0.2);
        double[] free = Bandit.after(
                new Rloo(2, 0.1, 0.2, false), Bandit.rewarding(pay, cost), REFERENCE, REFERENCE, 20, 1, 0.2);
        assertThat(bound).containsExactly(free, within(1e-12));
    }
}
