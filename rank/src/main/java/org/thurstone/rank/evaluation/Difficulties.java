package org.thurstone.rank.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.UserError;
import org.thurstone.rank.linear.LogisticRegression;
import org.thurstone.statistics.Logistic;

/**
 * The difficulty of each instruction, estimated from the preferences: the logistic model of {@link LengthControl} with a standard normal prior on
 * each instruction's difficulty, all models at once. Instructions and models are fitted in turn, each by Newton's method, until the posterior rises
 * no more. The estimate changes with every model that is added, and where models are alike it says little about the instructions.
 */
public final class Difficulties {

    /** With fewer models an instruction's few preferences are mostly the models' own doing. */
    public static final int FEWEST_MODELS = 5;

    private static final double RIDGE = 1e-3;
    private static final LogisticRegression.Prior PRIOR = LogisticRegression.Prior.ridge(3, RIDGE);
    private static final int ROUNDS = 200;
    private static final double NEAR = 1e-9;

    private Difficulties() {}

    /**
     * The difficulties by instruction.
     *
     * @throws UserError if there are fewer than {@value #FEWEST_MODELS} models
     */
    public static Map<String, Double> fit(Map<String, List<AlpacaPreference>> byModel) {
        if (byModel.size() < FEWEST_MODELS) {
            throw new UserError("difficulties are estimated from the preferences of " + FEWEST_MODELS
                    + " models or more, and here are " + byModel.size() + ": give them in a file, or leave them out");
        }
        Map<String, Integer> index = new HashMap<>();
        byModel.values().forEach(all -> all.forEach(p -> index.putIfAbsent(p.instruction(), index.size())));
        Rows rows = Rows.of(byModel, index);
        double[] difficulty = rows.start(index.size());
        double[][] weights = new double[byModel.size()][3];
        double last = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            rows.fitModels(weights, difficulty);
            rows.fitInstructions(weights, difficulty);
            double now = rows.posterior(weights, difficulty);
            if (now - last <= NEAR * Math.abs(now)) break;
            last = now;
        }
        Map<String, Double> named = new HashMap<>();
        index.forEach((instruction, i) -> named.put(instruction, difficulty[i]));
        return named;
    }

    /** Judged preferences in columns, those of a model together. */
    private record Rows(int[] begin, int[] instruction, double[] length, double[] score) {

        static Rows of(Map<String, List<AlpacaPreference>> byModel, Map<String, Integer> index) {
            int n = byModel.values().stream()
                    .mapToInt(all ->
                            (int) all.stream().filter(AlpacaPreference::judged).count())
                    .sum();
            Rows rows = new Rows(new int[byModel.size() + 1], new int[n], new double[n], new double[n]);
            int model = 0;
            int at = 0;
            for (List<AlpacaPreference> all : byModel.values()) {
                double[] lengths = LengthControl.lengths(all);
                for (int i = 0; i < lengths.length; i++) {
                    if (!all.get(i).judged()) continue;
                    rows.instruction[at] = index.getOrDefault(all.get(i).instruction(), -1);
                    rows.length[at] = lengths[i];
                    rows.score[at++] = all.get(i).score();
                }
                rows.begin[++model] = at;
            }
            return rows;
        }

        /** From how much better than itself each model does on an instruction, over all of them, in standard deviations. */
        double[] start(int instructions) {
            double[] sum = new double[instructions];
            for (int m = 0; m + 1 < begin.length; m++) {
                double mean =
                        Arrays.stream(score, begin[m], begin[m + 1]).average().orElse(0);
                for (int r = begin[m]; r < begin[m + 1]; r++) sum[instruction[r]] += score[r] - mean;
            }
            double deviation =
                    Math.sqrt(Arrays.stream(sum).map(s -> s * s).average().orElse(0));
            return Arrays.stream(sum)
                    .map(s -> deviation == 0 ? 0 : s / deviation)
                    .toArray();
        }

        void fitModels(double[][] weights, double[] difficulty) {
            for (int m = 0; m < weights.length; m++) {
                int size = begin[m + 1] - begin[m];
                if (size == 0) continue;
                double[][] features = new double[size][];
                for (int i = 0; i < size; i++) {
                    features[i] = new double[] {length[begin[m] + i], difficulty[instruction[begin[m] + i]], 1};
                }
                double[] ones = new double[size];
                Arrays.fill(ones, 1);
                weights[m] = LogisticRegression.fit(
                                features, Arrays.copyOfRange(score, begin[m], begin[m + 1]), ones, PRIOR)
                        .coefficients();
            }
        }

        /** A few Newton steps on every difficulty at once; each is a concave problem of its own. */
        void fitInstructions(double[][] weights, double[] difficulty) {
            for (int step = 0; step < 3; step++) {
                double[] gradient = Arrays.stream(difficulty).map(d -> -d).toArray();
                double[] curvature = new double[difficulty.length];
                Arrays.fill(curvature, 1);
                for (int m = 0; m < weights.length; m++) {
                    for (int r = begin[m]; r < begin[m + 1]; r++) {
                        double p = Logistic.sigmoid(logit(weights[m], r, difficulty));
                        gradient[instruction[r]] += (score[r] - p) * weights[m][1];
                        // ¼ bounds p·(1 − p): a smaller step than Newton's, which never goes too far.
                        curvature[instruction[r]] += weights[m][1] * weights[m][1] / 4;
                    }
                }
                for (int i = 0; i < difficulty.length; i++) difficulty[i] += gradient[i] / curvature[i];
            }
        }

        private double logit(double[] w, int row, double[] difficulty) {
            return w[0] * length[row] + w[1] * difficulty[instruction[row]] + w[2];
        }

        double posterior(double[][] weights, double[] difficulty) {
            double value = 0;
            for (double d : difficulty) value -= d * d / 2;
            for (int m = 0; m < weights.length; m++) {
                for (double w : weights[m]) value -= RIDGE * w * w / 2;
                for (int r = begin[m]; r < begin[m + 1]; r++) {
                    double z = logit(weights[m], r, difficulty);
                    value += score[r] * z - Logistic.softplus(z);
                }
            }
            return value;
        }
    }
}
