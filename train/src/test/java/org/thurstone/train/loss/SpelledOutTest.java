package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.signal.TokenSignal;

/** What a recipe puts together is what the name stands for: values and gradients, on random batches with ties, soft labels and margins. */
class SpelledOutTest {

    private static final int SAMPLES = 4;

    record Pair(PairBatch batch, List<Tensor> leaves) {}

    private static Pair pairs(long seed) {
        Random random = new Random(seed);
        double[] probability = {1, 0.7, 0.5, 1, 0.95, 0.6};
        int n = probability.length;
        Sequences chosen = sequences(random, n);
        Sequences rejected = sequences(random, n);
        Sequences drawn = sequences(random, n * SAMPLES);
        Context alone = Context.alone(n);
        PairBatch batch = PairBatch.of(chosen, rejected)
                .withProbability(Tensor.of(probability))
                .withMargin(Tensor.of(random.doubles(n, 0, 2).toArray()))
                .withContext(new Context(
                        alone.ids(), alone.memory(), Optional.of(new Samples(drawn, SAMPLES)), Map.of(), Map.of()));
        return new Pair(batch, List.of(chosen.policy(), rejected.policy(), drawn.policy()));
    }

    /** With log-probabilities of both references, and numbers of at least 0 for all else that a loss may need at each token. */
    private static Sequences sequences(Random random, int n) {
        double[][] policy = Pairs.random(random, n, 7);
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        for (TokenSignal signal : TokenSignals.ALL) {
            double[][] values = TokenSignals.ofPolicy(signal)
                    ? Pairs.like(random, policy)
                    : Arrays.stream(policy)
                            .map(row -> random.doubles(row.length, 0, 2).toArray())
                            .toArray(double[][]::new);
            extras.put(signal, Pairs.padded(values, 1));
        }
        double meanLength =
                Arrays.stream(policy).mapToInt(r -> r.length).average().orElseThrow();
        return new Sequences(Pairs.padded(policy, 1).requiresGrad(true), Pairs.mask(policy, 1), extras, meanLength);
    }

    private static double[] valuesAndGradients(Loss loss, long seed) {
        try (Scope scope = Scope.open()) {
            Pair pair = pairs(seed);
            Tensor each = loss.on(pair.batch());
            each.sum().backward();
            List<double[]> all = new java.util.ArrayList<>(List.of(each.toDoubles()));
            pair.leaves()
                    .forEach(l ->
                            all.add(l.grad().map(Tensor::toDoubles).orElseGet(() -> new double[(int) l.count()])));
            return all.stream().flatMapToDouble(Arrays::stream).toArray();
        }
    }

