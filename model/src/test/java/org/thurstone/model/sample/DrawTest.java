package org.thurstone.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.tensor.Tensor;

class DrawTest {

    /** Probabilities 0.1, 0.4, 0.2, 0.3, as logits with an arbitrary shift. */
    private static final double[] P = {0.1, 0.4, 0.2, 0.3};

    /** How often each token comes up over an even grid of uniforms: its probability, to the grid's width. */
    private static double[] frequencies(Sampling sampling, double... p) {
        int grid = 1000;
        float[] logits = new float[grid * p.length];
        double[] uniforms = new double[grid];
        for (int i = 0; i < grid; i++) {
            uniforms[i] = (i + 0.5) / grid;
            for (int v = 0; v < p.length; v++) {
                logits[i * p.length + v] = (float) (Math.log(p[v]) + 3);
            }
        }
        Draw.Drawn drawn = new Draw(sampling).from(Tensor.of(logits, grid, p.length), uniforms);
        double[] counts = new double[p.length];
        for (int token : drawn.tokens()) {
            counts[token] += 1.0 / grid;
        }
        return counts;
    }

    private static void assertDistribution(double[] seen, double... expected) {
        assertThat(seen).containsExactly(expected, within(0.0021));
    }

    @Test
    void drawsTheModelsOwnDistributionAtTemperatureOne() {
        assertDistribution(frequencies(Sampling.of(1, 1), P), P);
    }

    @Test
    void temperatureRaisesProbabilitiesToItsInverse() {
        // p² normalised: (1, 16, 4, 9) / 30.
        assertDistribution(frequencies(Sampling.of(0.5, 1), P), 1 / 30., 16 / 30., 4 / 30., 9 / 30.);
    }

    @Test
    void topKKeepsTheLikeliestAndRenormalises() {
        assertDistribution(
                frequencies(Sampling.of(1, 1).with(s -> s.topK = OptionalInt.of(2)), P), 0, 4 / 7., 0, 3 / 7.);
    }

    @Test
    void topKKeepsTokensTiedWithTheLast() {
        assertDistribution(
                frequencies(Sampling.of(1, 1).with(s -> s.topK = OptionalInt.of(2)), 0.2, 0.4, 0.2, 0.2),
                0.2,
                0.4,
                0.2,
                0.2);
    }

    @Test
    void topKBeyondTheVocabularyKeepsAllTokens() {
        assertDistribution(frequencies(Sampling.of(1, 1).with(s -> s.topK = OptionalInt.of(99)), P), P);
    }

    @Test
    void topPKeepsTheFewestThatReachIt() {
        // 0.4 alone falls short of 0.6; with 0.3 it is 0.7.
        assertDistribution(
                frequencies(Sampling.of(1, 1).with(s -> s.topP = OptionalDouble.of(0.6)), P), 0, 4 / 7., 0, 3 / 7.);
        assertDistribution(frequencies(Sampling.of(1, 1).with(s -> s.topP = OptionalDouble.of(0.01)), P), 0, 1, 0, 0);
        assertDistribution(frequencies(Sampling.of(1, 1).with(s -> s.topP = OptionalDouble.of(1)), P), P);
    }

    @Test
    void topPAppliesAfterTopK() {
        // Of (0.4, 0.3, 0.2) / 0.9 the first is 0.444, the first two 0.778.
        assertDistribution(
                frequencies(
                        Sampling.of(1, 1).with(s -> {
                            s.topK = OptionalInt.of(3);
                            s.topP = OptionalDouble.of(0.7);
                        }),
                        P),
                0,
                4 / 7.,
                0,
                3 / 7.);
        assertDistribution(
                frequencies(
                        Sampling.of(1, 1).with(s -> {
                            s.topK = OptionalInt.of(3);
                            s.topP = OptionalDouble.of(0.44);
                        }),
                        P),
                0,
                1,
                0,
                0);
    }

    @Test
    void minPIsRelativeToTheLikeliest() {
        // 0.3 × 0.4 = 0.12 keeps 0.2 and drops 0.1.
        assertDistribution(
                frequencies(Sampling.of(1, 1).with(s -> s.minP = OptionalDouble.of(0.3)), P),
                0,
                4 / 9.,
                2 / 9.,
                3 / 9.);
        assertDistribution(
                frequencies(
                        Sampling.of(1, 1).with(s -> {
                            s.minP = OptionalDouble.of(0.3);
                            s.topP = OptionalDouble.of(0.95);
                        }),
                        P),
                0,
                4 / 9.,
                2 / 9.,
                3 / 9.);
    }

