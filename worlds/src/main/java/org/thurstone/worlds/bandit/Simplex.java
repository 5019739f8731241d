package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Probability vectors over the responses to one prompt. */
public final class Simplex {

    private Simplex() {}

    public static double[] uniform(int n) {
        double[] p = new double[n];
        Arrays.fill(p, 1.0 / n);
        return p;
    }

    /** The same row for each prompt. */
    public static double[][] rows(int prompts, double[] row) {
        double[][] rows = new double[prompts][];
        for (int x = 0; x < prompts; x++) {
            rows[x] = row.clone();
        }
        return rows;
    }

    public static double[] softmax(double[] logits) {
        double most = Arrays.stream(logits).max().orElseThrow();
        double[] p = new double[logits.length];
        for (int y = 0; y < p.length; y++) {
            p[y] = Math.exp(logits[y] - most);
        }
        double sum = Arrays.stream(p).sum();
        for (int y = 0; y < p.length; y++) {
            p[y] /= sum;
        }
        return p;
    }

    /** p·exp(by·values), normalised. */
    public static double[] tilted(double[] p, double[] values, double by) {
        double[] logits = new double[p.length];
        for (int y = 0; y < p.length; y++) {
            logits[y] = Math.log(p[y]) + by * values[y];
        }
        return softmax(logits);
    }

    /** KL(p ‖ q) in nats; what p never says costs nothing. */
    public static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int y = 0; y < p.length; y++) {
            if (p[y] > 0) {
                sum += p[y] * Math.log(p[y] / q[y]);
            }
        }
        return sum;
    }

    /** Half the sum of absolute differences. */
    public static double distance(double[] p, double[] q) {
        double sum = 0;
        for (int y = 0; y < p.length; y++) {
            sum += Math.abs(p[y] - q[y]);
        }
        return sum / 2;
    }

    public static double mean(double[] p, double[] values) {
        double sum = 0;
        for (int y = 0; y < p.length; y++) {
            sum += p[y] * values[y];
        }
        return sum;
    }

    public static int draw(double[] p, RandomGenerator random) {
        double at = random.nextDouble();
        for (int y = 0; y < p.length - 1; y++) {
            at -= p[y];
            if (at < 0) {
                return y;
            }
        }
        return p.length - 1;
    }

    /** The softmax of normal draws. */
    public static double[][] random(int prompts, int responses, double spread, RandomGenerator random) {
        double[][] rows = new double[prompts][];
        for (int x = 0; x < prompts; x++) {
            double[] logits = new double[responses];
            for (int y = 0; y < responses; y++) {
                logits[y] = spread * random.nextGaussian();
            }
            rows[x] = softmax(logits);
        }
        return rows;
    }
}
