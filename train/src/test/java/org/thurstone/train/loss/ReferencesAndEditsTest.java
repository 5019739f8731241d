package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.link.Squared;
import org.thurstone.train.loss.pair.Bmc;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Mrpo;
import org.thurstone.train.loss.pair.Spac;
import org.thurstone.train.loss.score.ConfidentEdits;
import org.thurstone.train.loss.score.HarmonicReferences;
import org.thurstone.train.loss.score.PairScores;
import org.thurstone.train.loss.single.PointwiseDpo;
import org.thurstone.train.loss.single.Ulma;
import org.thurstone.train.signal.FrozenLogProbs;

/** MRPO, BMC, SPAC, point-wise DPO and ULMA, by hand. */
class ReferencesAndEditsTest {

    private static double logistic(double z) {
        return Math.log1p(Math.exp(-z));
    }

    private static Sequences side(double policy, double first, double second) {
        Tensor ones = Tensor.of(new double[] {1}, 1, 1);
        return new Sequences(
                ones.mul(policy),
                ones,
                Map.of(FrozenLogProbs.REFERENCE, ones.mul(first), FrozenLogProbs.SECOND_REFERENCE, ones.mul(second)),
                1);
    }

    private static final PairBatch TWO_REFERENCES = PairBatch.of(side(-1, -2, -1.5), side(-3, -4, -7));

    /** log of 1/((1 − α)/π_ref + α/π_second). */
    private static double mixed(double alpha, double first, double second) {
        return -Math.log((1 - alpha) * Math.exp(-first) + alpha * Math.exp(-second));
    }

    @Test
    void twoReferencesAreMixedHarmonically() {
        double infinite = Double.POSITIVE_INFINITY;
        PairScores fixed = new HarmonicReferences(0.3, false, infinite).of(TWO_REFERENCES);
        assertThat(fixed.chosen().item()).isCloseTo(-1 - mixed(0.3, -2, -1.5), within(1e-12));
        assertThat(fixed.rejected().item()).isCloseTo(-3 - mixed(0.3, -4, -7), within(1e-12));
        // α 0 is the first on its own, α 1 the second.
        assertThat(new Mrpo(0.4, 0, false, infinite).on(TWO_REFERENCES).item())
                .isCloseTo(new Dpo(0.4, 0).on(TWO_REFERENCES).item(), within(1e-12));
        PairScores second = new HarmonicReferences(1, false, infinite).of(TWO_REFERENCES);
        assertThat(second.chosen().item()).isCloseTo(0.5, within(1e-12));
        assertThat(second.rejected().item()).isCloseTo(4, within(1e-12));
        // However far apart, also where one of them all but excludes an answer.
        assertThat(new HarmonicReferences(0.5, false, infinite)
                        .of(side(-1, -2, -1e4))
                        .item())
                .isCloseTo(-1 + 1e4 + Math.log(0.5), within(1e-8));
    }

    @Test
    void adaptiveShareDependsOnHowWellAReferenceSeparatesThePair() {
        // |−1.5 + 7| = 5.5 against |−2 + 4| = 2.
        double alpha = 5.5 / 7.5;
        PairScores scores = new HarmonicReferences(0.1, true, Double.POSITIVE_INFINITY).of(TWO_REFERENCES);
        assertThat(scores.chosen().item()).isCloseTo(-1 - mixed(alpha, -2, -1.5), within(1e-12));
        PairScores swapped = new HarmonicReferences(0.1, true, Double.POSITIVE_INFINITY).of(TWO_REFERENCES.swapped());
        assertThat(swapped.rejected().item()).isCloseTo(scores.chosen().item(), within(1e-15));
        // Where neither does, they count alike.
        PairBatch blind = PairBatch.of(side(-1, -2, -3), side(-1, -2, -3));
        assertThat(new HarmonicReferences(0.1, true, Double.POSITIVE_INFINITY)
                        .of(blind)
                        .chosen()
                        .item())
                .isCloseTo(-1 - mixed(0.5, -2, -3), within(1e-12));
    }

