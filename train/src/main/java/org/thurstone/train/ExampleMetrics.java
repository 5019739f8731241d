package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.ImplicitReward;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Metrics of one example, computed with its loss.
 *
 * @param loss its own, before its weight
 * @param values what the value of a single completion means to the loss
 * @param completions in the example's order
 */
record ExampleMetrics(TrainingExample example, double loss, SingleValues values, List<Completion> completions) {

    /**
     * One completion.
     *
     * @param reward the implicit reward under the loss
     * @param noise what a difference of rewards has to exceed to be more than rounding
     * @param logProb in nats
     * @param divergence Σ over tokens of u − log u − 1 at the likelihood ratio u; NaN without a reference
     * @param length in tokens
     */
    record Completion(double reward, double noise, double logProb, double divergence, int length) {}

    /**
     * A float32 log-probability of a token is off by about this share of itself, depending on what else was in its pass; so where policy and
     * reference are one, their log-ratio is not exactly 0.
     */
    private static final double ROUNDING = 2e-6;

    static List<ExampleMetrics> of(
            Loss loss, List<? extends TrainingExample> examples, double[] losses, Sequences rows) {
        ImplicitReward implicit = loss.implicitReward();
        double[] logProb = rows.sum().toDoubles();
        double[] length = rows.mask().sum(1).toDoubles();
        boolean reference = rows.extras().containsKey(FrozenLogProbs.REFERENCE);
        double[] reward = raw(implicit.form(), rows).toDoubles();
        double[] divergence = reference ? divergence(rows).toDoubles() : nan(reward.length);
        List<ExampleMetrics> figures = new ArrayList<>();
        int row = 0;
        for (int i = 0; i < examples.size(); i++) {
            List<Completion> completions = new ArrayList<>();
            for (int k = 0; k < examples.get(i).judged(); k++, row++) {
                double per = implicit.form() == ImplicitReward.Form.MEAN_LOG_PROB ? Math.max(1, length[row]) : 1;
                completions.add(new Completion(
                        implicit.beta() * reward[row],
                        implicit.beta() * ROUNDING * Math.abs(logProb[row]) / per,
                        logProb[row],
                        divergence[row],
                        (int) length[row]));
            }
            figures.add(new ExampleMetrics(examples.get(i), losses[i], loss.singleValues(), completions));
        }
        return figures;
    }

    private static Tensor raw(ImplicitReward.Form form, Sequences rows) {
        return switch (form) {
            case LOG_RATIO -> rows.logRatio();
            case LOG_PROB -> rows.sum();
            case MEAN_LOG_PROB -> rows.mean();
        };
    }

    private static Tensor divergence(Sequences rows) {
        Tensor ratio = rows.policy().sub(rows.reference());
        return rows.sumOf(ratio.clampMax(50).expm1().sub(ratio));
    }

    private static double[] nan(int count) {
        return Tensor.full(Double.NaN, DType.FLOAT64, Device.CPU, count).toDoubles();
    }
}
