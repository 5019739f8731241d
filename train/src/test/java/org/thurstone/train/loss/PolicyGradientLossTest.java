package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.single.PolicyGradient;
import org.thurstone.train.loss.single.PolicyGradient.Average;
import org.thurstone.train.loss.single.PolicyGradient.Ratio;
import org.thurstone.train.loss.single.Reinforce;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TokenSignal;

/** Surrogates of policy gradients against TRL's figures, by hand, by differences, and at extremes. */
class PolicyGradientLossTest {

    private static final double[] NEW = {-1.0, -0.5, -2.0, -0.3, -1.2, 0, -0.7, -0.1, -0.4, -2.5, 0, 0};
    private static final double[] OLD = {-1.3, -0.45, -1.6, -0.3, -1.5, 0, -0.5, -0.4, -0.35, -1.9, 0, 0};
    private static final double[] REFERENCE = {-1.1, -0.9, -1.9, -0.4, -1.0, 0, -0.9, -0.2, -0.1, -2.0, 0, 0};
    private static final double[] MASK = {1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0};
    private static final double[] ADVANTAGE = {1.2, -0.8, 0.5, -0.9};

    /** The mean loss of the batch, and its gradient by the log-probabilities. */
    private record Seen(double loss, double[] gradient) {}

    private static Seen look(SingleLoss loss, double[] policy, Map<TokenSignal, Tensor> more) {
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        extras.put(FrozenLogProbs.REFERENCE, Tensor.of(REFERENCE, 4, 3));
        extras.putAll(more);
        Tensor leaf = Tensor.of(policy, 4, 3).requiresGrad(true);
        Sequences rows = new Sequences(leaf, Tensor.of(MASK, 4, 3), extras, 9 / 4.0);
        Tensor mean = loss.each(SingleBatch.of(rows, Tensor.of(ADVANTAGE, 4))).mean();
        mean.backward();
        return new Seen(mean.item(), leaf.gradient().toDoubles());
    }

    private static Seen look(SingleLoss loss) {
        return look(loss, NEW, Map.of(PolicyGradient.BEHAVIOUR, Tensor.of(OLD, 4, 3)));
    }

    private static PolicyGradient loss(Ratio ratio, double kl, Average average, double length) {
        return new PolicyGradient(ratio, 0.2, 0.28, kl, average, length);
    }

    private static void is(PolicyGradient loss, double value, double... gradient) {
        try (Scope scope = Scope.open()) {
            Seen seen = look(loss);
            assertThat(seen.loss).as("%s", loss).isCloseTo(value, within(1e-9));
            assertThat(seen.gradient).as("%s", loss).containsExactly(gradient, within(1e-9));
        }
    }

    /** TRL 1.13.0's GRPOTrainer and RLOOTrainer on these log-probabilities, clipped at 0.8 and 1.28. */
    @Test
    void trlsFiguresAreMet() {
        is(
                loss(Ratio.TOKEN, 0, Average.SEQUENCE, 1),
                -0.0022507403618139687,
                0,
                -0.0951229424500714,
                -0.06703200460356393,
                0.1,
                0.13498588075760032,
                0,
                -0.03411378137824925,
                0,
                -0.039634559354196415,
                0,
                0,
                0);
        is(
                loss(Ratio.TOKEN, 0.3, Average.SEQUENCE, 1),
                0.013731245568980283,
                0.0023790645491010114,
                -0.08688094360096238,
                -0.06966127755545512,
                0.10356859682365152,
                0.12668327732659396,
                0,
                -0.029582050205198794,
                0.0023790645491010114,
                -0.04838102954359649,
                -0.04865409530250961,
                0,
                0);
        is(
                loss(Ratio.TOKEN, 0.3, Average.BATCH, 1),
                -0.2564819294502371,
                0.0031720860654680175,
                -0.1158412581346165,
                -0.0928817034072735,
                0.09206097495435692,
                0.11260735762363908,
                0,
                -0.03944273360693172,
                0.0031720860654680175,
                -0.06450803939146199,
                -0.02162404235667094,
                0,
                0);
        is(
                loss(Ratio.TOKEN, 0.3, Average.FIXED, 5),
                -0.1154168682526067,
                0.0014274387294606079,
                -0.05212856616057743,
                -0.04179676653327307,
                0.041427438729460614,
                0.050673310930637594,
                0,
                -0.017749230123119276,
                0.0014274387294606079,
                -0.0290286177261579,
                -0.009730819060501921,
                0,
                0);
        // DAPO: all tokens that were drawn are these nine.
        assertThat(9 / 4.0).isEqualTo(2.25);
        is(
                loss(Ratio.TOKEN, 0, Average.FIXED, 2.25),
                -0.26743915637468546,
                0,
                -0.12683058993342852,
                -0.08937600613808525,
                0.08888888888888889,
                0.1199874495623114,
                0,
                -0.04548504183766566,
                0,
                -0.05284607913892855,
                0,
                0,
                0);
        is(
                loss(Ratio.MEAN, 0.3, Average.SEQUENCE, 1),
                0.01587921582795404,
                -0.09274387790097038,
                -0.08688094360096238,
                -0.09775221540196259,
                0.11975202109647982,
                0.10788082084182193,
                0,
                -0.03783519925971042,
                -0.039987865883659865,
                -0.05111340062216095,
                -0.04865409530250961,
                0,
                0);
        is(
                loss(Ratio.SEQUENCE, 0, Average.SEQUENCE, 1),
                0.06035048154068029,
                -0.25821239292751735,
                -0.25821239292751735,
                -0.25821239292751735,
                0.26997176151520064,
                0.26997176151520064,
                0,
                -0.13140888704700301,
                -0.13140888704700301,
                -0.13140888704700301,
                0,
                0,
                0);
    }