    @Test
    void temperatureZeroTakesTheLikeliestAndTheFirstOfEquals() {
        assertDistribution(frequencies(Sampling.greedy(1), P), 0, 1, 0, 0);
        assertDistribution(frequencies(Sampling.greedy(1), 0.1, 0.4, 0.4, 0.1), 0, 1, 0, 0);
    }

    @Test
    void logProbabilitiesAreThoseOfTheWholeUntemperedDistribution() {
        float[] logits = new float[4];
        for (int v = 0; v < 4; v++) {
            logits[v] = (float) (Math.log(P[v]) - 2);
        }
        Draw.Drawn drawn = new Draw(Sampling.of(0.3, 1).with(s -> s.topK = OptionalInt.of(2)))
                .from(Tensor.of(logits, 1, 4), new double[] {0.999});
        assertThat(drawn.tokens()).containsExactly(3);
        assertThat(drawn.logProbs()[0]).isCloseTo((float) Math.log(0.3), within(1e-6f));
    }

    @Test
    void neverDrawsATokenOfProbabilityZero() {
        double[] edge = {0.0, Math.nextDown(1.0)};
        float inf = Float.NEGATIVE_INFINITY;
        float[] logits = {inf, 0, inf, 0, inf, inf, 0, inf, 0, inf};
        for (Sampling s :
                new Sampling[] {Sampling.of(1, 1), Sampling.of(1, 1).with(s -> s.topP = OptionalDouble.of(0.999))}) {
            Draw.Drawn drawn = new Draw(s).from(Tensor.of(logits, 2, 5), edge);
            assertThat(drawn.tokens()).containsExactly(1, 3);
        }
    }

    @Test
    void aTinyTemperatureIsGreedyWithoutOverflow() {
        float[] logits = {1e4f, 9.9e3f, -1e4f};
        assertThat(new Draw(Sampling.of(1e-30, 1))
                        .from(Tensor.of(logits, 1, 3), new double[] {0.999})
                        .tokens())
                .containsExactly(0);
    }

    @Test
    void aBrokenPolicyIsNotedAtOnce() {
        float[] logits = {0, Float.NaN, 1};
        assertThatThrownBy(() -> new Draw(Sampling.of(1, 1)).from(Tensor.of(logits, 1, 3), new double[] {0.5}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void settingsThatKeepNothingAreRefused() {
        assertThatThrownBy(() -> Sampling.of(-1, 1)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> Sampling.of(Double.NaN, 1)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> Sampling.of(1, 0)).hasMessageContaining("at most 0");
        assertThatThrownBy(() -> Sampling.of(1, 1).with(s -> s.topK = OptionalInt.of(0)))
                .hasMessageContaining("top-k");
        assertThatThrownBy(() -> Sampling.of(1, 1).with(s -> s.topP = OptionalDouble.of(0)))
                .hasMessageContaining("top-p");
        assertThatThrownBy(() -> Sampling.of(1, 1).with(s -> s.minP = OptionalDouble.of(1.5)))
                .hasMessageContaining("min-p");
        assertThatThrownBy(() -> Sampling.of(1, 1).with(s -> s.stopStrings = List.of("")))
                .hasMessageContaining("empty stop");
    }

    @Test
    void fineProbabilitiesOverALargeVocabularyAreNotRoundedAway() {
        // 32,000 equal tokens: the uniform that lies in the middle of token i's share draws i.
        int size = 32_000;
        int[] wanted = {0, 1, 12_345, size - 1};
        double[] uniforms =
                Arrays.stream(wanted).mapToDouble(i -> (i + 0.5) / size).toArray();
        Draw.Drawn drawn = new Draw(Sampling.of(1, 1))
                .from(Tensor.of(new float[wanted.length * size], wanted.length, size), uniforms);
        assertThat(drawn.tokens()).containsExactly(wanted);
        assertThat(IntStream.range(0, wanted.length).mapToDouble(i -> drawn.logProbs()[i]))
                .allSatisfy(l -> assertThat(l).isCloseTo(-Math.log(size), within(1e-5)));
    }
}