    private static void same(Loss named, Loss spelled) {
        for (long seed = 0; seed < 20; seed++) {
            double[] expected = valuesAndGradients(named, seed);
            double[] actual = valuesAndGradients(spelled, seed);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                double scale = Math.max(1, Math.abs(expected[i]));
                assertThat(actual[i] / scale)
                        .as("%s, seed %d, %d", named, seed, i)
                        .isCloseTo(expected[i] / scale, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dpo | {score: log-ratio, beta: 0.1}",
                "{name: dpo, beta: 0.3, label-smoothing: 0.2} | {score: log-ratio, beta: 0.3, link: {logistic: 0.2}}",
                "{name: cdpo, label-smoothing: 0.1} | {link: {logistic: 0.1}, beta: 0.1}",
                "rdpo | {link: {unbiased: 0.1}, beta: 0.1}",
                "{ipo: 0.1} | {score: mean-log-ratio, link: {squared: 5}}",
                "{name: ipo, tau: 0.25, average: false} | {score: log-ratio, link: {squared: 2}}",
                "slic | {link: hinge, beta: 0.1}",
                "{name: slic-hf, delta: 2, lambda: 0.3} | {score: log-prob, link: {hinge: 2}, plus: [{nll: {weight:"
                        + " 0.3, averaging: sum}}]}",
                "{name: simpo, beta: 2, gamma-ratio: 0.5} | {score: mean-log-prob, beta: 2, offset: {target-margin:"
                        + " 1}}",
                "{name: alphapo, alpha: 0.25, beta: 2, gamma-ratio: 0.5} | {score: {alpha-mean: 0.25}, beta: 2,"
                        + " offset: {target-margin: 1}}",
                "cpo | {score: log-prob, beta: 0.1, plus: [{nll: {weight: 1, averaging: batch}}]}",
                "orpo | {score: log-odds, link: {scaled: {weight: 0.1, link: logistic}}, plus: [{nll: 1}]}",
                "{rpo: 0.1} | {beta: 0.1, link: logistic, plus: [{nll: {weight: 0.0005, averaging: sum}}]}",
                "{name: irpo, alpha: 0.7} | {beta: 0.1, plus: [{nll: 0.7}], score: log-ratio}",
                "length-dpo | {beta: 0.1, offset: {length: 0.01}}",
                "ld-dpo | {beta: 0.1, score: {shared-length: 0.5}}",
                "normalised-dpo | {beta: 0.1, score: mean-log-ratio}",
                "dpop | {beta: 0.3, offset: {positive-penalty: 15}}",
                "discopop | {beta: 0.05, link: {log-ratio-modulated: 0.05}}",
                "exo | {beta: 0.1, link: {reverse-kl: 0.001}}",
                "irepo | {beta: 0.1, link: {squared-logit: 0.05}}",
                "{sppo: 0.1} | {link: {squared-each: {scale: 10, weight: 0.5}}}",
                "{sppo-hard: 0.1} | {link: {squared-each: {scale: 10, weight: 1}}}",
                "bco-pair | {beta: 0.1, link: classify}",
                "apo-zero | {beta: 0.1, link: saturating}",
                "nca-pair | {beta: 0.1, link: noise-contrast}",
                "alpha-divergence-dpo | {beta: 0.1, score: {alpha-divergence: 0.5}}",
                "forward-kl-dpo | {beta: 0.1, score: forward-kl}",
                "jensen-shannon-dpo | {beta: 0.1, score: jensen-shannon}",
                "iterpref | {beta: 0.1, score: weighted-log-ratio}",
                "mrpo | {beta: 0.1, score: {harmonic-references: {share: 0.5, adaptive: true, trust: 0.1}}}",
                "{name: mrpo, share: 0, adaptive: false} | {beta: 0.1, score: log-ratio}",
                "bmc | {beta: 0.05, score: {confident-edits: 2}}",
                "{name: m-dpo, beta: 0.2, nll: 0.5} | {score: log-ratio, beta: 0.2, plus: [{nll: 0.5}]}",
                "dove | {score: log-ratio, beta: 0.1}",
                "{name: sequential-dpo, beta: 0.2, lambda: 0.4} | {beta: 0.2, offset: {earlier-reward: 0.08}}",
                "{name: rationale-dpo, gamma: 0.3} | {beta: 0.1, plus: [{rationale: {gamma: 0.3}}]}",
                "{name: inpo, eta: 0.4, tau: 0.1} | {score: {two-references: 0.75}, link: {squared: 1.25}}",
            })
    void byHand(String named, String spelled) {
        Loss loss = Named.loss(spelled);
        assertThat(loss).isInstanceOf(Composed.class);
        same(Named.loss(named), loss);
    }

    static List<Preset> presets() {
        return Named.pairLosses().stream()
                .filter(Preset.class::isInstance)
                .map(Preset.class::cast)
                .toList();
    }

    /** Every preset there is, as {@code methods} and a run's recipe spell it out. */
    @ParameterizedTest
    @MethodSource("presets")
    void byItsOwnComposition(Preset preset) {
        String rendered = Recipe.render(new Named.Holder(preset.composition()));
        assertThat(rendered).startsWith("loss:\n  name: composed\n");
        String nameless = rendered.replaceFirst("  name: composed\n", "");
        same(
                preset,
                Recipe.parse(nameless, "spelled-out")
                        .bind(Named.Holder.class, Named.CATALOGUE)
                        .loss());
    }

    @Test
    void mixturesOfSpelledOutLosses() {
        same(
                Named.loss("{mixture: [{weight: 0.8, loss: dpo}, {weight: 0.2, loss: bco-pair}, {loss: {sft:"
                        + " completion}}]}"),
                Named.loss("""
                    {mixture: [{weight: 0.8, loss: {score: log-ratio, beta: 0.1}},
                               {weight: 0.2, loss: {beta: 0.1, link: classify}},
                               {weight: 1, loss: {sft: completion}}]}\
                    """));
        same(
                Named.loss("{mixture: [{weight: 0.8, loss: dpo}, {weight: 0.5, loss: {sft: completion}}]}"),
                Named.loss("{score: log-ratio, beta: 0.1, link: {scaled: {weight: 0.8, link: logistic}}, plus: [{nll:"
                        + " 0.5}]}"));
    }

    @Test
    void overSingles() {
        Function<Loss, double[]> values = loss -> loss.on(SingleBatch.of(
                        Pairs.sequences(
                                new double[][] {{-1, -2}, {-0.5}, {-3}}, new double[][] {{-2, -1}, {-0.1}, {-1}}),
                        Tensor.of(new double[] {1, 0, 0.3})))
                .toDoubles();
        assertThat(values.apply(Named.loss("{beta: 0.1, link: {classify: 0.4}}")))
                .containsExactly(values.apply(Named.loss("{name: pointwise-dpo, shift: 0.4}")), within(1e-12));
        assertThat(values.apply(Named.loss("{beta: 0.1, link: {regression: 0.4}}")))
                .containsExactly(
                        values.apply(Named.loss("{name: pointwise-dpo, shift: 0.4, scores: true}")), within(1e-12));
    }

    @Test
    void overLists() {
        Function<Loss, double[]> values = loss -> loss.on(ListBatch.of(
                        Pairs.sequences(
                                new double[][] {{-1, -2}, {-0.5}, {-3}, {-0.2, -0.1}, {-1}, {-2}},
                                new double[][] {{-2, -1}, {-0.1}, {-1}, {-0.9, -0.4}, {-1.5}, {-0.3}}),
                        Tensor.of(new double[] {3, 1, 2, 0.5, 0.1, 0.9}, 2, 3)))
                .toDoubles();
        assertThat(values.apply(Named.loss("{beta: 0.1, link: plackett-luce}")))
                .containsExactly(values.apply(Named.loss("plackett-luce-dpo")), within(1e-12));
        assertThat(values.apply(Named.loss("{beta: 0.05, link: {every-pair: {link: logistic, weights: lambda}}}")))
                .containsExactly(values.apply(Named.loss("lipo")), within(1e-12));
        assertThat(values.apply(Named.loss("{score: mean-log-prob, link: gap-ranking}")))
                .containsExactly(values.apply(Named.loss("{pro: 0}")), within(1e-12));
        assertThat(values.apply(Named.loss("{beta: 0.1, link: {softmax-target: 0.5}}")))
                .containsExactly(values.apply(Named.loss("{name: info-nca, alpha: 0.5}")), within(1e-12));
    }
}
