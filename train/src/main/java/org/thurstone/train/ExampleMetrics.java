package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Metrics of one example, computed with its loss.
 *
 * @param loss its own, before its weight
 * @param completions in the example's order
 */
record ExampleMetrics(TrainingExample example, double loss, List<Completion> completions) {

    /**
     * One completion.
     *
     * @param reward the log-ratio to the reference in nats, where there is one; else the mean log-probability of a token
     * @param logProb in nats
     * @param divergence Σ over tokens of u − log u − 1 at the likelihood ratio u; NaN without a reference
     * @param length in tokens
     */
    record Completion(double reward, double logProb, double divergence, int length) {}

    static List<ExampleMetrics> of(List<? extends TrainingExample> examples, double[] losses, Sequences rows) {
        double[] logProb = rows.sum().toDoubles();
        double[] length = rows.mask().sum(1).toDoubles();
        boolean reference = rows.extras().containsKey(FrozenLogProbs.REFERENCE);
        double[] reward = (reference ? rows.logRatio() : rows.mean()).toDoubles();
        double[] divergence = reference ? divergence(rows).toDoubles() : nan(reward.length);
        List<ExampleMetrics> figures = new ArrayList<>();
        int row = 0;
        for (int i = 0; i < examples.size(); i++) {
            List<Completion> completions = new ArrayList<>();
            for (int k = 0; k < examples.get(i).judged(); k++, row++) {
                completions.add(new Completion(reward[row], logProb[row], divergence[row], (int) length[row]));
            }
            figures.add(new ExampleMetrics(examples.get(i), losses[i], completions));
        }
        return figures;
    }

    private static Tensor divergence(Sequences rows) {
        Tensor ratio = rows.policy().sub(rows.reference());
        return rows.sumOf(ratio.clampMax(50).expm1().sub(ratio));
    }

    private static double[] nan(int count) {
        return Tensor.full(Double.NaN, DType.FLOAT64, Device.CPU, count).toDoubles();
    }
}
