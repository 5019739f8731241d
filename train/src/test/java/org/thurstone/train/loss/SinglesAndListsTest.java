package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.link.ReverseKl;
import org.thurstone.train.loss.list.ExoRewards;
import org.thurstone.train.loss.list.InfoNca;
import org.thurstone.train.loss.list.PlackettLuceDpo;
import org.thurstone.train.loss.list.Sami;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Gpo;
import org.thurstone.train.loss.single.Kto;
import org.thurstone.train.loss.single.MKto;

/** Values by hand and slopes, of losses over single completions and over lists. Completions have one token, so its log-ratio is Δ. */
class SinglesAndListsTest {

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static void isTheSlope(double[] at, java.util.function.Function<Sequences, Tensor> loss) {
        Sequences here = Pairs.oneToken(at);
        here.policy().requiresGrad(true);
        loss.apply(here).sum().backward();
        double[] gradient = here.policy().grad().orElseThrow().toDoubles();
        for (int i = 0; i < at.length; i++) {
            double kept = at[i];
            at[i] = kept + 1e-5;
            double up = loss.apply(Pairs.oneToken(at)).sum().item();
            at[i] = kept - 1e-5;
            double down = loss.apply(Pairs.oneToken(at)).sum().item();
            at[i] = kept;
            assertThat(gradient[i]).isCloseTo((up - down) / 2e-5, within(1e-8));
        }
    }

    @Test
    void ktoByHand() {
        // z0 = mean(0.4, 1.2) = 0.8
        SingleBatch batch = Pairs.mismatched(
                SingleBatch.of(Pairs.oneToken(2, -1), Tensor.of(new double[] {1, 0})), Pairs.oneToken(0.4, 1.2));
        assertThat(new Kto(0.5, 1.5, 2).each(batch).toDoubles())
                .containsExactly(
                        new double[] {1.5 * (1 - sigmoid(0.5 * 1.2)), 2 * (1 - sigmoid(0.5 * 1.8))}, within(1e-12));
        // a negative mean counts as 0, and then Δ = 0 costs one half
        SingleBatch low =
                Pairs.mismatched(SingleBatch.of(Pairs.oneToken(0), Tensor.of(new double[] {1})), Pairs.oneToken(-3));
        assertThat(new Kto(0.1, 1, 1).each(low).item()).isEqualTo(0.5);
        isTheSlope(
                new double[] {0.3, -0.4, 2},
                s -> new Kto(0.5, 1.5, 2)
                        .each(Pairs.mismatched(
                                SingleBatch.of(s, Tensor.of(new double[] {1, 0, 0.3})), Pairs.oneToken(0.4, 1.2))));
    }

    @Test
    void ktosBaselineHasNoGradient() {
        Sequences others = Pairs.oneToken(0.4, 1.2);
        others.policy().requiresGrad(true);
        Sequences own = Pairs.oneToken(2, -1);
        own.policy().requiresGrad(true);
        new Kto(0.5, 1, 1)
                .each(Pairs.mismatched(SingleBatch.of(own, Tensor.of(new double[] {1, 0})), others))
                .sum()
                .backward();
        assertThat(own.policy().grad()).isPresent();
        assertThat(others.policy().grad()).isEmpty();
    }

    @Test
    void bcoByHand() {
        // β·Δ = 1, 2 desirable, −1 undesirable: δ = ½·(1.5 − 1) = 0.25
        SingleBatch batch = SingleBatch.of(Pairs.oneToken(2, 4, -2), Tensor.of(new double[] {1, 1, 0}));
        assertThat(new Bco(0.5, true).each(batch).toDoubles())
                .containsExactly(
                        new double[] {-Math.log(sigmoid(0.75)), -Math.log(sigmoid(1.75)), -Math.log(sigmoid(1.25))},
                        within(1e-12));
    }

    @Test
    void scoresAreNoLabels() {
        SingleBatch batch = SingleBatch.of(Pairs.oneToken(2), Tensor.of(new double[] {7.5}));
        for (Supplier<Tensor> loss : java.util.List.<Supplier<Tensor>>of(
                () -> new Kto(0.1, 1, 1).each(batch), () -> new Bco(0.1, true).each(batch))) {
            assertThatThrownBy(loss::get)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("7.5")
                    .hasMessageContaining("set a threshold");
        }
    }

