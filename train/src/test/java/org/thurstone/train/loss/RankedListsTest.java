package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.link.EveryPair;
import org.thurstone.train.loss.link.Hinge;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.list.Pro;
import org.thurstone.train.loss.list.TreePo;
import org.thurstone.train.loss.list.TriplePo;
import org.thurstone.train.loss.pair.Cpo;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.score.AdaptiveSteps;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TokenSignal;

/** Losses over lists, by hand and against what they become of two completions. */
class RankedListsTest {

    private static double logistic(double z) {
        return Math.log1p(Math.exp(-z));
    }

    private static ListBatch three(double... logRatios) {
        return ListBatch.of(Pairs.oneToken(logRatios), Tensor.of(new double[] {3, 2, 1}, 1, 3));
    }

    @Test
    void lipoByHand() {
        // Places by score are 1, 3, 2; gains 8, 4, 2.
        double first = 1 / Math.log(2);
        double second = 1 / Math.log(3);
        double third = 1 / Math.log(4);
        double expected = 4 * (first - third) * logistic(0.7)
                + 6 * (first - second) * logistic(0.4)
                + 2 * (second - third) * logistic(-0.3);
        assertThat(new Lipo(1).each(three(0.5, -0.2, 0.1)).item()).isCloseTo(expected, within(1e-12));
        // Where the scores are equal the worst stands first: places 3, 2, 1.
        double start = (4 * (second - third) + 6 * (first - third) + 2 * (first - second)) * Math.log(2);
        assertThat(new Lipo(1).each(three(7, 7, 7)).item()).isCloseTo(start, within(1e-12));
    }

    @Test
    void lipoOfTwoIsDpoTimesAConstant() {
        double dpo = new Dpo(0.3, 0)
                .each(PairBatch.of(Pairs.oneToken(0.4), Pairs.oneToken(-0.9)))
                .item();
        ListBatch two = ListBatch.of(Pairs.oneToken(-0.9, 0.4), Tensor.of(new double[] {0, 1}, 1, 2));
        double constant = (2 - 1) * (1 / Math.log(2) - 1 / Math.log(3));
        assertThat(new Lipo(0.3).each(two).item()).isCloseTo(constant * dpo, within(1e-12));
        // Which leads, and by how much: the exchange of the two is worth the same.
        ListBatch led = ListBatch.of(Pairs.oneToken(5, 0.4), Tensor.of(new double[] {0, 1}, 1, 2));
        assertThat(new Lipo(0.3).each(led).item()).isCloseTo(constant * logistic(-0.3 * 4.6), within(1e-12));
    }

    @Test
    void pairsWithoutWeightsAreASumOverPairs() {
        Loss hinge = Named.loss("{beta: 1, link: {every-pair: {link: {hinge: 1}}}}");
        assertThat(hinge.on(three(0.5, -0.2, 0.1)).item()).isCloseTo(0.3 + 0.6 + 1.3, within(1e-12));
        ListBatch tied = ListBatch.of(Pairs.oneToken(0.4, -0.9), Tensor.of(new double[] {1, 1}, 1, 2));
        assertThat(hinge.on(tied).item()).isZero();
        assertThat(new EveryPair(new Hinge(1), EveryPair.Weights.LAMBDA)
                        .of(
                                Tensor.of(new double[] {0.4, -0.9}, 1, 2),
                                Tensor.of(new double[] {0, 1}, 1, 2),
                                Tensor.of(new double[] {1, 0}, 1, 2))
                        .item())
                .isZero();
    }

    @Test
    void valuesThatAreNoGradesAreRefused() {
        ListBatch big = ListBatch.of(Pairs.oneToken(0, 0), Tensor.of(new double[] {1500, 3}, 1, 2));
        assertThatThrownBy(() -> new Lipo(1).each(big))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("1500")
                .hasMessageContaining("scale the values");
    }

