package org.thurstone.train.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.thurstone.train.online.Bandit.CIRCLE;
import static org.thurstone.train.online.Bandit.REFERENCE;
import static org.thurstone.train.online.Bandit.UNIFORM;
import static org.thurstone.train.online.Bandit.after;
import static org.thurstone.train.online.Bandit.preferring;
import static org.thurstone.train.online.Bandit.tilted;
import static org.thurstone.train.online.Bandit.wins;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.link.MarginLink;
import org.thurstone.train.loss.link.Scaled;
import org.thurstone.train.loss.link.Squared;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.train.loss.pair.SimPo;
import org.thurstone.train.online.method.Bpo;
import org.thurstone.train.online.method.Spac;

/** BPO's phases and SPAC's rounds, on expectations: against closed forms and against a critic that is worked out apart. */
class GivenPairsTest {

    private static final double[] REWARDS = {0.4, -0.3, 0.1};

    private static double[][] bradleyTerry() {
        double[][] p = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[i][j] = 1 / (1 + Math.exp(REWARDS[j] - REWARDS[i]));
            }
        }
        return p;
    }

    @Test
    void aPhaseOfBpoIsAStepOfMirrorDescentFromWhoDrewThePairs() {
        double[] start = {.2, .5, .3};
        double beta = 0.5;
        double[] expected = start;
        for (int phases = 1; phases <= 3; phases++) {
            expected = tilted(expected, REWARDS, 1 / beta);
            double[] dpo =
                    after(new Bpo(new Dpo(beta, 0)), preferring(bradleyTerry()), UNIFORM, start, phases, 300, 20);
            assertThat(dpo).as("%s phases", phases).containsExactly(expected, within(1e-5));
        }
        double tau = 0.5;
        double[] once = tilted(start, wins(CIRCLE, start), 1 / tau);
        double[] twice = tilted(once, wins(CIRCLE, once), 1 / tau);
        double[] ipo = after(new Bpo(new Ipo(tau, false)), preferring(CIRCLE), REFERENCE, start, 2, 100, 1);
        assertThat(ipo).containsExactly(twice, within(1e-5));
    }

    @Test
    void furtherPhaseImprovesSeveralLosses() {
        for (OnlineMethod method : List.of(new Bpo(new Dpo(0.5, 0)), new Bpo(new Ipo(0.5, false)))) {
            double[] one = after(method, preferring(bradleyTerry()), UNIFORM, UNIFORM, 1, 200, 1);
            double[] two = after(method, preferring(bradleyTerry()), UNIFORM, UNIFORM, 2, 200, 1);
            assertThat(worth(two)).as("%s", method).isGreaterThan(worth(one) + 0.02);
            assertThat(worth(one)).isGreaterThan(worth(UNIFORM) + 0.02);
        }
    }

    private static double worth(double[] policy) {
        double sum = 0;
        for (int y = 0; y < policy.length; y++) {
            sum += policy[y] * REWARDS[y];
        }
        return sum;
    }

    @Test
    void withoutAReferenceThereIsNoTrustRegion() {
        assertThatThrownBy(() -> new Bpo(new SimPo(2, 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no trust region");
    }

    /** Pairs in the data: they contain three of four samples, 0 over 1 and 2 over 1, with two of three labels each. */
    private static final int[][] SHOWN = {{0, 1}, {0, 1}, {1, 0}, {2, 1}, {2, 1}, {1, 2}};

    private static List<EncodedPrompt> shown() {
        List<EncodedPrompt> prompts = new ArrayList<>();
        for (int[] pair : SHOWN) {
            prompts.add(EncodedPrompt.of("pair " + prompts.size(), 0)
                    .with("chosen", pair[0])
                    .with("rejected", pair[1]));
        }
        return prompts;
    }

    private static final double[] START = {.2, .3, .2, .3};

    private static List<double[]> rounds(OnlineMethod method, int rounds, int epochs, double rate) {
        List<double[]> policies = new ArrayList<>();
        try (TabularPolicy policy = Bandit.policy(START);
                TabularPolicy held = Bandit.policy(new double[] {.25, .25, .25, .25});
                Online online = Bandit.online(
                        method,
                        policy,
                        new ExactCompletions(),
                        Bandit.rewarding(), // which no one asks
                        Bandit.settings(epochs, rate))) {
            for (int t = 0; t < rounds; t++) {
                online.step(Policies.of(policy, held), shown(), Bandit.random(t));
                policies.add(policy.distribution(0));
            }
        }
        return policies;
    }

    /** The critic's reward, by its own gradient descent on a table of rewards. */
    private static double[] critic(double[] policy, double lambda, double bound) {
        double[] r = new double[4];
        for (int step = 0; step < 20_000; step++) {
            double[] slope = new double[4];
            for (int[] pair : SHOWN) {
                double wrong = lambda / SHOWN.length / (1 + Math.exp(r[pair[0]] - r[pair[1]]));
                slope[pair[0]] -= wrong;
                slope[pair[1]] += wrong;
                for (int y : pair) {
                    for (int own = 0; own < 4; own++) {
                        double pull = 0.5 * policy[own] / SHOWN.length * ((r[y] - r[own]) / bound - 1);
                        slope[y] += pull;
                        slope[own] -= pull;
                    }
                }
            }
            for (int y = 0; y < 4; y++) {
                r[y] -= 0.5 * slope[y];
            }
        }
        return r;
    }

    @Test
    void spacIsACriticThatIsHardOnThePolicyAndStepsOfMirrorDescentOnIt() {
        double beta = 2;
        double lambda = 1.5;
        double bound = 0.5;
        MarginLink bounded = new Scaled(1 / (2 * bound), new Squared(bound));
        List<double[]> found = rounds(new Spac(beta, lambda, bounded, 1), 3, 400, 0.08);
        double[] policy = START;
        for (double[] round : found) {
            policy = tilted(policy, critic(policy, lambda, bound), 1 / beta);
            assertThat(round).containsExactly(policy, within(1e-5));
        }
    }

    @Test
    void unseenResponsesFadeUnlikeUnderDpo() {
        double bound = 0.5;
        List<MarginLink> pessimisms = List.of(new Logistic(0), new Scaled(1 / (2 * bound), new Squared(bound)));
        for (MarginLink pessimism : pessimisms) {
            double before = START[3];
            List<double[]> found = rounds(new Spac(1, 6, pessimism, 1), 6, 60, 0.3);
            for (double[] round : found) {
                assertThat(round[3]).as("%s", pessimism).isLessThan(before);
                before = round[3];
            }
            assertThat(before).as("%s", pessimism).isLessThan(0.03);
            double[] last = found.getLast();
            assertThat(last[0]).as("%s", pessimism).isGreaterThan(last[1]);
            assertThat(last[2]).as("%s", pessimism).isGreaterThan(last[1]);
        }
        // DPO on the same pairs: the logit of what is not shown stays, whatever the others' do.
        List<double[]> dpo = rounds(session -> learn(session), 1, 1_000, 1);
        assertThat(dpo.getLast()[3]).isCloseTo(0.3 / (5 * Math.cbrt(0.012 / 4) + 0.3), within(1e-4));
    }

    private static void learn(Session session) {
        List<Group> groups = session.before(
                session.before(session.draw(new Source.Reference(), 1), 1, "a rejected one"), 0, "a chosen one");
        double[] certain = new double[groups.size()];
        java.util.Arrays.fill(certain, 1);
        session.learn(new Dpo(1, 0), session.pairs(groups, 0, 1, certain));
    }

    @Test
    void spacNeedsBothCompletionsOfAPair() {
        assertThatThrownBy(() -> after(
                        new Spac(1, 1, new Logistic(0), 1),
                        preferring(CIRCLE),
                        REFERENCE,
                        REFERENCE,
                        1,
                        1,
                        1,
                        EncodedPrompt.of("x", 0).with("chosen", 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("a rejected completion");
    }
}