    @Test
    void singlesAreFiniteFarOut() {
        double[] far = {1e4, -1e4, 0};
        SingleBatch batch = Pairs.mismatched(
                SingleBatch.of(Pairs.oneToken(far), Tensor.of(new double[] {0, 1, 1})), Pairs.oneToken(1e4));
        assertThat(new Kto(1, 1, 1).each(batch).finite()).isTrue();
        assertThat(new Bco(1, true).each(batch).finite()).isTrue();
        assertThat(new MKto(1, 1, 1).each(batch).finite()).isTrue();
        assertThat(new Gpo(0.001).each(batch).finite()).isTrue();
    }

    @Test
    void gpoByHand() {
        SingleBatch batch = SingleBatch.of(Pairs.oneToken(2, -1), Tensor.of(new double[] {0.3, -0.1}));
        assertThat(new Gpo(0.1).each(batch).toDoubles()).containsExactly(new double[] {1, 0}, within(1e-12));
        isTheSlope(
                new double[] {0.3, -0.4, 2},
                s -> new Gpo(0.5).each(SingleBatch.of(s, Tensor.of(new double[] {1, -0.2, 0.3}))));
    }

    @Test
    void mKtoIsKtoOfItsSums() {
        isTheSlope(
                new double[] {0.3, -0.4, 2},
                s -> new MKto(0.5, 1.5, 2)
                        .each(Pairs.mismatched(
                                SingleBatch.of(s, Tensor.of(new double[] {1, 0, 0.3})), Pairs.oneToken(0.4, 1.2))));
    }

    private static ListBatch contrasts(Sequences rows) {
        return ListBatch.of(rows, Tensor.of(new double[] {1, 0, 0, 1, 1, 0, 0, 1}, 2, 4));
    }

    @Test
    void samiByHand() {
        double[] a = {0.5, -0.2, 0.1, 1.0, 0.3, -0.7, 0.2, -0.1};
        double[] loss = new Sami().each(contrasts(Pairs.oneToken(a))).toDoubles();
        for (int i = 0; i < 2; i++) {
            // Of two each cross-entropy is the logistic loss of a difference: rows, then columns.
            double d = a[4 * i] - a[4 * i + 1];
            double e = a[4 * i + 3] - a[4 * i + 2];
            double f = a[4 * i] - a[4 * i + 2];
            double g = a[4 * i + 3] - a[4 * i + 1];
            double expected =
                    -(Math.log(sigmoid(d)) + Math.log(sigmoid(e)) + Math.log(sigmoid(f)) + Math.log(sigmoid(g)));
            assertThat(loss[i]).isCloseTo(expected / 4, within(1e-12));
        }
        isTheSlope(a, s -> new Sami().each(contrasts(s)));
        assertThat(new Sami().each(contrasts(Pairs.oneToken(new double[8]))).toDoubles())
                .containsExactly(new double[] {Math.log(2), Math.log(2)}, within(1e-12));
        double[] far = {1e4, -1e4, -1e4, 1e4, -1e4, 1e4, 1e4, -1e4};
        Sequences extreme = Pairs.oneToken(far);
        extreme.policy().requiresGrad(true);
        Tensor each = new Sami().each(contrasts(extreme));
        each.sum().backward();
        assertThat(each.finite()).isTrue();
        assertThat(extreme.policy().grad().orElseThrow().finite()).isTrue();
        double[] long1 = new double[4096];
        java.util.Arrays.fill(long1, -3);
        double[][] lengths = {long1, {-1}, {-2}, long1, {-1}, long1, long1, {-4}};
        assertThat(new Sami().each(contrasts(Pairs.sequences(lengths, lengths))).finite())
                .isTrue();
    }

    private static ListBatch lists(Sequences rows) {
        // two lists: the best first and all different; two equal ones above a third
        return ListBatch.of(rows, Tensor.of(new double[] {3, 2, 1, 5, 5, 1}, 2, 3));
    }

    @Test
    void plackettLuceByHand() {
        double[] d = {0.5, -0.2, 0.1, 1.0, 0.3, -0.7};
        double[] loss = new PlackettLuceDpo(1).each(lists(Pairs.oneToken(d))).toDoubles();
        double first = Math.log(Math.exp(.5) + Math.exp(-.2) + Math.exp(.1)) - .5;
        double second = Math.log(Math.exp(-.2) + Math.exp(.1)) + .2;
        double field = Math.log(Math.exp(1.0) + Math.exp(.3) + Math.exp(-.7));
        assertThat(loss).containsExactly(new double[] {first + second, field - 1.0 + field - .3}, within(1e-12));
        isTheSlope(d, s -> new PlackettLuceDpo(0.7).each(lists(s)));
    }