    private static Sequences words() {
        return Sequences.of(
                Pairs.padded(new double[][] {{-1, -2}, {-0.5}, {-3, -1, -2}}, 0),
                Pairs.mask(new double[][] {{-1, -2}, {-0.5}, {-3, -1, -2}}, 0));
    }

    @Test
    void proByHand() {
        // Means −1.5, −0.5, −2; values 3, 1, 0: at the first level gaps 2 and 3, its own 3; at the second 1.
        ListBatch batch = ListBatch.of(words(), Tensor.of(new double[] {3, 1, 0}, 1, 3));
        double first = Math.log(Math.exp(-4.5) + Math.exp(-1) + Math.exp(-6)) + 4.5;
        double second = logistic(-0.5 + 2);
        assertThat(new Pro(0.05).each(batch).item()).isCloseTo(first + second + 0.05 * 4 * 3, within(1e-12));
        // Temperatures are the inverse: e^(s/T), T = 1/gap; twice the gaps, twice the scores.
        ListBatch wider = ListBatch.of(words(), Tensor.of(new double[] {6, 2, 0}, 1, 3));
        double wide = Math.log(Math.exp(-9) + Math.exp(-2) + Math.exp(-12)) + 9;
        assertThat(new Pro(0).each(wider).item()).isCloseTo(wide + logistic(2 * 1.5), within(1e-12));
    }

