package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.list.PlackettLuceDpo;
import org.thurstone.train.loss.list.Pro;
import org.thurstone.train.loss.list.TriplePo;
import org.thurstone.train.loss.pair.*;
import org.thurstone.train.loss.pair.Mrpo;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.PointwiseDpo;
import org.thurstone.train.loss.single.Ulma;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/**
 * Known optima, reached by training a table of logits: two responses to one prompt, of which the first is better with probability p, and what
 * the log-ratios to the reference come to.
 */
class OptimaTest {

    private static final double P = 0.8;

    /** Log-ratios of the two responses after training on pairs with the soft label p. */
    private static double[] trained(Loss loss, double probability, double[]... references) {
        List<TrainingExample> data = List.of(pair("pair", probability, 1));
        return trained(loss, data, references);
    }

    private static TrainingPair pair(String id, double probability, double weight) {
        return new TrainingPair(
                id,
                List.of(TokenTree.of(new int[] {0}, new int[] {0}, new int[] {1})),
                probability,
                weight,
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** The order of the two responses exchanged. */
    private static TrainingPair reversed(String id, double weight) {
        return new TrainingPair(
                id,
                List.of(TokenTree.of(new int[] {0}, new int[] {1}, new int[] {0})),
                1,
                weight,
                OptionalDouble.empty(),
                Optional.empty());
    }

    private static double[] trained(Loss loss, List<TrainingExample> data, double[]... references) {
        return trained(loss, data, 300, references);
    }

    /** What is flat about its optimum asks for more steps. */
    private static double[] trained(Loss loss, List<TrainingExample> data, int steps, double[]... references) {
        double[][] logits = references.length == 0 ? new double[][] {{0.3, -0.2, 0.5}} : references;
        Map<TableSignal, FrozenLogProbs> frozen = new HashMap<>();
        try (TabularPolicy reference = TabularPolicy.of(new double[][] {logits[0]});
                TabularPolicy second = TabularPolicy.of(new double[][] {logits[logits.length - 1]});
                TabularPolicy policy = TabularPolicy.of(new double[][] {logits[0]})) {
            frozen.put(FrozenLogProbs.REFERENCE, FrozenLogProbs.compute(reference, "r", data, 100));
            frozen.put(FrozenLogProbs.SECOND_REFERENCE, FrozenLogProbs.compute(second, "s", data, 100));
            TrainingSettings settings = TrainingSettings.of(steps, data.size(), 0.2, 1)
                    .with(s -> {
                        s.clipNorm = 1e6;
                        s.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0);
                    });
            TrainingInputs inputs = new TrainingInputs(frozen, Optional.empty(), Optional.empty(), PromptFeatures.NONE);
            Trainer.train(policy, new LossTerm(loss, data, inputs), settings, TrainingObserver.NONE);
            double[] p = policy.distribution(0);
            double[] r = reference.distribution(0);
            return new double[] {Math.log(p[0] / r[0]), Math.log(p[1] / r[1]), Math.log(p[0] / p[1])};
        }
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static void marginIs(Loss loss, double expected) {
        double[] ratios = trained(loss, P);
        assertThat(ratios[0] - ratios[1]).as("%s", loss).isCloseTo(expected, within(1e-4));
    }

    @Test
    void logisticLossesReachTheLogOddsOfTheLabel() {
        marginIs(new Dpo(0.5, 0), logit(P) / 0.5);
        marginIs(new LengthDpo(0.5, 0.02), logit(P) / 0.5); // both have one token
        marginIs(new Irepo(0.5, 0.05), logit(P) / 0.5);
        marginIs(new Exo(0.5, 1e-9), logit(P) / 0.5);
        marginIs(new Cdpo(0.5, 0.1), logit(0.9 * P + 0.1 * (1 - P)) / 0.5);
    }

    @Test
    void squaredLossesReachTheirTargets() {
        marginIs(new Ipo(0.5, false), (2 * P - 1) / (2 * 0.5));
        marginIs(new Ipo(0.5, true), (2 * P - 1) / (2 * 0.5)); // one token each
        double[] sppo = trained(new Sppo(0.5), P);
        // Δ = (P − ½)/β for both is more than a distribution can do with no third response; there is one here
        assertThat(sppo[0]).isCloseTo((P - 0.5) / 0.5, within(1e-4));
        assertThat(sppo[1]).isCloseTo((1 - P - 0.5) / 0.5, within(1e-4));
    }

    @Test
    void withoutAReferenceTheLogProbsThemselvesReachThem() {
        double[] ends = trained(new Cpo(0.5, 0, 0), P);
        assertThat(ends[2]).isCloseTo(logit(P) / 0.5, within(1e-4));
    }

    @Test
    void aSoftLabelIsWorthBothOrdersWithTheirWeights() {
        List<TrainingExample> orders = List.of(pair("w", 1, 2 * P), reversed("l", 2 * (1 - P)));
        for (Loss loss : List.of(new Dpo(0.5, 0), new Ipo(0.5, false), new Rdpo(0.5, 0.1))) {
            double[] both = trained(loss, orders);
            double[] soft = trained(loss, P);
            assertThat(both[0] - both[1]).as("%s", loss).isCloseTo(soft[0] - soft[1], within(1e-4));
        }
    }

    @Test
    void robustDpoOnFlippedLabelsMatchesDpoOnCleanLabels() {
        double flip = 0.1;
        double[] ends = trained(new Rdpo(0.5, flip), P * (1 - flip) + (1 - P) * flip);
        assertThat(ends[0] - ends[1]).isCloseTo(logit(P) / 0.5, within(1e-4));
    }

    @Test
    void ncasChosenStopsAtLogTwo() {
        // β·Δ_w = log 2, while Δ_l falls without end.
        double[] ends = trained(new NcaPair(1), List.of(pair("pair", 1, 1)), 2000);
        assertThat(ends[0]).isCloseTo(Math.log(2), within(1e-4));
        assertThat(ends[1]).isLessThan(-5);
    }

    @Test
    void inpoTakesOneExactStepOfMirrorDescent() {
        // The fixture of three responses that beat one another in a circle; both members of a pair come from π_t.
        double[][] preference = {{.5, .9, .2}, {.1, .5, .7}, {.8, .3, .5}};
        double[] reference = {.5, .3, .2};
        double[] current = {.2, .5, .3};
        List<TrainingExample> data = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                if (i != j) {
                    data.add(new TrainingPair(
                            i + " over " + j,
                            List.of(TokenTree.of(new int[] {0}, new int[] {i}, new int[] {j})),
                            preference[i][j],
                            10 * current[i] * current[j],
                            OptionalDouble.empty(),
                            Optional.empty()));
                }
            }
        }
        double[] ends = distribution(new Inpo(0.5, 0.2), data, reference, current);
        assertThat(ends).containsExactly(new double[] {.364415, .396921, .238664}, within(1e-5));
    }