    @Test
    void infoNcaByHand() {
        double[] d = {0.5, -0.2, 0.1, 1.0, 0.3, -0.7};
        double sum = Math.exp(3) + Math.exp(2) + Math.exp(1);
        double logSum = Math.log(Math.exp(.5) + Math.exp(-.2) + Math.exp(.1));
        double expected =
                -(Math.exp(3) * (.5 - logSum) + Math.exp(2) * (-.2 - logSum) + Math.exp(1) * (.1 - logSum)) / sum;
        assertThat(new InfoNca(1, 1).each(lists(Pairs.oneToken(d))).toDoubles()[0])
                .isCloseTo(expected, within(1e-12));
        isTheSlope(d, s -> new InfoNca(0.7, 2).each(lists(s)));
    }

    @Test
    void exoByHand() {
        double[] d = {0.5, -0.2, 0.1, 1.0, 0.3, -0.7};
        double[] q = {Math.exp(.5), Math.exp(-.2), Math.exp(.1)};
        double[] p = {Math.exp(3), Math.exp(2), Math.exp(1)};
        double sumQ = q[0] + q[1] + q[2];
        double sumP = p[0] + p[1] + p[2];
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            expected += q[i] / sumQ * Math.log(q[i] / sumQ * sumP / p[i]);
        }
        assertThat(new ExoRewards(1, 1).each(lists(Pairs.oneToken(d))).toDoubles()[0])
                .isCloseTo(expected, within(1e-12));
        isTheSlope(d, s -> new ExoRewards(0.7, 2).each(lists(s)));
    }

    @Test
    void exoOfTwoWithSoftLabelsIsThePairs() {
        double chance = 1 / (1 + Math.exp(-2));
        double pair = new ReverseKl(1e-9)
                .soft(
                        Tensor.of(new double[] {0.3 * 1.3}),
                        Tensor.of(new double[] {-0.3 * 1.3}),
                        Tensor.of(new double[] {chance}))
                .item();
        ListBatch two = ListBatch.of(Pairs.oneToken(-0.9, 0.4), Tensor.of(new double[] {0, 1}, 1, 2));
        assertThat(new ExoRewards(0.3, 0.5).each(two).item()).isCloseTo(pair, within(1e-6));
    }

    @Test
    void aListOfTwoIsAPair() {
        double dpo = new Dpo(0.3, 0)
                .each(PairBatch.of(Pairs.oneToken(0.4), Pairs.oneToken(-0.9)))
                .item();
        ListBatch two = ListBatch.of(Pairs.oneToken(-0.9, 0.4), Tensor.of(new double[] {0, 1}, 1, 2));
        assertThat(new PlackettLuceDpo(0.3).each(two).item()).isCloseTo(dpo, within(1e-12));
        assertThat(new InfoNca(0.3, 0.01).each(two).item()).isCloseTo(dpo, within(1e-12));
    }

    @Test
    void missingCompletionsAndTiesCostNothing() {
        Sequences three = Pairs.oneToken(0.4, -0.9, 1e4);
        ListBatch padded = new ListBatch(
                three,
                Tensor.of(new double[] {1, 0, 9}, 1, 3),
                Tensor.of(new double[] {1, 1, 0}, 1, 3),
                Tensor.of(new double[] {1}),
                Context.alone(1));
        ListBatch two = ListBatch.of(Pairs.oneToken(0.4, -0.9), Tensor.of(new double[] {1, 0}, 1, 2));
        for (ListLoss loss : java.util.List.of(new PlackettLuceDpo(0.3), new InfoNca(0.3, 1), new ExoRewards(0.3, 1))) {
            three.policy().requiresGrad(true);
            Tensor each = loss.each(padded);
            assertThat(each.item()).isCloseTo(loss.each(two).item(), within(1e-12));
            each.sum().backward();
            assertThat(three.policy().grad().orElseThrow().finite()).isTrue();
            assertThat(three.policy().grad().orElseThrow().toDoubles()[2]).isZero();
            three.policy().dropGrad();
        }
        ListBatch tied = ListBatch.of(Pairs.oneToken(0.4, -0.9), Tensor.of(new double[] {1, 1}, 1, 2));
        assertThat(new PlackettLuceDpo(0.3).each(tied).item()).isZero();
    }
}