    @Test
    void theSecondReferenceStaysWithinTheTrustRegion() {
        // b is 1.75 and 5.5: the chosen has 0.2·1.75/7.25 of room, the rejected 0.2·5.5/7.25.
        double chosenRoom = 0.2 * 1.75 / 7.25;
        double rejectedRoom = 0.2 * 5.5 / 7.25;
        PairScores scores = new HarmonicReferences(0.5, false, 0.2).of(TWO_REFERENCES);
        assertThat(scores.chosen().item()).isCloseTo(-1 - mixed(0.5, -2, -2 * (1 - chosenRoom)), within(1e-12));
        assertThat(scores.rejected().item()).isCloseTo(-3 - mixed(0.5, -4, -4 * (1 + rejectedRoom)), within(1e-12));
        assertThat(new Mrpo(0.4, 0.5, true, 0).on(TWO_REFERENCES).item())
                .as("no room at all")
                .isCloseTo(new Dpo(0.4, 0).on(TWO_REFERENCES).item(), within(1e-12));
    }

    @Test
    void editedTokensCountByHowLittleTheyWereExpected() {
        double[][] policy = {{-0.2, -1.5, -0.1}};
        Tensor reference = Pairs.padded(new double[][] {{-0.7, -1, -0.4}}, 0);
        Sequences row = new Sequences(
                Pairs.padded(policy, 0).requiresGrad(true),
                Pairs.mask(policy, 0),
                Map.of(
                        FrozenLogProbs.REFERENCE,
                        reference,
                        ConfidentEdits.CHANGED,
                        Pairs.padded(new double[][] {{1, 1, 0}}, 0)),
                1);
        double first = 1 + Math.exp(0.2);
        double second = 1 + 2; // 1/π is 4.48, above δ
        Tensor score = new ConfidentEdits(2).of(row);
        assertThat(score.item()).isCloseTo(first * 0.5 + second * -0.5 + 0.3, within(1e-12));
        score.sum().backward();
        assertThat(row.policy().grad().orElseThrow().toDoubles())
                .as("weights are given")
                .containsExactly(new double[] {first, second, 1}, within(1e-12));
        assertThat(new ConfidentEdits(0).of(row).item()).isCloseTo(0.3, within(1e-12));
        PairBatch pair = PairBatch.of(row, row);
        assertThat(new Bmc(0.3, 0).on(pair).item())
                .isCloseTo(new Dpo(0.3, 0).on(pair).item(), within(1e-12));
    }

    private static PairBatch sampled() {
        // Log-ratios: chosen 1, rejected −0.5; two samples of 0.2 and −1.
        Samples samples = new Samples(Pairs.oneToken(0.2, -1), 2);
        Context alone = Context.alone(1);
        return PairBatch.of(Pairs.oneToken(1), Pairs.oneToken(-0.5))
                .withContext(new Context(alone.ids(), alone.memory(), Optional.of(samples), Map.of(), Map.of()));
    }