    private static double[] distribution(Loss loss, List<TrainingExample> data, double[] reference, double[] current) {
        double[][] r = {log(reference)};
        double[][] c = {log(current)};
        try (TabularPolicy first = TabularPolicy.of(r);
                TabularPolicy second = TabularPolicy.of(c);
                TabularPolicy policy = TabularPolicy.of(c)) {
            Map<TableSignal, FrozenLogProbs> frozen = Map.of(
                    FrozenLogProbs.REFERENCE, FrozenLogProbs.compute(first, "r", data, 100),
                    FrozenLogProbs.SECOND_REFERENCE, FrozenLogProbs.compute(second, "c", data, 100));
            TrainingSettings settings = TrainingSettings.of(300, data.size(), 0.1, 1)
                    .with(s -> {
                        s.clipNorm = 1e6;
                        s.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0);
                    });
            TrainingInputs inputs = new TrainingInputs(frozen, Optional.empty(), Optional.empty(), PromptFeatures.NONE);
            Trainer.train(policy, new LossTerm(loss, data, inputs), settings, TrainingObserver.NONE);
            return policy.distribution(0);
        }
    }

    private static double[] log(double[] p) {
        return java.util.Arrays.stream(p).map(Math::log).toArray();
    }

    @Test
    void listsInBothOrdersReachTheLogOddsOfTheLabel() {
        List<TrainingExample> orders = List.of(list("w", 1, 0, 2 * P), list("l", 0, 1, 2 * (1 - P)));
        for (Loss loss : List.of(new Lipo(0.5), new PlackettLuceDpo(0.5))) {
            double[] ends = trained(loss, orders);
            assertThat(ends[0] - ends[1]).as("%s", loss).isCloseTo(logit(P) / 0.5, within(1e-4));
        }
        assertThat(trained(new TriplePo(0.5, 0, false, 0), orders)[2]).isCloseTo(logit(P) / 0.5, within(1e-4));
        // The gap is 1, and scores are log-probabilities.
        assertThat(trained(new Pro(0), orders)[2]).isCloseTo(logit(P), within(1e-4));
    }

    private static TrainingList list(String id, double first, double second, double weight) {
        return new TrainingList(
                id, List.of(TokenTree.of(new int[] {0}, new int[] {0}, new int[] {1})), List.of(first, second), weight);
    }

    @Test
    void tripleWithoutPreferenceIsImitationOnly() {
        // α·NLL of the gold, whichever order it stands in: the shares of the golds.
        List<TrainingExample> orders = List.of(list("w", 1, 0, 2 * P), list("l", 0, 1, 2 * (1 - P)));
        assertThat(trained(new TriplePo(1e-9, 1, false, 0), orders, 2000)[2]).isCloseTo(logit(P), within(1e-4));
    }

    @Test
    void twoReferencesMixedHarmonicallyShiftTheOptimum() {
        double[] first = {0.3, -0.2, 0.5};
        double[] second = {-0.4, 0.6, 0.1};
        double infinite = Double.POSITIVE_INFINITY;
        for (double alpha : new double[] {0, 0.3, 1}) {
            double[] ends = trained(new Mrpo(0.5, alpha, false, infinite), List.of(pair("pair", P, 1)), first, second);
            double shift = harmonic(alpha, first, second, 0) - harmonic(alpha, first, second, 1);
            assertThat(ends[2]).as("α = %s", alpha).isCloseTo(shift + logit(P) / 0.5, within(1e-4));
        }
    }

    private static double harmonic(double alpha, double[] first, double[] second, int y) {
        return -Math.log((1 - alpha) / softmax(first)[y] + alpha / softmax(second)[y]);
    }

    private static double[] softmax(double[] logits) {
        double sum = java.util.Arrays.stream(logits).map(Math::exp).sum();
        return java.util.Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
    }

    @Test
    void pointwiseDpoReachesEachLabelsLogOddsAndEachScore() {
        double[] labels = {0.45, 0.6};
        List<TrainingExample> data = new ArrayList<>();
        for (int y = 0; y < 2; y++) {
            data.add(new TrainingSingle("response " + y, TokenTree.of(new int[] {0}, new int[] {y}), labels[y], 1));
        }
        double[] ends = trained(new PointwiseDpo(2, 0.1, false), data);
        double[] scores = trained(new PointwiseDpo(2, 0.1, true), data);
        for (int y = 0; y < 2; y++) {
            assertThat(2 * ends[y] + 0.1).isCloseTo(logit(labels[y]), within(1e-4));
            assertThat(2 * scores[y] + 0.1).isCloseTo(labels[y], within(1e-4));
        }
    }

    @Test
    void ulmaImitatesTheDesirableAndBalancesItsTermsForTheOthers() {
        // Response 0 is a demonstration, response 1 is rated; the third is free. At the optimum the slopes by the
        // logits vanish.
        List<TrainingExample> data = List.of(
                new TrainingSingle("shown", TokenTree.of(new int[] {0}, new int[] {0}), 1, 1),
                new TrainingSingle("rated", TokenTree.of(new int[] {0}, new int[] {1}), 0.2, 1));
        double[] logits = {0.3, -0.2, 0.5};
        double[] ends = trained(new Ulma(2, 0, true), data, 2000);
        double[] reference = softmax(logits);
        double p0 = reference[0] * Math.exp(ends[0]);
        double p1 = reference[1] * Math.exp(ends[1]);
        double pull = -2 * 2 * (0.2 - 2 * ends[1]); // by log π(1)
        assertThat(-(1 - p0) - pull * p0).as("by logit 0").isCloseTo(0, within(1e-4));
        assertThat(p1 + pull * (1 - p1)).as("by logit 1").isCloseTo(0, within(1e-4));
    }

    @Test
    void bcosRewardIsTheLogDensityRatioOfDesirableToUndesirable() {
        // Response 0 is desirable in 3 of 4 cases, response 1 in 1 of 4: log 3 and −log 3 about the shift.
        List<TrainingExample> data = new ArrayList<>();
        double[] desirable = {0.75, 0.25};
        for (int y = 0; y < 2; y++) {
            data.add(new TrainingSingle("response " + y, TokenTree.of(new int[] {0}, new int[] {y}), desirable[y], 1));
        }
        double[] ends = trained(new Bco(2, true), data, 2000);
        assertThat(2 * (ends[0] - ends[1])).isCloseTo(2 * Math.log(3), within(1e-4));
    }
}