    @Test
    void triplesByHand() {
        // Gold is the third, chosen the first, rejected the second. Tokens of the best: 3 a list.
        Sequences rows = words();
        Sequences known = new Sequences(rows.policy(), rows.mask(), Map.of(), 3);
        ListBatch batch = ListBatch.of(known, Tensor.of(new double[] {2, 1, 3}, 1, 3));
        assertThat(new TriplePo(0.1, 0.5, false, 0).each(batch).item())
                .isCloseTo(logistic(0.1 * (-3 + 0.5)) + 0.5 * 6 / 3, within(1e-12));
        assertThat(new TriplePo(2, 0, true, 0.5).each(batch).item())
                .isCloseTo(logistic(2 * (-1.5 + 0.5) - 0.5), within(1e-12));
        ListBatch even = ListBatch.of(known, Tensor.of(new double[] {1, 1, 3}, 1, 3));
        assertThat(new TriplePo(0.1, 0.5, false, 0).each(even).item()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aTripleOfTwoIsCpo() {
        PairBatch pairs = Pairs.trl();
        Tensor both = Tensor.cat(
                java.util.List.of(
                        padded(pairs.chosen().policy()), padded(pairs.rejected().policy())),
                1);
        Tensor masks = Tensor.cat(
                java.util.List.of(
                        padded(pairs.chosen().mask()), padded(pairs.rejected().mask())),
                1);
        Sequences rows = new Sequences(
                both.reshape(6, 4),
                masks.reshape(6, 4),
                Map.of(),
                pairs.chosen().meanLength());
        ListBatch lists = ListBatch.of(rows, Tensor.of(new double[] {1, 0, 1, 0, 1, 0}, 3, 2));
        assertThat(new TriplePo(0.3, 0.7, false, 0).each(lists).toDoubles())
                .containsExactly(new Cpo(0.3, 0.7, 0).on(pairs).toDoubles(), within(1e-12));
    }

    /** (3, 4) of (3, T). */
    private static Tensor padded(Tensor rows) {
        return rows.size(1) == 4
                ? rows
                : Tensor.cat(
                        java.util.List.of(
                                rows, rows.narrow(1, 0, 4 - rows.size(1)).mul(0)),
                        1);
    }

    /** Two paths with their first step in common, the best of two steps, the other one of three. */
    private static Sequences paths() {
        double[][] ratios = {{0.4, 0.2, -0.5}, {0.4, 0.1, 0.3, -0.2, 0.6}};
        double[][] steps = {{0, 0, 1}, {0, 0, 1, 1, 2}};
        double[][] shared = {{1, 1, 0}, {1, 1, 0, 0, 0}};
        double[] right = {1, 0};
        double[] up = {0, 1};
        double[] slant = {3, 4};
        double[][][] states = {{right, right, up}, {right, right, right, slant, up}};
        double[] flat = new double[2 * 5 * 2];
        for (int i = 0; i < 2; i++) {
            for (int t = 0; t < states[i].length; t++) {
                System.arraycopy(states[i][t], 0, flat, (i * 5 + t) * 2, 2);
            }
        }
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, Pairs.padded(ratios, 0).mul(0));
        extras.put(AdaptiveSteps.STEPS, Pairs.padded(steps, 0));
        extras.put(AdaptiveSteps.SHARED_STEPS, Pairs.padded(shared, 0));
        extras.put(AdaptiveSteps.STATES, Tensor.of(flat, 2, 5, 2));
        return new Sequences(Pairs.padded(ratios, 0), Pairs.mask(ratios, 0), extras, 1);
    }

    @Test
    void stepsWeighByTheirLikenessToTheBestPaths() {
        ListBatch batch = ListBatch.of(paths(), Tensor.of(new double[] {1, 0}, 1, 2));
        // Of the best: its first step shared, half of 1 + 1; its second 1 + 1.
        double best = (1 * 0.6 + 2 * -0.5) / 3;
        // Of the other: the mean of (1, 0) and (3, 4) is (2, 2), at 45° from (0, 1); the third step has no counterpart.
        double like = 1 + Math.sqrt(0.5);
        double other = (1 * 0.5 + like * 0.1 + 1 * 0.6) / (2 + like);
        double[] scores = new AdaptiveSteps(0.5).of(batch).toDoubles();
        assertThat(scores[0]).isCloseTo(best, within(1e-12));
        assertThat(scores[1]).isCloseTo(other, within(1e-12));
        double lambda = 1 / Math.log(2) - 1 / Math.log(3);
        assertThat(new TreePo(2, 0.5).each(batch).item())
                .isCloseTo(lambda * logistic(2 * (best - other)), within(1e-12));
        // On its own each is its own best.
        assertThat(new AdaptiveSteps(1).of(paths()).toDoubles())
                .containsExactly(new double[] {0.1 / 2, 1.2 / 3}, within(1e-12));
        // And the chosen of a pair is what its partner is compared with.
        Sequences both = paths();
        PairBatch pair = PairBatch.of(row(both, 0), row(both, 1));
        assertThat(new AdaptiveSteps(0.5).of(pair).rejected().item()).isCloseTo(other, within(1e-12));
        assertThat(new AdaptiveSteps(0.5).of(pair.swapped()).rejected().item()).isNotCloseTo(best, within(1e-3));
    }

    private static Sequences row(Sequences rows, long i) {
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        rows.extras().forEach((signal, t) -> extras.put(signal, t.narrow(0, i, 1)));
        return new Sequences(rows.policy().narrow(0, i, 1), rows.mask().narrow(0, i, 1), extras, 1);
    }

    @Test
    void withOneStepATreeIsALipoList() {
        double[] d = {0.5, -0.2, 0.1, 1.0, 0.3, -0.7};
        Sequences plain = Pairs.oneToken(d);
        Map<TokenSignal, Tensor> extras = new HashMap<>(plain.extras());
        extras.put(AdaptiveSteps.STEPS, plain.reference());
        extras.put(AdaptiveSteps.SHARED_STEPS, plain.reference());
        extras.put(AdaptiveSteps.STATES, Tensor.of(new double[] {1, 2, -1, 1, 0.5, 3, 2, 2, 0, 1, 1, 0}, 6, 1, 2));
        Sequences steps = new Sequences(plain.policy(), plain.mask(), extras, 1);
        Tensor values = Tensor.of(new double[] {3, 2, 1, 5, 5, 1}, 2, 3);
        assertThat(new TreePo(0.7, 0.5).each(ListBatch.of(steps, values)).toDoubles())
                .containsExactly(new Lipo(0.7).each(ListBatch.of(plain, values)).toDoubles(), within(1e-12));
    }
}