    @Test
    void onPolicyRatioIsOneAndGradientEqualsReinforce() {
        try (Scope scope = Scope.open()) {
            Seen own = look(loss(Ratio.SEQUENCE, 0, Average.SEQUENCE, 1), NEW, Map.of());
            Seen reinforce = look(new Reinforce(0), NEW, Map.of());
            assertThat(own.gradient).containsExactly(reinforce.gradient, within(1e-12));
            Seen tokens = look(loss(Ratio.TOKEN, 0, Average.SUM, 1), NEW, Map.of());
            assertThat(tokens.gradient).containsExactly(reinforce.gradient, within(1e-12));
            assertThat(own.loss).isCloseTo(-Arrays.stream(ADVANTAGE).sum() / 4, within(1e-12));
        }
    }

    @Test
    void secondTermOfReinforceIsTheLogRatioOfEachToken() {
        try (Scope scope = Scope.open()) {
            Seen seen = look(new Reinforce(0.5), NEW, Map.of());
            for (int t = 0; t < NEW.length; t++) {
                double expected = MASK[t] * (-ADVANTAGE[t / 3] + 0.5 * (NEW[t] - REFERENCE[t])) / 4;
                assertThat(seen.gradient[t]).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void advantagesOfTokensTakeThePlaceOfTheCompletions() {
        double[] tokens = new double[12];
        double[] spread = new double[12];
        for (int t = 0; t < 12; t++) {
            tokens[t] = 0.1 * t - 0.4;
            spread[t] = ADVANTAGE[t / 3];
        }
        try (Scope scope = Scope.open()) {
            PolicyGradient loss = loss(Ratio.TOKEN, 0, Average.SUM, 1);
            Seen seen = look(loss, NEW, Map.of(PolicyGradient.ADVANTAGES, Tensor.of(tokens, 4, 3)));
            for (int t = 0; t < 12; t++) {
                assertThat(seen.gradient[t]).isCloseTo(-MASK[t] * tokens[t] / 4, within(1e-12));
            }
            Seen same = look(
                    loss,
                    NEW,
                    Map.of(
                            PolicyGradient.ADVANTAGES,
                            Tensor.of(spread, 4, 3),
                            PolicyGradient.BEHAVIOUR,
                            Tensor.of(OLD, 4, 3)));
            assertThat(same.gradient).containsExactly(look(loss).gradient, within(1e-12));
        }
    }

    @Test
    void gradientsAreThoseOfDifferences() {
        for (PolicyGradient loss : List.of(
                loss(Ratio.TOKEN, 0.3, Average.SEQUENCE, 1),
                loss(Ratio.SEQUENCE, 0.3, Average.BATCH, 1),
                loss(Ratio.MEAN, 0.3, Average.FIXED, 7),
                loss(Ratio.TOKEN, 0.3, Average.SUM, 1))) {
            double[] gradient = look(loss).gradient;
            for (int t = 0; t < NEW.length; t++) {
                double[] up = NEW.clone();
                double[] down = NEW.clone();
                up[t] += 1e-6;
                down[t] -= 1e-6;
                try (Scope scope = Scope.open()) {
                    Map<TokenSignal, Tensor> old = Map.of(PolicyGradient.BEHAVIOUR, Tensor.of(OLD, 4, 3));
                    double slope = (look(loss, up, old).loss - look(loss, down, old).loss) / 2e-6;
                    assertThat(gradient[t]).as("%s at %s", loss, t).isCloseTo(slope, within(1e-7));
                }
            }
        }
    }

    @Test
    void extremesStayFinite() {
        for (double far : new double[] {1e4, -1e4}) {
            double[] moved = Arrays.stream(NEW).map(x -> x + far).toArray();
            for (Ratio ratio : Ratio.values()) {
                for (Average average : Average.values()) {
                    try (Scope scope = Scope.open()) {
                        Seen seen = look(
                                loss(ratio, 0.3, average, 3),
                                moved,
                                Map.of(PolicyGradient.BEHAVIOUR, Tensor.of(OLD, 4, 3)));
                        assertThat(seen.loss).isFinite();
                        assertThat(Arrays.stream(seen.gradient).allMatch(Double::isFinite))
                                .isTrue();
                    }
                }
            }
        }
        try (Scope scope = Scope.open()) {
            // A completion of 4,096 tokens, and one without any.
            double[] long4096 = new double[2 * 4096];
            double[] mask = new double[2 * 4096];
            Arrays.fill(long4096, -1);
            Arrays.fill(mask, 0, 4096, 1);
            Tensor leaf = Tensor.of(long4096, 2, 4096).requiresGrad(true);
            Sequences rows = new Sequences(leaf, Tensor.of(mask, 2, 4096), Map.of(), 2048);
            for (Average average : Average.values()) {
                Tensor each = loss(Ratio.SEQUENCE, 0, average, 3)
                        .each(SingleBatch.of(rows, Tensor.of(new double[] {1, -1}, 2)));
                assertThat(each.finite()).isTrue();
                assertThat(each.toDoubles()[1]).isZero();
            }
        }
    }

    @Test
    void invalidArgumentsAreRejected() {
        assertThatThrownBy(() -> new PolicyGradient(Ratio.TOKEN, 1.5, 0.2, 0, Average.SUM, 1))
                .hasMessageContaining("clip-low");
        assertThatThrownBy(() -> new PolicyGradient(Ratio.TOKEN, 0.2, -1, 0, Average.SUM, 1))
                .hasMessageContaining("clip-high");
        assertThatThrownBy(() -> new PolicyGradient(Ratio.TOKEN, 0.2, 0.2, 0, Average.FIXED, 0))
                .hasMessageContaining("length");
    }
}
