package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.SparsePo;
import org.thurstone.train.loss.pair.Wpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Entropy;
import org.thurstone.train.loss.regulariser.OnlineKl;
import org.thurstone.train.loss.single.Pmpo;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.StatisticSignal;
import org.thurstone.train.signal.TokenSignal;

/** Losses over statistics of the whole distribution, by hand. */
class DistributionLossesTest {

    private static final double[][] CHOSEN = {{-0.5, -1.5}, {-0.4}};
    private static final double[][] REJECTED = {{-2.0}, {-0.3, -0.9}};
    private static final double[][] ZERO_CHOSEN = {{-1, -1}, {-1}};
    private static final double[][] ZERO_REJECTED = {{-1}, {-1, -1}};

    private static Sequences with(double[][] policy, double[][] reference, Map<TokenSignal, double[][]> more) {
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, Pairs.padded(reference, 1));
        more.forEach((signal, rows) -> extras.put(signal, Pairs.padded(rows, 1)));
        return new Sequences(Pairs.padded(policy, 1).requiresGrad(true), Pairs.mask(policy, 1), extras, 1.5);
    }

    private static double logSigmoid(double z) {
        return -Math.log1p(Math.exp(-z));
    }

    @Test
    void wpoWeightsPairsByTheirLikelihoodUnderThePolicy() {
        // log Σ π² a token
        Map<TokenSignal, double[][]> chosen = Map.of(Wpo.COLLISION, new double[][] {{-0.2, -0.6}, {-0.1}});
        Map<TokenSignal, double[][]> rejected = Map.of(Wpo.COLLISION, new double[][] {{-0.7}, {-0.8, -0.8}});
        PairBatch pairs = PairBatch.of(with(CHOSEN, ZERO_CHOSEN, chosen), with(REJECTED, ZERO_REJECTED, rejected));
        // mean of (−0.5+0.2, −1.5+0.6) = −0.6; −2+0.7 = −1.3; −0.4+0.1 = −0.3; mean of (0.5, −0.1) = 0.2
        double[] weight = {Math.exp(-0.6 - 1.3), Math.exp(-0.3 + 0.2)};
        double[] margin = {0 - -1, 0.6 - 0.8};
        double[] expected = {-weight[0] * logSigmoid(0.3 * margin[0]), -weight[1] * logSigmoid(0.3 * margin[1])};
        assertThat(new Wpo(0.3, 0, true).on(pairs).toDoubles()).containsExactly(expected, within(1e-12));
        assertThat(new Wpo(0.3, 0, false).on(pairs).toDoubles()).containsExactly(expected, within(1e-12));

        // the weight is no way for the loss to fall: the gradient is DPO's times it
        new Wpo(0.3, 0, true).on(pairs).sum().backward();
        double[] gradient = pairs.chosen().policy().grad().orElseThrow().toDoubles();
        PairBatch again = PairBatch.of(with(CHOSEN, ZERO_CHOSEN, chosen), with(REJECTED, ZERO_REJECTED, rejected));
        new Dpo(0.3, 0).on(again).sum().backward();
        double[] dpo = again.chosen().policy().grad().orElseThrow().toDoubles();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isCloseTo(weight[i / 3] * dpo[i], within(1e-12));
        }
    }

    /** Made as those of {@link TrlFiguresTest}, with {@code use_weighting}: over two tokens, Σ π² is p² + (1 − p)². TRL does not clamp; it ignores
     * the label smoothing of this loss, so that its figures at 0.1 are those at 0. */
    @Test
    void wpoOfTrl() {
        double[][] expected = {
            {0.46699127414097147, 0.24278609146891608, 0.04728893734812772},
            {0.4469552848656572, 0.2462983803918527, 0.03725918623973351}
        };
        for (int i = 0; i < 3; i++) {
            PairBatch pair = PairBatch.of(
                    ofTwoTokens(Pairs.CHOSEN[i], Pairs.REFERENCE_CHOSEN[i]),
                    ofTwoTokens(Pairs.REJECTED[i], Pairs.REFERENCE_REJECTED[i]));
            assertThat(new Wpo(0.1, 0, false).on(pair).item()).isCloseTo(expected[0][i], within(1e-9));
            assertThat(new Wpo(0.3, 0, false).on(pair).item()).isCloseTo(expected[1][i], within(1e-9));
        }
    }

    private static Sequences ofTwoTokens(double[] policy, double[] reference) {
        double[] collision = Arrays.stream(policy)
                .map(Math::exp)
                .map(p -> Math.log(p * p + (1 - p) * (1 - p)))
                .toArray();
        return with(
                new double[][] {policy}, new double[][] {reference}, Map.of(Wpo.COLLISION, new double[][] {collision}));
    }

    @Test
    void wposWeightIsOneAtMostOnlyWhereItIsClamped() {
        Map<TokenSignal, double[][]> low = Map.of(Wpo.COLLISION, new double[][] {{-3, -3}, {-3}});
        Map<TokenSignal, double[][]> rejected = Map.of(Wpo.COLLISION, new double[][] {{-3}, {-3, -3}});
        PairBatch pairs = PairBatch.of(with(CHOSEN, ZERO_CHOSEN, low), with(REJECTED, ZERO_REJECTED, rejected));
        assertThat(new Wpo(0.3, 0, true).on(pairs).toDoubles())
                .containsExactly(new Dpo(0.3, 0).on(pairs).toDoubles(), within(1e-12));
        // e^(2 + 1) and e^(2.6 + 2.4)
        double[] dpo = new Dpo(0.3, 0).on(pairs).toDoubles();
        assertThat(new Wpo(0.3, 0, false).on(pairs).toDoubles())
                .containsExactly(new double[] {Math.exp(3) * dpo[0], Math.exp(5) * dpo[1]}, within(1e-9));
    }

    @Test
    void sparsePoMasksBothTerms() {
        Map<TokenSignal, double[][]> w = Map.of(
                SparsePo.MASK, new double[][] {{1, 0.5}, {2}},
                SparsePo.SECOND_MASK, new double[][] {{0.5, 0}, {1}},
                StatisticSignal.FORWARD_KL, new double[][] {{0.2, 0.9}, {0.3}});
        Map<TokenSignal, double[][]> l = Map.of(
                SparsePo.MASK, new double[][] {{0}, {1, 1}},
                SparsePo.SECOND_MASK, new double[][] {{2}, {0, 1}},
                StatisticSignal.FORWARD_KL, new double[][] {{0.4}, {0.6, 0.1}});
        PairBatch pairs = PairBatch.of(with(CHOSEN, ZERO_CHOSEN, w), with(REJECTED, ZERO_REJECTED, l));
        // pair 1: u = 1·0.5 + 0.5·(−0.5) − 0 = 0.25; k = 0.5·0.2 − 2·0.4 = −0.7
        // pair 2: u = 2·0.6 − (0.7 + 0.1) = 0.4; k = 0.3 − 0.1 = 0.2
        double[] link = {-logSigmoid(0.8 * (0.25 - 0.7)), -logSigmoid(0.8 * (0.4 + 0.2))};
        double[] sparsity = {0.1 * 1.5 + 0.2 * 2.5, 0.1 * 4 + 0.2 * 2};
        SparsePo loss = new SparsePo(0.8, SparsePo.Masks.INDEPENDENT, 0.1, 0.2);
        assertThat(loss.parts(pairs).get("link").toDoubles()).containsExactly(link, within(1e-12));
        assertThat(loss.parts(pairs).get("sparsity").toDoubles()).containsExactly(sparsity, within(1e-12));
        assertThat(loss.on(pairs).toDoubles())
                .containsExactly(new double[] {link[0] + sparsity[0], link[1] + sparsity[1]}, within(1e-12));
    }

    @Test
    void fixedMasksAreActivationsWithinAnAnswer() {
        Map<TokenSignal, double[][]> w = Map.of(
                SparsePo.ACTIVATION, new double[][] {{3, -1, 1}}, StatisticSignal.FORWARD_KL, new double[][] {{0, 0, 0}
                });
        Map<TokenSignal, double[][]> l =
                Map.of(SparsePo.ACTIVATION, new double[][] {{7}}, StatisticSignal.FORWARD_KL, new double[][] {{0}});
        PairBatch pairs = PairBatch.of(
                with(new double[][] {{-1, -2, -3}}, new double[][] {{-2, -2.5, -3.5}}, w),
                with(new double[][] {{-1}}, new double[][] {{-0.5}}, l));
        // masks 1, 0, ½; the single token of the other counts 1
        double expected = -logSigmoid(0.8 * (1 + 0.5 * 0.5 + 0.5));
        assertThat(new SparsePo(0.8, SparsePo.Masks.ACTIVATIONS, 0, 0).on(pairs).item())
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void pmpoAveragesEachSetSeparately() {
        Map<TokenSignal, double[][]> kl = Map.of(StatisticSignal.FORWARD_KL, new double[][] {{0.1, 0.2}, {0.4}, {0.5}});
        double[][] policy = {{-1, -2}, {-0.5}, {-4}};
        SingleBatch batch = SingleBatch.of(
                with(policy, new double[][] {{-1, -1}, {-1}, {-1}}, kl), Tensor.of(new double[] {1, 1, 0}));
        double good = (-3 - 0.5) / 2;
        double bad = -4;
        double divergence = (0.3 + 0.4 + 0.5) / 3;
        assertThat(new Pmpo(0.3, 0.6).on(batch).mean().item())
                .isCloseTo(-0.3 * good + 0.7 * bad + 0.6 * divergence, within(1e-12));
        SingleBatch goodOnly = SingleBatch.of(
                with(policy, new double[][] {{-1, -1}, {-1}, {-1}}, kl), Tensor.of(new double[] {1, 1, 1}));
        assertThat(new Pmpo(1, 0).on(goodOnly).mean().item()).isCloseTo(7.5 / 3, within(1e-12));
    }

    @Test
    void regularisersAverageAsConfigured() {
        Map<TokenSignal, double[][]> more =
                Map.of(Entropy.ENTROPY, new double[][] {{0.5, 1.5}, {0.4}}, OnlineKl.REVERSE_KL, new double[][] {
                    {0.2, 0.4}, {0.3}
                });
        Sequences better = with(CHOSEN, ZERO_CHOSEN, more);
        assertThat(new Entropy(0.1, Averaging.COMPLETION).of(better).toDoubles())
                .containsExactly(new double[] {-0.1, -0.04}, within(1e-15));
        assertThat(new OnlineKl(0.5, Averaging.SUM).of(better).toDoubles())
                .containsExactly(new double[] {0.3, 0.15}, within(1e-15));
        assertThat(new OnlineKl(0.5, Averaging.BATCH).of(better).toDoubles())
                .containsExactly(new double[] {0.2, 0.1}, within(1e-15));
    }

    @Test
    void recipeOfTheManualExists() {
        Loss loss = Named.loss("{score: log-ratio, link: {squared: {target: 5}}, offset: {length: 0.01},"
                + " plus: [{nll: 0.2}, {online-kl: 0.05}]}");
        assertThat(loss.signals()).contains(FrozenLogProbs.REFERENCE, OnlineKl.REVERSE_KL);
        assertThatThrownBy(() -> Named.loss("{score: log-prob, plus: [{online-kl: 0.05}]}"))
                .hasMessageContaining("reference");
    }

    @Test
    void longAndExtremeOnesAreFinite() {
        double[] longRow = new double[4096];
        Arrays.fill(longRow, -1e4);
        double[][] w = {longRow, {-1e-9}};
        double[][] l = {{-1e-9}, longRow};
        for (Loss loss : new Loss[] {new Wpo(0.1, 0, true), new Wpo(0.1, 0, false)}) {
            PairBatch pairs = PairBatch.of(with(w, w, Map.of(Wpo.COLLISION, w)), with(l, l, Map.of(Wpo.COLLISION, l)));
            assertThat(loss.on(pairs).finite()).isTrue();
            PairBatch apart = PairBatch.of(
                    with(w, zeros(w), Map.of(Wpo.COLLISION, w)), with(l, zeros(l), Map.of(Wpo.COLLISION, zeros(l))));
            assertThat(loss.on(apart).finite()).isTrue();
        }
    }

    private static double[][] zeros(double[][] like) {
        return Arrays.stream(like).map(r -> new double[r.length]).toArray(double[][]::new);
    }
}
