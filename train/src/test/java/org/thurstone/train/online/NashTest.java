package org.thurstone.train.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.thurstone.train.online.Bandit.CIRCLE;
import static org.thurstone.train.online.Bandit.REFERENCE;
import static org.thurstone.train.online.Bandit.ROCK_PAPER_SCISSORS;
import static org.thurstone.train.online.Bandit.UNIFORM;
import static org.thurstone.train.online.Bandit.after;
import static org.thurstone.train.online.Bandit.preferring;
import static org.thurstone.train.online.Bandit.tilted;
import static org.thurstone.train.online.Bandit.wins;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.train.online.method.Egpo;
import org.thurstone.train.online.method.Gpo;
import org.thurstone.train.online.method.Inpo;
import org.thurstone.train.online.method.IpoMd;
import org.thurstone.train.online.method.NashMd;
import org.thurstone.train.online.method.OnlineIpo;
import org.thurstone.train.online.method.Onpo;
import org.thurstone.train.online.method.Sppo;

/** Self-play on games of known solution, on expectations. */
class NashTest {

    private static final double[] NASH_TENTH = {.35193, .20624, .44183};
    private static final double[] NASH_HUNDREDTH = {.23076, .31564, .45360};

    /** Where π ∝ π_ref·exp(P(· ≻ π^(1−c)·π_ref^c)/τ), by damped repetition. */
    private static double[] fixedPoint(double[][] p, double[] reference, double tau, double share) {
        double[] policy = reference.clone();
        for (int t = 0; t < 20_000; t++) {
            double[] mixture = new double[policy.length];
            double sum = 0;
            for (int y = 0; y < policy.length; y++) {
                mixture[y] = Math.pow(policy[y], 1 - share) * Math.pow(reference[y], share);
                sum += mixture[y];
            }
            for (int y = 0; y < policy.length; y++) {
                mixture[y] /= sum;
            }
            double[] best = tilted(reference, wins(p, mixture), 1 / tau);
            for (int y = 0; y < policy.length; y++) {
                policy[y] += 0.01 * (best[y] - policy[y]);
            }
        }
        return policy;
    }

    @Test
    void onlineIpoFindsTheRegularisedNashPolicy() {
        double[] ends = after(new OnlineIpo(0.1), preferring(CIRCLE), REFERENCE, REFERENCE, 200, 1, 0.2);
        assertThat(ends).containsExactly(NASH_TENTH, within(1e-5));
    }

    @Test
    void extragradientFindsItAlsoWhereRegularisationIsWeak() {
        double[] tenth =
                after(new Egpo(0.1, 1, new Source.Reference()), preferring(CIRCLE), REFERENCE, REFERENCE, 150, 1, 0.2);
        assertThat(tenth).containsExactly(NASH_TENTH, within(1e-5));
        double[] own = after(new Egpo(0.1, 1, new Source.Own()), preferring(CIRCLE), REFERENCE, UNIFORM, 150, 1, 0.2);
        assertThat(own).containsExactly(NASH_TENTH, within(1e-5));
        double[] hundredth = after(
                new Egpo(0.01, 1, new Source.Reference()), preferring(CIRCLE), REFERENCE, REFERENCE, 700, 1, 0.05);
        assertThat(hundredth).containsExactly(NASH_HUNDREDTH, within(1e-5));
    }

    @Test
    void nashMdConvergesToTheBestResponseToItsMixture() {
        for (double share : new double[] {0, 0.25, 0.5}) {
            double[] ends = after(new NashMd(0.5, share), preferring(CIRCLE), REFERENCE, UNIFORM, 120, 1, 3);
            assertThat(ends).containsExactly(fixedPoint(CIRCLE, REFERENCE, 0.5, share), within(1e-5));
        }
        assertThat(fixedPoint(CIRCLE, REFERENCE, 0.1, 0)).containsExactly(NASH_TENTH, within(1e-4));
    }

    @Test
    void withoutReferenceInTheMixtureIpoMdIsOnlineIpo() {
        double[] md = after(new IpoMd(0.1, 0), preferring(CIRCLE), REFERENCE, UNIFORM, 10, 1, 0.05);
        double[] online = after(new OnlineIpo(0.1), preferring(CIRCLE), REFERENCE, UNIFORM, 10, 1, 0.05);
        assertThat(md).containsExactly(online, within(1e-12));
        // With the reference alone it is IPO on the reference's samples, whose optimum is one exact step from it.
        double[] offline = after(new IpoMd(0.5, 1), preferring(CIRCLE), REFERENCE, UNIFORM, 40, 1, 1);
        assertThat(offline).containsExactly(tilted(REFERENCE, wins(CIRCLE, REFERENCE), 1 / 0.5), within(1e-6));
    }

