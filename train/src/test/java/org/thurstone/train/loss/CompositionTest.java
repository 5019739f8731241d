package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;
import org.thurstone.recipe.RecipeError;
import org.thurstone.tensor.Tensor;

/** Losses that a recipe puts together, against the names that stand for them. */
class CompositionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: dpo, beta: 0.3} | {name: composed, score: log-ratio, beta: 0.3, link: logistic}",
                "{name: ipo, tau: 0.1, average: false} | {name: composed, score: log-ratio, link: {squared: {target: 5}}}",
                "{name: length-dpo, beta: 0.1, alpha: 0.01} | {name: composed, beta: 0.1, offset: {length: {alpha: 0.01}}}",
                "{name: simpo, beta: 2, gamma-ratio: 0.5} | {name: composed, score: mean-log-prob, beta: 2, offset: {target-margin: {gamma: 1}}}",
                "{name: rpo, beta: 0.1, eta: 0.05} | {name: composed, beta: 0.1, plus: [{nll: {weight: 0.005, averaging: sum}}]}",
                "{name: irpo, beta: 0.1, alpha: 2} | {name: mixture, of: [{loss: {name: dpo, beta: 0.1}}, {weight: 2, loss: {name: sft, averaging: completion}}]}",
                "{name: cpo, beta: 0.1} | {name: mixture, of: [{loss: {name: composed, score: log-prob, beta: 0.1}}, {loss: sft}]}",
                "{name: sppo, beta: 0.5} | {name: composed, link: {squared-each: {scale: 2, weight: 0.5}}}",
                "{name: exo, beta: 0.1, label-smoothing: 0.01} | {name: composed, beta: 0.1, link: {reverse-kl: {smoothing: 0.01}}}",
                "{name: orpo, lambda: 0.1} | {name: mixture, of: [{weight: 0.1, loss: {name: composed, score: log-odds}}, {loss: {name: sft, averaging: completion}}]}",
                "{name: dpop, beta: 0.3, lambda: 50} | {name: composed, beta: 0.3, offset: {positive-penalty: {lambda: 15}}}",
            })
    void aNameIsWhatItSpellsOut(String name, String spelled) {
        double[] expected = Named.loss(name).on(Pairs.trl()).toDoubles();
        assertThat(Named.loss(spelled).on(Pairs.trl()).toDoubles()).containsExactly(expected, within(1e-12));
    }

    @Test
    void mixturesAreWeightedSums() {
        double[] dpo = Named.loss("dpo").on(Pairs.trl()).toDoubles();
        double[] bco = Named.loss("bco-pair").on(Pairs.trl()).toDoubles();
        Loss mixture = Named.loss("{name: mixture, of: [{weight: 0.8, loss: dpo}, {weight: 0.2, loss: bco-pair}]}");
        double[] mixed = mixture.on(Pairs.trl()).toDoubles();
        for (int i = 0; i < 3; i++) {
            assertThat(mixed[i]).isCloseTo(0.8 * dpo[i] + 0.2 * bco[i], within(1e-12));
        }
        assertThat(mixture.parts(Pairs.trl())).containsOnlyKeys("dpo", "bco-pair");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Named.loss("{name: composed, link: classify, offset: {length: {alpha: 0.1}}}"))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining("has no margin");
        assertThatThrownBy(() -> Named.loss("{name: composed, score: log-prob, offset: positive-penalty}"))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining("compares with a reference");
        assertThatThrownBy(() -> Named.loss("{name: mixture, of: [{loss: dpo}, {loss: kto}]}"))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining("same kind of example");
        assertThatThrownBy(() -> Named.loss("{name: mixture, of: []}")).isInstanceOf(RecipeError.class);
        assertThatThrownBy(() -> Named.loss("{name: dpo, beta: 0}"))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining("beta 0.0 is not a finite number above 0");
        SingleBatch singles = SingleBatch.of(Pairs.trl().chosen(), Tensor.of(new double[] {1, 0, 1}));
        assertThatThrownBy(() -> Named.loss("dpo").on(singles))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("compares pairs of completions, and these are single rated completions");
    }

    @Test
    void aMarginInTheDataIsALeadToBeReached() {
        PairBatch batch = Pairs.trl().withMargin(Tensor.of(new double[] {1, 0, 2}));
        Loss loss = Named.loss("{name: composed, beta: 0.1, offset: {data-margin: {scale: 0.5}}}");
        assertThat(loss.on(batch).toDoubles()[0]).isCloseTo(Math.log1p(Math.exp(-(0.1 * 0.3 - 0.5))), within(1e-12));
    }
}
