package org.thurstone.rank.agreement;

import java.util.stream.IntStream;

/** How far two labels agree, for weighted kappas and Gwet's AC2: 1 for the same label, 0 for the two ends of the scale. */
public enum AgreementWeights {
    /** Different labels do not agree at all. */
    IDENTITY,
    /** 1 − |a − b| / range. */
    LINEAR,
    /** 1 − (a − b)² / range². */
    QUADRATIC;

    /**
     * The weights of pairs of labels, categories × categories. Labels that are numbers have their own values, others their places in the order.
     *
     * @throws IllegalArgumentException if the order is not known, except for {@link #IDENTITY}
     */
    public double[][] matrix(LabelOrder order) {
        if (this == IDENTITY) return matrix(order.labels().size());
        if (!order.isKnown()) {
            throw new IllegalArgumentException("the order of the labels " + order.text() + " is not known");
        }
        return matrix(order.values());
    }

    /** The weights of labels at places 0 … k−1. */
    double[][] matrix(int k) {
        return matrix(IntStream.range(0, k).asDoubleStream().toArray());
    }

    private double[][] matrix(double[] values) {
        int k = values.length;
        double[][] weights = new double[k][k];
        double range = k == 0 ? 0 : values[k - 1] - values[0];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double apart = Math.abs(values[a] - values[b]) / range;
                weights[a][b] = a == b
                        ? 1
                        : switch (this) {
                            case IDENTITY -> 0;
                            case LINEAR -> 1 - apart;
                            case QUADRATIC -> 1 - apart * apart;
                        };
            }
        }
        return weights;
    }
}
