package org.thurstone.worlds.bandit;

import java.util.random.RandomGenerator;

/** Matrices of preferences between the responses to one prompt: P[y][z] is the probability that y is better than z, and P[z][y] = 1 − P[y][z]. */
public final class Preferences {

    private Preferences() {}

    /** Bradley–Terry preferences: σ(r_y − r_z). */
    public static double[][] transitive(double[] reward) {
        int n = reward.length;
        double[][] p = new double[n][n];
        for (int y = 0; y < n; y++) {
            for (int z = 0; z < n; z++) {
                p[y][z] = 1 / (1 + Math.exp(reward[z] - reward[y]));
            }
        }
        return p;
    }

    /** Each response beats the half of the others that comes after it in a circle, with this probability; an odd number of responses. */
    public static double[][] cyclic(int responses, double probability) {
        if (responses % 2 == 0) {
            throw new IllegalArgumentException("a circle in which each beats as many has an odd number of responses");
        }
        double[][] p = new double[responses][responses];
        for (int y = 0; y < responses; y++) {
            for (int z = 0; z < responses; z++) {
                int ahead = Math.floorMod(z - y, responses);
                p[y][z] = ahead == 0 ? 0.5 : ahead <= responses / 2 ? probability : 1 - probability;
            }
        }
        return p;
    }

    /** Each pair's probability drawn independently and uniformly: mostly neither transitive nor cyclic. */
    public static double[][] random(int responses, RandomGenerator random) {
        double[][] p = new double[responses][responses];
        for (int y = 0; y < responses; y++) {
            p[y][y] = 0.5;
            for (int z = 0; z < y; z++) {
                p[y][z] = random.nextDouble();
                p[z][y] = 1 - p[y][z];
            }
        }
        return p;
    }

    /** The same with each answer flipped with some probability. */
    public static double[][] flipped(double[][] p, double flip) {
        double[][] noisy = new double[p.length][p.length];
        for (int y = 0; y < p.length; y++) {
            for (int z = 0; z < p.length; z++) {
                noisy[y][z] = (1 - flip) * p[y][z] + flip * p[z][y];
            }
        }
        return noisy;
    }

    /** What a population says of which each group has its share. */
    public static double[][] groups(double[] shares, double[][]... of) {
        int n = of[0].length;
        double[][] p = new double[n][n];
        for (int g = 0; g < shares.length; g++) {
            for (int y = 0; y < n; y++) {
                for (int z = 0; z < n; z++) {
                    p[y][z] += shares[g] * of[g][y][z];
                }
            }
        }
        return p;
    }
}
