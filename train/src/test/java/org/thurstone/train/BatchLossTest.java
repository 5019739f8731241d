package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.pair.*;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.single.*;
import org.thurstone.train.signal.FrozenLogProbs;

/** A batch cut into passes has the loss and the gradient of the whole. */
class BatchLossTest {

    private record Outcome(BatchResult result, double[] gradient, long read) {}

    static Stream<Arguments> losses() {
        List<TrainingExample> soft = Toys.pairs(17, 1, true);
        List<TrainingExample> hard = Toys.pairs(17, 2, false);
        List<TrainingExample> singles = Toys.singles(17, 3);
        return Stream.of(
                Arguments.of(new Dpo(0.1, 0), soft),
                Arguments.of(new Ipo(0.1, true), soft),
                Arguments.of(new SimPo(2, 0.5), soft),
                Arguments.of(new Cpo(0.1, 1, 0), soft), // averages over the tokens of the batch
                Arguments.of(new Aot(0.1, true, 0), hard), // sorts the batch
                Arguments.of(new Kto(0.1, 1, 1.2), singles), // a baseline over the batch
                Arguments.of(new Bco(0.1, true), singles),
                Arguments.of(new Sft(Averaging.BATCH), Toys.demonstrations(17, 4)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aSplitBatchHasTheGradientOfTheWhole(Loss loss, List<TrainingExample> examples) {
        Outcome whole = run(loss, examples, 1_000_000);
        assertThat(java.util.Arrays.stream(whole.gradient).map(Math::abs).max().orElseThrow())
                .isGreaterThan(1e-4);
        for (int tokens : new int[] {1, 40, 100}) {
            Outcome split = run(loss, examples, tokens);
            assertThat(split.result.loss()).isCloseTo(whole.result.loss(), within(1e-12));
            assertThat(split.gradient).containsExactly(whole.gradient, within(1e-12));
        }
    }

    @Test
    void onlyCoupledLossesReadABatchTwiceAndOnlyIfItIsSplit() {
        List<TrainingExample> pairs = Toys.pairs(17, 2, false);
        assertThat(run(new Dpo(0.1, 0), pairs, 40).read)
                .isEqualTo(run(new Dpo(0.1, 0), pairs, 1_000_000).read)
                .isEqualTo(run(new Aot(0.1, true, 0), pairs, 1_000_000).read);
        assertThat(run(new Aot(0.1, true, 0), pairs, 40).read).isEqualTo(2 * run(new Dpo(0.1, 0), pairs, 40).read);
    }

    @Test
    void theGradientIsTheSlopeOfTheBatchLoss() {
        List<TrainingExample> examples = Toys.pairs(5, 6, true);
        Loss loss = new Irpo(0.3, 0.7);
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1);
                Bigrams reference = Bigrams.random(Toys.VOCABULARY, 2)) {
            Seen seen = seen(policy, reference, loss, examples, 60);
            seen.learn(new Memory());
            double[] gradient = policy.logits().grad().orElseThrow().toDoubles();
            for (int cell = 0; cell < gradient.length; cell += 7) {
                double up = nudged(policy, seen, cell, 1e-5);
                double down = nudged(policy, seen, cell, -1e-5);
                assertThat(gradient[cell]).isCloseTo((up - down) / 2e-5, within(1e-7));
            }
        }
    }

    private static double nudged(Bigrams policy, Seen seen, int cell, double step) {
        var at = policy.logits().detach().reshape(-1).narrow(0, cell, 1);
        double before = at.item();
        at.add_(at.copy().mul(0).add(step));
        double loss = seen.look(new Memory()).loss();
        at.copy_(at.copy().mul(0).add(before));
        return loss;
    }

    private static Outcome run(Loss loss, List<TrainingExample> examples, int tokensPerPass) {
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1);
                Bigrams reference = Bigrams.random(Toys.VOCABULARY, 2)) {
            BatchResult result =
                    seen(policy, reference, loss, examples, tokensPerPass).learn(new Memory());
            return new Outcome(result, policy.logits().grad().orElseThrow().toDoubles(), policy.read);
        }
    }

    private static Seen seen(
            Bigrams policy, Bigrams reference, Loss loss, List<TrainingExample> examples, int tokensPerPass) {
        FrozenLogProbs frozen = FrozenLogProbs.compute(reference, "reference", LossTerm.toFreeze(loss, examples), 50);
        return Seen.of(
                policy,
                new LossTerm(loss, examples, TrainingInputs.reference(frozen)),
                TrainingSettings.of(1, 8, 1e-3, 0).with(s -> s.tokensPerPass = tokensPerPass));
    }
}
