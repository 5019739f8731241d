package org.thurstone.rank.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.thurstone.rank.linear.LogisticRegression;
import org.thurstone.statistics.Logistic;
import org.thurstone.statistics.Moments;

/**
 * AlpacaEval's length-controlled win rate (arXiv:2404.04475): a logistic model of each model's preferences by the difference of length, the
 * instruction's difficulty and the model itself, asked what would be if there were no difference of length.
 *
 * <p>The published fit has an L1 penalty chosen by cross-validation and, at a fifth of the weight, the judgements of two
 * baselines that were told to be verbose and concise ("gamed"), of which the model's own term is left out: they keep a model that writes very
 * short or very long from explaining everything by length. Here the gamed ones count where they are given. The penalty is a ridge just large
 * enough to keep coefficients finite.
 *
 * <p>{@link #fit} fits each model alone, as AlpacaEval does, so that no model's figure changes when others are added or removed.
 * {@link #fitTogether} takes the effect of length for a habit of the judge that varies little from model to model: each model's is drawn towards
 * the mean of all, as strongly as the others are alike.
 *
 * @param winRate in percent
 * @param standardError of it for the given instructions, in percent, by the delta method; NaN for published weights
 */
public record LengthControl(Weights weights, double winRate, double standardError) {

    /** Total weight of the gamed baselines, relative to the model. */
    private static final double GAMED = 0.2;

    private static final double RIDGE = 1e-3;

    /** The coefficients: of tanh of the standardised difference of length (baseline less model), of difficulty, and of the model itself. */
    public record Weights(double length, double difficulty, double model) {}

    /** The length-controlled win rate of a model with given weights on these instructions. */
    public static LengthControl published(
            Weights weights, List<AlpacaPreference> preferences, ToDoubleFunction<AlpacaPreference> difficulty) {
        double sum = 0;
        for (AlpacaPreference p : preferences) {
            sum += Logistic.sigmoid(weights.model() + weights.difficulty() * difficulty.applyAsDouble(p));
        }
        return new LengthControl(weights, 100 * sum / preferences.size(), Double.NaN);
    }

    /**
     * Fits the weights of every model, each to its own preferences and the gamed ones.
     *
     * @param difficulty of an instruction; 0 everywhere leaves the term out
     * @param gamed the preferences of baselines told to write more or less, by name; may be empty
     */
    public static Map<String, LengthControl> fit(
            Map<String, List<AlpacaPreference>> byModel,
            ToDoubleFunction<AlpacaPreference> difficulty,
            Map<String, List<AlpacaPreference>> gamed) {
        return fit(byModel, difficulty, gamed, LogisticRegression.Prior.ridge(3, RIDGE));
    }

    /** The same, but each model's effect of length is drawn towards the mean of all models: the figures of one depend on the others. */
    public static Map<String, LengthControl> fitTogether(
            Map<String, List<AlpacaPreference>> byModel, ToDoubleFunction<AlpacaPreference> difficulty) {
        List<double[]> effects = new ArrayList<>();
        byModel.values().forEach(all -> {
            LogisticRegression fit = fit(all, difficulty, Map.of(), LogisticRegression.Prior.ridge(3, RIDGE));
            effects.add(new double[] {fit.coefficients()[0], fit.covariance()[0][0]});
        });
        return fit(byModel, difficulty, Map.of(), pooled(effects));
    }

    private static Map<String, LengthControl> fit(
            Map<String, List<AlpacaPreference>> byModel,
            ToDoubleFunction<AlpacaPreference> difficulty,
            Map<String, List<AlpacaPreference>> gamed,
            LogisticRegression.Prior prior) {
        Map<String, LengthControl> fitted = new LinkedHashMap<>();
        byModel.forEach((model, all) -> fitted.put(model, of(fit(all, difficulty, gamed, prior), all, difficulty)));
        return fitted;
    }

