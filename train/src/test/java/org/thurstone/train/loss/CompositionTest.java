package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.RecipeError;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.regulariser.Regulariser;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/** Mixtures, margins, and what is refused; {@link SpelledOutTest} compares compositions with the names that stand for them. */
class CompositionTest {

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
    void invalidArgumentsAreRejectedWithTheReason() {
        assertThatThrownBy(() -> Named.loss("{name: composed, link: classify, offset: {length: {alpha: 0.1}}}"))
                .isInstanceOf(RecipeError.class)
                .hasMessage("test.yaml:1: loss: offset length shifts the margin of a pair, and the link classify has no"
                        + " margin: leave the offset out");
        assertThatThrownBy(() -> Named.loss("{name: composed, score: log-prob, offset: positive-penalty}"))
                .isInstanceOf(RecipeError.class)
                .hasMessage(
                        "test.yaml:1: loss: offset positive-penalty compares with a reference, and the score log-prob"
                                + " has none: take a score with a reference, such as log-ratio");
        assertThatThrownBy(() -> Named.loss("{name: mixture, of: [{loss: dpo}, {loss: kto}]}"))
                .isInstanceOf(RecipeError.class)
                .hasMessage("test.yaml:1: loss: a mixture needs losses over the same kind of example, and these are:"
                        + " dpo over [pairs of completions], kto over [single rated completions]");
        assertThatThrownBy(() -> Named.loss("{name: mixture, of: []}")).isInstanceOf(RecipeError.class);
        assertThatThrownBy(() -> Named.loss("{name: dpo, beta: 0}"))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining("beta 0.0 is not a finite number above 0");
        SingleBatch singles = SingleBatch.of(Pairs.trl().chosen(), Tensor.of(new double[] {1, 0, 1}));
        assertThatThrownBy(() -> Named.loss("dpo").on(singles))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the loss dpo compares pairs of completions, and these are single rated completions: choose a"
                                + " loss for single rated completions, or make pairs of completions of the data first");
        assertThatThrownBy(() ->
                        Named.loss("{score: log-ratio, link: {squared: 5}}").on(singles))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "the loss composed compares pairs of completions, and these are single rated completions");
    }

    /** A regulariser that is not ours. */
    @Method(name = "stay-close", kind = "regulariser")
    record StayClose() implements Regulariser {
        @Override
        public Tensor of(Sequences better) {
            return better.logRatio().square();
        }

        @Override
        public Set<Signal> signals() {
            return Set.of(FrozenLogProbs.REFERENCE);
        }
    }

    @Test
    void regulariserWithReferenceNeedsAScoreWithReference() {
        Catalogue catalogue = Named.CATALOGUE.plus(List.of(StayClose.class));
        assertThatThrownBy(() -> Recipe.parse("loss:\n  score: log-prob\n  plus: [stay-close]", "r.yaml")
                        .bind(Named.Holder.class, catalogue))
                .hasMessage(
                        "r.yaml:3: loss: plus stay-close keeps close to a reference, and the score log-prob has none:"
                                + " take a score with a reference, such as log-ratio");
        Loss loss = Recipe.parse("loss: {plus: [stay-close, {nll: 0.2}, nll]}", "r.yaml")
                .bind(Named.Holder.class, catalogue)
                .loss();
        assertThat(loss.parts(Pairs.trl())).containsOnlyKeys("link", "stay-close", "nll");
    }

    @Test
    void aMarginInTheDataIsALeadToBeReached() {
        PairBatch batch = Pairs.trl().withMargin(Tensor.of(new double[] {1, 0, 2}));
        Loss loss = Named.loss("{name: composed, beta: 0.1, offset: {data-margin: {scale: 0.5}}}");
        assertThat(loss.on(batch).toDoubles()[0]).isCloseTo(Math.log1p(Math.exp(-(0.1 * 0.3 - 0.5))), within(1e-12));
    }
}
