package org.thurstone.worlds.bandit;

import java.util.Arrays;
import org.thurstone.rank.choice.MatrixGame;

/**
 * The preference game at one prompt: two policies respond, and the preferred response wins. With a regularisation τ each also pays τ times its
 * divergence from the reference, which makes the equilibrium unique: π* ∝ π_ref·exp(P(· ≻ π*)/τ).
 *
 * @param preference P[y][z]: the probability that y is better than z
 * @param reference positive everywhere
 */
public record Game(double[][] preference, double[] reference) {

    /** (responses): P(y ≻ π). */
    public double[] wins(double[] policy) {
        double[] wins = new double[policy.length];
        for (int y = 0; y < wins.length; y++) {
            wins[y] = Simplex.mean(policy, preference[y]);
        }
        return wins;
    }

    /** P(π ≻ π'). */
    public double winRate(double[] policy, double[] other) {
        return Simplex.mean(policy, wins(other));
    }

    /** A Nash policy without regularisation (one of them, where there are several), by linear programming. */
    public double[] nash() {
        double[][] payoff = new double[preference.length][];
        for (int y = 0; y < payoff.length; y++) {
            payoff[y] = Arrays.stream(preference[y]).map(p -> p - 0.5).toArray();
        }
        return MatrixGame.solve(payoff).row();
    }

    /** What two players could gain together by leaving the policy that both play: 0 at a Nash policy only. */
    public double gap(double[] policy) {
        return 2 * (Arrays.stream(wins(policy)).max().orElseThrow() - 0.5);
    }

    /**
     * The Nash policy of the regularised game, to about twelve digits, by extragradient steps in log space, which contract for every τ above 0.
     *
     * @param tau τ above 0
     */
    public double[] nash(double tau) {
        double step = Math.min(0.5, 0.5 / (1 + tau));
        double[] policy = reference.clone();
        for (int t = 0; t < 1_000_000; t++) {
            double[] half = moved(policy, policy, tau, step);
            double[] next = moved(policy, half, tau, step);
            double change = Simplex.distance(next, policy);
            policy = next;
            if (change < 1e-15 * step) {
                break;
            }
        }
        return policy;
    }

    /** π^(1−ητ)·π_ref^(ητ)·exp(η·P(· ≻ opponent)), normalised. */
    private double[] moved(double[] policy, double[] opponent, double tau, double step) {
        double[] wins = wins(opponent);
        double[] logits = new double[policy.length];
        for (int y = 0; y < logits.length; y++) {
            logits[y] = (1 - step * tau) * Math.log(policy[y]) + step * tau * Math.log(reference[y]) + step * wins[y];
        }
        return Simplex.softmax(logits);
    }

    /** The duality gap of the regularised game, in closed form: the best answer to π is π_ref·exp(P(· ≻ π)/τ). */
    public double gap(double[] policy, double tau) {
        double[] wins = wins(policy);
        double sum = 0;
        for (int y = 0; y < wins.length; y++) {
            sum += reference[y] * Math.exp(wins[y] / tau);
        }
        return 2 * (tau * Math.log(sum) + tau * Simplex.divergence(policy, reference) - 0.5);
    }
}