    @Test
    void spacIsPreferenceAndPessimism() {
        double preference = logistic(2 * 1.5);
        double pessimism = (logistic(2 * 0.8) + logistic(2 * 2) + logistic(2 * -0.7) + logistic(2 * 0.5)) / 4;
        Spac spac = new Spac(2, 3, new Logistic(0), 2);
        assertThat(spac.on(sampled()).item()).isCloseTo(3 * preference + pessimism, within(1e-12));
        // A bounded linear term: −d + d²/(2R), and a constant R/2.
        double bound = 4;
        double linear = 0;
        for (double d : new double[] {1.6, 4, -1.4, 1}) {
            linear += (-d + d * d / (2 * bound) + bound / 2) / 4;
        }
        Loss bounded = Named.loss("{name: spac, beta: 2, lambda: 3, samples: 2, pessimism: {name: scaled, weight: "
                + 1 / (2 * bound) + ", link: {squared: 4}}}");
        assertThat(bounded.on(sampled()).item()).isCloseTo(3 * preference + linear, within(1e-12));
        assertThat(bounded.parts(sampled()).get("pessimism").item()).isCloseTo(linear, within(1e-12));
        // Pessimism does not depend on which is better.
        PairBatch soft = sampled().withProbability(Tensor.of(new double[] {0.25}));
        assertThat(new Spac(2, 1, new Squared(1), 2)
                        .parts(soft)
                        .get("pessimism")
                        .item())
                .isCloseTo(
                        new Spac(2, 1, new Squared(1), 2)
                                .parts(sampled())
                                .get("pessimism")
                                .item(),
                        within(1e-12));
        assertThat(spac.on(soft).item())
                .isCloseTo(3 * (0.25 * preference + 0.75 * logistic(-3)) + pessimism, within(1e-12));
    }

    @Test
    void singlesByTheirLogitOrTheirScore() {
        SingleBatch labels = SingleBatch.of(Pairs.oneToken(2, -1, 0.5), Tensor.of(new double[] {1, 0, 0.25}));
        double[] z = {2 * 0.5 + 0.3, -1 * 0.5 + 0.3, 0.5 * 0.5 + 0.3};
        assertThat(new PointwiseDpo(0.5, 0.3, false).each(labels).toDoubles())
                .containsExactly(
                        new double[] {logistic(z[0]), logistic(-z[1]), 0.25 * logistic(z[2]) + 0.75 * logistic(-z[2])},
                        within(1e-12));
        assertThat(new PointwiseDpo(0.5, 0.3, true).each(labels).toDoubles())
                .containsExactly(
                        new double[] {(1 - z[0]) * (1 - z[0]), z[1] * z[1], (0.25 - z[2]) * (0.25 - z[2])},
                        within(1e-12));
    }

    @Test
    void ulmaImitatesDemonstrations() {
        Sequences rows =
                Pairs.sequences(new double[][] {{-1, -2}, {-0.5}, {-3}}, new double[][] {{-2, -3}, {-1}, {-1}});
        SingleBatch labels = SingleBatch.of(rows, Tensor.of(new double[] {1, 0, 0}));
        assertThat(new Ulma(0.5, 0.3, false).each(labels).toDoubles())
                .containsExactly(new double[] {3, logistic(-0.55), logistic(0.7)}, within(1e-12));
        SingleBatch scores = SingleBatch.of(rows, Tensor.of(new double[] {1, 0.6, -2}));
        assertThat(new Ulma(0.5, 0.3, true).each(scores).toDoubles())
                .containsExactly(new double[] {3, 0.05 * 0.05, 1.3 * 1.3}, within(1e-12));
        assertThatThrownBy(() -> new Ulma(0.5, 0, false).each(scores))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("-2.0");
    }

    @Test
    void singlesAreFiniteFarOut() {
        double[] longRow = new double[4096];
        java.util.Arrays.fill(longRow, -3);
        double[][] policy = {{-1e4}, {-1e-9}, longRow, {0}};
        double[][] reference = {{-1}, {-1e4}, new double[4096], {-1}};
        for (double label : new double[] {0, 1}) {
            for (SingleLoss loss : new SingleLoss[] {
                new Ulma(1, 0, false), new Ulma(1, 0, true), new PointwiseDpo(1, 0, false), new PointwiseDpo(1, 0, true)
            }) {
                Sequences rows = Pairs.sequences(policy, reference);
                rows.policy().requiresGrad(true);
                Tensor each = loss.each(SingleBatch.of(rows, rows.constant(label)));
                assertThat(each.finite()).as("%s", loss).isTrue();
                each.sum().backward();
                assertThat(rows.policy().grad().orElseThrow().finite())
                        .as("gradient of %s", loss)
                        .isTrue();
            }
        }
    }
}