    /** DerSimonian and Laird's mean and variance of effects, each given with the variance of its error, as the prior of one effect. */
    private static LogisticRegression.Prior pooled(List<double[]> effects) {
        List<double[]> known =
                effects.stream().filter(e -> e[1] > 0).toList(); // none is known where all answers have one length
        if (known.size() < 2) return LogisticRegression.Prior.ridge(3, RIDGE);
        double sum = 0;
        double squares = 0;
        double mean = 0;
        for (double[] e : known) {
            sum += 1 / e[1];
            squares += 1 / (e[1] * e[1]);
            mean += e[0] / e[1];
        }
        mean /= sum;
        double scatter = 0;
        for (double[] e : known) scatter += (e[0] - mean) * (e[0] - mean) / e[1];
        double between = Math.max(1e-3, (scatter - (known.size() - 1)) / (sum - squares / sum));
        double total = 0;
        double centre = 0;
        for (double[] e : known) {
            total += 1 / (e[1] + between);
            centre += e[0] / (e[1] + between);
        }
        return new LogisticRegression.Prior(
                new double[] {centre / total, 0, 0}, new double[] {1 / between, RIDGE, RIDGE});
    }

    private static LengthControl of(
            LogisticRegression fit, List<AlpacaPreference> preferences, ToDoubleFunction<AlpacaPreference> difficulty) {
        Weights found = new Weights(fit.coefficients()[0], fit.coefficients()[1], fit.coefficients()[2]);
        return new LengthControl(
                found,
                published(found, preferences, difficulty).winRate(),
                standardError(fit, preferences, difficulty));
    }

    private static LogisticRegression fit(
            List<AlpacaPreference> preferences,
            ToDoubleFunction<AlpacaPreference> difficulty,
            Map<String, List<AlpacaPreference>> gamed,
            LogisticRegression.Prior prior) {
        List<AlpacaPreference> judged =
                preferences.stream().filter(AlpacaPreference::judged).toList();
        int extra = gamed.values().stream().mapToInt(List::size).sum();
        double[][] features = new double[judged.size() + extra][];
        double[] targets = new double[features.length];
        double[] weights = new double[features.length];
        double[] lengths = lengths(preferences);
        int at = 0;
        for (int i = 0; i < preferences.size(); i++) {
            AlpacaPreference p = preferences.get(i);
            if (!p.judged()) continue;
            features[at] = new double[] {lengths[i], difficulty.applyAsDouble(p), 1};
            targets[at] = p.score();
            weights[at++] = 1;
        }
        for (List<AlpacaPreference> one : gamed.values()) {
            double[] ofOne = lengths(one);
            for (int i = 0; i < ofOne.length; i++) {
                AlpacaPreference p = one.get(i);
                features[at] = new double[] {ofOne[i], difficulty.applyAsDouble(p), 0};
                targets[at] = p.judged() ? p.score() : 0.5;
                weights[at++] = p.judged() ? GAMED / gamed.size() : 0;
            }
        }
        return LogisticRegression.fit(features, targets, weights, prior);
    }

    private static double standardError(
            LogisticRegression fit, List<AlpacaPreference> preferences, ToDoubleFunction<AlpacaPreference> difficulty) {
        double[] slope = new double[3];
        for (AlpacaPreference p : preferences) {
            double[] x = {0, difficulty.applyAsDouble(p), 1};
            double chance = fit.probability(x);
            for (int i = 0; i < 3; i++) slope[i] += 100 * chance * (1 - chance) * x[i] / preferences.size();
        }
        double variance = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) variance += slope[i] * fit.covariance()[i][j] * slope[j];
        }
        return Math.sqrt(variance);
    }

    /** tanh of the difference of lengths over its standard deviation; 0 where all lengths are equal. */
    static double[] lengths(List<AlpacaPreference> preferences) {
        double[] differences = preferences.stream()
                .mapToDouble(p -> p.baselineLength() - p.modelLength())
                .toArray();
        double deviation = Moments.of(differences).deviation();
        for (int i = 0; i < differences.length; i++) {
            differences[i] = deviation > 0 ? Math.tanh(differences[i] / deviation) : 0;
        }
        return differences;
    }
}
