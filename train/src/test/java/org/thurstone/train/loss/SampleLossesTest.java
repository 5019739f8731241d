package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.pair.Dph;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Hypo;
import org.thurstone.train.loss.pair.RelativePo;
import org.thurstone.train.loss.pair.Rpo;
import org.thurstone.train.loss.pair.Typo;
import org.thurstone.train.loss.pair.Vpo;
import org.thurstone.train.loss.pair.Xpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.CoveringKl;
import org.thurstone.train.loss.regulariser.Exploration;
import org.thurstone.train.loss.regulariser.Rationale;
import org.thurstone.train.loss.regulariser.SampledKl;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Dro;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.StatisticSignal;
import org.thurstone.train.signal.TokenSignal;

/** Losses over samples, facts about prompts, and heads, by hand. */
class SampleLossesTest {

    // Two samples of each of three pairs.
    private static final double[][] DRAWN = {{-1, -2}, {-0.5}, {-3}, {-1, -1}, {-0.2}, {-0.4}};
    private static final double[][] REFERENCE = {{-1.5, -1}, {-1}, {-1}, {-2, -1}, {-0.2}, {-1}};

    private static Samples samples() {
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, Pairs.padded(REFERENCE, 0));
        extras.put(
                StatisticSignal.FORWARD_KL,
                Pairs.padded(new double[][] {{0.1, 0.2}, {0.3}, {0.4}, {0.5, 0.6}, {0}, {1}}, 0));
        return new Samples(new Sequences(Pairs.padded(DRAWN, 0), Pairs.mask(DRAWN, 0), extras, 1), 2);
    }

    private static PairBatch pairs() {
        Context context = new Context(Context.alone(3).ids(), new Memory(), Optional.of(samples()), Map.of(), Map.of());
        return Pairs.trl().withContext(context);
    }

    private static double[] plus(double[] base, double... more) {
        double[] sum = base.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
        return sum;
    }

    @Test
    void aRationaleCountsByItsSumOrItsMean() {
        Samples reasons = new Samples(samples().completions(), 1);
        assertThat(new Rationale(0.5, Averaging.SUM, Rationale.Form.LIKELIHOOD)
                        .of(reasons)
                        .toDoubles())
                .containsExactly(new double[] {1.5, 0.25, 1.5, 1, 0.1, 0.2}, within(1e-14));
        assertThat(new Rationale(0.5, Averaging.COMPLETION, Rationale.Form.LIKELIHOOD)
                        .of(reasons)
                        .toDoubles())
                .containsExactly(new double[] {0.75, 0.25, 1.5, 0.5, 0.1, 0.2}, within(1e-14));
        assertThat(new Rationale(0.5, Averaging.SUM, Rationale.Form.LOGISTIC)
                        .of(reasons)
                        .toDoubles()[0])
                .isCloseTo(Math.log1p(Math.exp(1.5)), within(1e-14));
    }

    @Test
    void removalLevelsAreDistinguished() {
        // One level: the head sees two classes after the last token, logits (1, t) with t given.
        double[] given = {0.5, 2};
        Sequences whole = told(0.3, -0.2, 1);
        Sequences removed = told(given[0], given[1], given[0], given[1], given[0], given[1]);
        Context context = new Context(
                Context.alone(3).ids(), new Memory(), Optional.of(new Samples(removed, 2)), Map.of(), Map.of());
        PairBatch batch = PairBatch.of(whole, told(0, 0, 0)).withContext(context);
        DegreeAware loss = new DegreeAware(new Dpo(0.1, 0), 0.4, 1);
        double[] degree = java.util.Objects.requireNonNull(loss.parts(batch).get("degree"))
                .toDoubles();
        double[] t = {0.3, -0.2, 1};
        for (int i = 0; i < 3; i++) {
            double expected = surprise(1 - t[i]) + surprise(1) + surprise(given[0] - 1) + surprise(given[1] - 1);
            assertThat(degree[i]).isCloseTo(0.4 * expected / 4, within(1e-14));
        }
        assertThat(loss.each(batch).toDoubles())
                .containsExactly(plus(new Dpo(0.1, 0).each(batch).toDoubles(), degree), within(1e-14));
        assertThatThrownBy(() -> new DegreeAware(new Hypo(0.1, 0.1, 2), 0.1, 1))
                .hasMessageContaining("hypo")
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double surprise(double logOdds) {
        return Math.log1p(Math.exp(-logOdds));
    }

    /** Two tokens and one of padding each; logits (1, t, 9, 9 …) after the second, others elsewhere. */
    private static Sequences told(double... t) {
        int classes = DegreeAware.MOST_DEGREES;
        double[] logits = new double[t.length * 3 * classes];
        double[][] rows = new double[t.length][];
        for (int i = 0; i < t.length; i++) {
            rows[i] = new double[] {-1, -2};
            for (int c = 0; c < classes; c++) {
                logits[(i * 3) * classes + c] = 3 * c;
                logits[(i * 3 + 1) * classes + c] = c == 0 ? 1 : c == 1 ? t[i] : 9;
                logits[(i * 3 + 2) * classes + c] = -7;
            }
        }
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, Pairs.padded(rows, 1));
        extras.put(DegreeAware.DEGREES, Tensor.of(logits, t.length, 3, classes));
        return new Sequences(Pairs.padded(rows, 1), Pairs.mask(rows, 1), extras, 2);
    }

    @Test
    void regularisersAreMeansOverTheSamplesOfAnExample() {
        Samples s = samples();
        assertThat(new Exploration(0.2, false, 2).of(s).toDoubles())
                .containsExactly(new double[] {0.2 * -1.75, 0.2 * -2.5, 0.2 * -0.3}, within(1e-14));
        // log-ratios: −0.5, 0.5 | −2, 1 | 0, 0.6
        assertThat(new Exploration(0.2, true, 2).of(s).toDoubles())
                .containsExactly(new double[] {0, 0.2 * -0.5, 0.2 * 0.3}, within(1e-14));
        assertThat(new CoveringKl(0.5, false, 2).of(s).toDoubles())
                .containsExactly(new double[] {0, 0.25, -0.15}, within(1e-14));
        assertThat(new CoveringKl(0.5, true, 2).of(s).toDoubles())
                .containsExactly(new double[] {0.5 * 0.3, 0.5 * 0.75, 0.5 * 0.5}, within(1e-14));
        assertThat(new SampledKl(2, 2).of(s).toDoubles()).containsExactly(new double[] {0, -1, 0.6}, within(1e-14));
    }

    @Test
    void namedOnesAreDpoAndTheirTerm() {
        PairBatch pairs = pairs();
        double[] dpo = new Dpo(0.3, 0).on(pairs).toDoubles();
        assertThat(new Xpo(0.3, 0.2, 2).on(pairs).toDoubles())
                .containsExactly(plus(dpo, 0.2 * -1.75, 0.2 * -2.5, 0.2 * -0.3), within(1e-12));
        assertThat(new Vpo(0.3, 0.5, Vpo.Attitude.OPTIMISTIC, 2).on(pairs).toDoubles())
                .containsExactly(plus(dpo, 0, 0.15 * -0.5, 0.15 * 0.3), within(1e-12));
        assertThat(new Vpo(0.3, 0.5, Vpo.Attitude.PESSIMISTIC, 2).on(pairs).toDoubles())
                .containsExactly(new Rpo(0.3, 0.5).on(pairs).toDoubles(), within(1e-12));
        assertThat(new Hypo(0.3, 0.1, 2).on(pairs).toDoubles())
                .containsExactly(plus(dpo, 0, 0.1 * -0.5, 0.1 * 0.3), within(1e-12));
        // −log σ(log π_w − log π_l): −2.2 + 1.7, −2.5 + 3, −0.05 + 5.5
        double[] plain = {Math.log1p(Math.exp(0.5)), Math.log1p(Math.exp(-0.5)), Math.log1p(Math.exp(-5.45))};
        assertThat(new Typo(0.5, true, 2).on(pairs).toDoubles())
                .containsExactly(plus(plain, 0.15, 0.375, 0.25), within(1e-12));
    }

    @Test
    void theExpectationOfTheSampledDivergencesGradientIsExact() {
        double[] logits = {0.4, -0.3, 1.1, 0};
        double[] reference =
                Tensor.of(new double[] {0, 1, -0.5, 0.2}).logSoftmax(0).toDoubles();
        int v = logits.length;
        Tensor z = Tensor.of(logits).requiresGrad(true);
        double[] p = z.detach().softmax(0).toDoubles();
        Tensor expected = Tensor.zeros(DType.FLOAT64, Device.CPU);
        for (int a = 0; a < v; a++) {
            for (int b = 0; b < v; b++) {
                Tensor logs = z.logSoftmax(0)
                        .indexSelect(0, Tensor.of(new int[] {a, b}))
                        .reshape(2, 1);
                Tensor other = Tensor.of(new double[] {reference[a], reference[b]}, 2, 1);
                Samples two = new Samples(
                        new Sequences(logs, other.mul(0).add(1), Map.of(FrozenLogProbs.REFERENCE, other), 1), 2);
                expected = expected.add(new SampledKl(1, 2).of(two).sum().mul(p[a] * p[b]));
            }
        }
        expected.backward();
        double divergence = 0;
        for (int y = 0; y < v; y++) {
            divergence += p[y] * (Math.log(p[y]) - reference[y]);
        }
        assertThat(expected.item()).isCloseTo(divergence, within(1e-12));
        double[] gradient = z.grad().orElseThrow().toDoubles();
        for (int y = 0; y < v; y++) {
            double exact = p[y] * (Math.log(p[y]) - reference[y] - divergence);
            assertThat(gradient[y]).isCloseTo(exact, within(1e-12));
        }
    }

    @Test
    void samplesOfTwoKindsAreRefused() {
        assertThatThrownBy(() -> new Mixture(java.util.List.of(
                        new Mixture.Part(1, new Hypo(0.1, 0.1, 2)), new Mixture.Part(1, new Xpo(0.1, 0.1, 1)))))
                .hasMessageContaining("not of both");
        assertThat(new Mixture(java.util.List.of(
                                new Mixture.Part(1, new Typo(0.1, true, 3)), new Mixture.Part(1, new Xpo(0.1, 0.1, 1))))
                        .draws())
                .contains(new RequiredSamples(RequiredSamples.From.REFERENCE, 3));
        assertThatThrownBy(() -> new Hypo(0.1, 0.1, 1)).hasMessageContaining("below 2");
    }

    @Test
    void relativePoWeighsByHowAlikePromptsAre() {
        // The first two prompts are one, the third is at a right angle to them.
        Tensor embeddings = Tensor.of(new double[] {1, 0, 2, 0, 0, 3}, 3, 2);
        PairBatch pairs = Pairs.trl()
                .withContext(new Context(
                        Context.alone(3).ids(),
                        new Memory(),
                        Optional.empty(),
                        Map.of(RelativePo.PROMPT_EMBEDDING, embeddings),
                        Map.of()));
        double[] chosen = {-2.2 + 2.5, -2.5 + 2.3, -0.05 + 0.3};
        double[] rejected = {-1.7 + 1.7, -3 + 2.9, -5.5 + 4.2};
        double[][] distance = {{0, 0, 1}, {0, 0, 1}, {1, 1, 0}};
        double[] expected = new double[3];
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int j = 0; j < 3; j++) {
                sum += Math.exp(-distance[i][j] / 0.5);
            }
            for (int j = 0; j < 3; j++) {
                double weight = Math.exp(-distance[i][j] / 0.5) / sum;
                double z = 0.3 * weight * (chosen[i] - rejected[j]);
                expected[i] += Math.log1p(Math.exp(-z)) / 3;
            }
        }
        assertThat(new RelativePo(0.3, 0.5).on(pairs).toDoubles()).containsExactly(expected, within(1e-12));
        PairBatch alone = Pairs.trl(0)
                .withContext(new Context(
                        Context.alone(1).ids(),
                        new Memory(),
                        Optional.empty(),
                        Map.of(RelativePo.PROMPT_EMBEDDING, embeddings.narrow(0, 0, 1)),
                        Map.of()));
        assertThat(new RelativePo(0.3, 0.5).on(alone).item())
                .isCloseTo(new Dpo(0.3, 0).on(alone).item(), within(1e-12));
    }

    @Test
    void bcoMatchesTheUndesirableToThePromptsOfTheDesirable() {
        Sequences completions = Pairs.oneToken(0.4, -0.3, 1.2, 0.1);
        Tensor shares = Tensor.of(new double[] {0.9, 0.75, 0.999, 0.1}, 4, 1);
        Context context = new Context(
                Context.alone(4).ids(), new Memory(), Optional.empty(), Map.of(Bco.DESIRABILITY, shares), Map.of());
        Tensor labels = Tensor.of(new double[] {1, 0, 0, 0});
        double[] plain = new Bco(0.5, true, false)
                .on(SingleBatch.of(completions, labels).withContext(context))
                .toDoubles();
        double[] matched = new Bco(0.5, true, true)
                .on(SingleBatch.of(completions, labels)
                        .withContext(new Context(
                                context.ids(), new Memory(), Optional.empty(), context.features(), Map.of())))
                .toDoubles();
        double[] weights = {1, 3, 10, 0.5}; // 0.75/0.25; 999 cut at 10; 1/9 raised to ½
        for (int i = 0; i < 4; i++) {
            assertThat(matched[i]).isCloseTo(weights[i] * plain[i], within(1e-6));
        }
    }

    @Test
    void droIsTheSquaredResidual() {
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, Pairs.padded(new double[][] {{-1, -1}, {-2}}, 0));
        extras.put(CriticSignal.VALUE, Pairs.padded(new double[][] {{0.3, 9}, {-0.2}}, 0));
        double[][] policy = {{-0.5, -1.5}, {-1}};
        SingleBatch batch = SingleBatch.of(
                new Sequences(Pairs.padded(policy, 0), Pairs.mask(policy, 0), extras, 1),
                Tensor.of(new double[] {1, -0.5}));
        // Δ = 0 and 1; residuals 1 − 0.3 and −0.5 + 0.2 − 2
        assertThat(new Dro(2).on(batch).toDoubles())
                .containsExactly(new double[] {0.5 * 0.49, 0.5 * 2.3 * 2.3}, within(1e-12));
    }

    @Test
    void dphReadsItsRewardAtTheLastToken() {
        PairBatch base = Pairs.trl();
        PairBatch pairs = PairBatch.of(
                rewarded(base.chosen(), new double[][] {{9, 9, 1}, {9, -0.5}, {0.2}}),
                rewarded(base.rejected(), new double[][] {{9, 0.4}, {9, 9, 9, 0.3}, {9, -2}}));
        double[] chosen = {1, -0.5, 0.2};
        double[] rejected = {0.4, 0.3, -2};
        double[] dpo = new Dpo(0.3, 0.1).on(base).toDoubles();
        double[] contrastive = new double[3];
        double[] separate = new double[3];
        for (int i = 0; i < 3; i++) {
            contrastive[i] = smoothed(chosen[i] - rejected[i]);
            separate[i] = smoothed(chosen[i]) + smoothed(-rejected[i]);
        }
        assertThat(new Dph(0.3, 0.1, 1, Dph.Form.CONTRASTIVE, true).on(pairs).toDoubles())
                .containsExactly(plus(dpo, contrastive), within(1e-12));
        assertThat(new Dph(0.3, 0.1, 2, Dph.Form.SEPARATE, false).on(pairs).toDoubles())
                .containsExactly(plus(separate, separate), within(1e-12));
    }

    private static double smoothed(double z) {
        return 0.9 * Math.log1p(Math.exp(-z)) + 0.1 * Math.log1p(Math.exp(z));
    }

    private static Sequences rewarded(Sequences base, double[][] rewards) {
        Map<TokenSignal, Tensor> extras = new HashMap<>(base.extras());
        extras.put(Dph.REWARD, Pairs.padded(rewards, 0));
        extras.put(Dph.PROBED_REWARD, Pairs.padded(rewards, 0));
        return new Sequences(base.policy(), base.mask(), extras, 1);
    }
}