    @Test
    void inpoTakesOneExactStepOfMirrorDescent() {
        double[] start = {.2, .5, .3};
        double[] ends = after(new Inpo(0.5, 0.2), preferring(CIRCLE), REFERENCE, start, 1, 60, 1);
        assertThat(ends).containsExactly(new double[] {.364415, .396921, .238664}, within(1e-6));
    }

    @Test
    void onpoTakesExactOptimisticStepsAndConvergesToTheNashPolicy() {
        double eta = 0.125;
        double[] prime = REFERENCE;
        double[] policy = REFERENCE;
        int steps = 4;
        double[] ends = after(new Onpo(eta), preferring(CIRCLE), UNIFORM, REFERENCE, steps, 40, 1);
        for (int t = 1; t <= 100_000; t++) {
            double[] wins = wins(CIRCLE, policy);
            prime = tilted(prime, wins, eta);
            policy = tilted(prime, wins, eta);
            if (t == steps) {
                assertThat(ends).containsExactly(policy, within(1e-6));
            }
        }
        assertThat(policy).containsExactly(new double[] {2 / 9., 3 / 9., 4 / 9.}, within(1e-6));
    }

    @Test
    void sppoTakesAStepOfMultiplicativeWeights() {
        // With two samples in a group, of which one is the sample itself, the mean win rate is (½ + P(y ≻ π))/2. The
        // regression has no free constant, so the step is exact to first order in 1/β.
        double beta = 1000;
        double[] start = {.2, .5, .3};
        double[] ends = after(new Sppo(beta, 2, true), preferring(CIRCLE), REFERENCE, start, 1, 100, 2);
        double[] wins = wins(CIRCLE, start);
        double[] moved = new double[3];
        double[] expected = new double[3];
        double[] exact = tilted(start, wins, 0.5 / beta);
        for (int y = 0; y < 3; y++) {
            moved[y] = (ends[y] - start[y]) * beta;
            expected[y] = (exact[y] - start[y]) * beta;
        }
        assertThat(moved).containsExactly(expected, within(1e-4));
    }

    @Test
    void gpoMovesByMeanScores() {
        // As above: two samples in a group, of which one is the sample itself, so the mean score is half that against
        // the other.
        double beta = 1000;
        double tau = 0.7;
        double[] start = {.2, .5, .3};
        double[] ends = after(new Gpo(beta, tau, 2, 0.01, true), preferring(CIRCLE), REFERENCE, start, 1, 100, 2);
        double[] scores = new double[3];
        for (int y = 0; y < 3; y++) {
            for (int z = 0; z < 3; z++) {
                scores[y] += start[z] * tau * Math.log(CIRCLE[y][z] / (1 - CIRCLE[y][z]));
            }
        }
        double[] exact = tilted(start, scores, 0.5 / beta);
        for (int y = 0; y < 3; y++) {
            assertThat((ends[y] - start[y]) * beta).isCloseTo((exact[y] - start[y]) * beta, within(1e-4));
        }
    }

    @Test
    void regularisedMethodsConvergeToUniformInRockPaperScissors() {
        double[] off = {.5, .3, .2};
        for (OnlineMethod method : List.of(
                new OnlineIpo(0.5),
                new IpoMd(0.5, 0.25),
                new Egpo(0.5, 1, new Source.Own()),
                new NashMd(0.5, 0.25),
                new Inpo(0.5, 0.2),
                new Onpo(0.125),
                new Gpo(1, 0.5, 2, 0.01, true),
                new Sppo(1, 2, true))) {
            double[] stayed = after(method, preferring(ROCK_PAPER_SCISSORS), UNIFORM, UNIFORM, 5, 2, 0.1);
            assertThat(stayed).as("%s", method).containsExactly(UNIFORM, within(1e-9));
        }
        for (OnlineMethod method : List.of(
                new OnlineIpo(0.5), new IpoMd(0.5, 0.25), new Egpo(0.5, 1, new Source.Own()), new NashMd(0.5, 0.25))) {
            double[] back = after(method, preferring(ROCK_PAPER_SCISSORS), UNIFORM, off, 150, 1, 0.3);
            assertThat(back).as("%s", method).containsExactly(UNIFORM, within(1e-4));
        }
    }

    @Test
    void fictitiousPlayDrawsFromAllIterates() {
        try (TabularPolicy policy = Bandit.policy(UNIFORM);
                TabularPolicy first = Bandit.policy(new double[] {.6, .2, .2});
                TabularPolicy second = Bandit.policy(new double[] {.2, .2, .6})) {
            List<Group> groups = new ExactCompletions()
                    .draw(
                            new Policies(policy, first, PolicyHistory.of(first, second)),
                            List.of(EncodedPrompt.of("x", 0)),
                            List.of(List.of(new Source.PastIterate())),
                            Bandit.random(1));
            assertThat(groups.stream().mapToDouble(Group::weight).toArray())
                    .containsExactly(new double[] {3 * .4, 3 * .2, 3 * .4}, within(1e-12));
        }
    }
}
