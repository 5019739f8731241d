package org.thurstone.rank.posterior;

import java.util.Arrays;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;

/**
 * The choice of the reference among three items or more: 1/(1 + Σ_k e^(d_k)), of which d_k is the strength of another item less that of the chosen one.
 * Its moments are sums over {@link NormalPoints}, which are always the same, so that iterations over them settle.
 *
 * @param power what the factor is raised to, in (0, 1], where a choice counts for less than one
 */
record ChoiceSite(int reference, int[] others, double copies, double power) implements Site {

    /** A choice that was made so often, or that counts so much. */
    static ChoiceSite of(int chosen, int[] others, double weight) {
        double power = Math.min(1, weight);
        return new ChoiceSite(chosen, others, weight / power, power);
    }

    @Override
    public Moments tilted(double[] mean, double[][] covariance) {
        NormalPoints normal = NormalPoints.of(mean.length);
        Moments density = new Moments(mean, covariance);
        Moments found = moments(density, density, normal);
        // Points that have these moments themselves have nearly equal weights, and sums over them smaller errors.
        return normal.exact() ? found : moments(density, found, normal);
    }

    /** Moments by points that stand for another normal density, each with the ratio of the two as its weight. */
    private Moments moments(Moments density, Moments about, NormalPoints normal) {
        int dimensions = density.mean().length;
        int count = normal.weights().length;
        boolean same = Arrays.equals(density.mean(), about.mean());
        double[][] precision =
                same ? new double[0][0] : Cholesky.of(density.covariance()).inverse();
        Cholesky factor = Cholesky.of(about.covariance());
        double[][] offs = new double[count][];
        double[] logs = new double[count];
        double highest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < count; p++) {
            double[] z = normal.points()[p];
            double[] off = factor.times(z);
            double[] from = new double[dimensions];
            double sum = 1;
            for (int k = 0; k < dimensions; k++) {
                double d = about.mean()[k] + off[k];
                from[k] = d - density.mean()[k];
                sum += Math.exp(Math.min(700, d));
            }
            logs[p] = -power * Math.log(sum);
            for (int k = 0; k < dimensions && !same; k++) {
                logs[p] += (z[k] * z[k] - from[k] * Matrices.dot(precision[k], from)) / 2;
            }
            offs[p] = off;
            highest = Math.max(highest, logs[p]);
        }
        double all = 0;
        double[] first = new double[dimensions];
        double[][] second = new double[dimensions][dimensions];
        for (int p = 0; p < count; p++) {
            double weight = normal.weights()[p] * Math.exp(logs[p] - highest);
            all += weight;
            for (int k = 0; k < dimensions; k++) {
                double weighted = weight * offs[p][k];
                first[k] += weighted;
                for (int l = 0; l <= k; l++) {
                    second[k][l] += weighted * offs[p][l];
                }
            }
        }
        double[] shifted = new double[dimensions];
        for (int k = 0; k < dimensions; k++) {
            first[k] /= all;
            shifted[k] = about.mean()[k] + first[k];
            for (int l = 0; l <= k; l++) {
                second[k][l] = second[k][l] / all - first[k] * first[l];
                second[l][k] = second[k][l];
            }
        }
        return new Moments(shifted, second);
    }
}
