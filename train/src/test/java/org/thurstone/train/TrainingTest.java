package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Feasible;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.SimPo;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Kto;
import org.thurstone.train.signal.FrozenLogProbs;

class TrainingTest {

    @TempDir
    Path folder;

    /** Against the policy as it is. */
    private static LossTerm term(Bigrams policy, Loss loss, List<TrainingExample> data) {
        try (Bigrams reference = policy.snapshot()) {
            return new LossTerm(
                    loss,
                    data,
                    TrainingInputs.reference(
                            FrozenLogProbs.compute(reference, "start", LossTerm.toFreeze(loss, data), 100)));
        }
    }

    @Test
    void preferencesAreLearnedAndTheHeldOutFiguresShowIt() {
        List<TrainingExample> all = Toys.evenOverOdd(96, 1);
        List<TrainingExample> train = all.subList(0, 64);
        List<TrainingExample> heldOut = all.subList(64, 96);
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1)) {
            TrainingSettings settings = TrainingSettings.of(4, 16, 0.05, 7);
            LossTerm both = term(policy, new Dpo(0.5, 0), all);
            LossTerm data = both.over(train);
            List<Evaluation> evaluations = new ArrayList<>();
            List<StepMetrics> steps = new ArrayList<>();
            TrainingObserver observer = new TrainingObserver() {
                @Override
                public void step(StepMetrics metrics) {
                    steps.add(metrics);
                }

                @Override
                public void evaluation(long step, Evaluation evaluation) {
                    evaluations.add(evaluation);
                }
            };
            try (Trainer trainer = Trainer.of(policy, data, settings)) {
                trainer.run(new Epochs(data, settings), 0, Optional.of(both.over(heldOut)), observer);
            }
            assertThat(steps).hasSize(16);
            assertThat(evaluations).hasSize(5);
            Evaluation first = evaluations.getFirst();
            Evaluation last = evaluations.getLast();
            // A policy against its own copy: every margin is 0, so no pair is won, and the loss is log 2.
            assertThat(first.loss()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(first.pairs().orElseThrow().rewards().accuracies()).isZero();
            assertThat(first.divergence()).isCloseTo(0, within(1e-12));
            assertThat(last.loss()).isLessThan(0.3);
            assertThat(last.pairs().orElseThrow().rewards().accuracies()).isGreaterThan(0.95);
            assertThat(last.pairs().orElseThrow().low())
                    .isGreaterThan(0.8)
                    .isLessThan(last.pairs().orElseThrow().rewards().accuracies());
            assertThat(last.divergence()).isPositive();
            // chosen ones have 3 tokens, rejected ones 4
            assertThat(last.pairs().orElseThrow().shorterWins()).isEqualTo(1);
            assertThat(last.pairs().orElseThrow().longerWins()).isZero();
            long tokens = train.stream().mapToLong(TrainingExample::size).sum();
            assertThat(steps.subList(0, 4).stream()
                            .mapToLong(StepMetrics::tokens)
                            .sum())
                    .isEqualTo(tokens);
        }
    }

    @Test
    void killedTrainingResumesWithTheSameNumbers() {
        List<TrainingExample> data = Toys.singles(30, 1);
        TrainingSettings settings = TrainingSettings.of(3, 8, 0.03, 5).with(s -> s.tokensPerPass = 60);
        Loss loss = new Feasible(new Bco(0.3, true), 0.5, 0.5, 1); // remembers a running mean, and something of each
        List<Double> whole;
        double[] end;
        LossTerm term;
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1)) {
            term = term(policy, loss, data);
            whole = Seen.losses(policy, term, settings);
            end = policy.logits().toDoubles();
        }
        List<Double> parts = new ArrayList<>();
        Path state = folder.resolve("state.safetensors");
        Epochs epochs = new Epochs(term, settings);
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1);
                Trainer trainer = Trainer.of(policy, term, settings)) {
            parts.addAll(Seen.losses(trainer, epochs, 0, 5));
            trainer.save(state, epochs.key(), 5);
            Seen.losses(trainer, epochs, 5, 6); // lost with the process
        }
        // another process: other parameters until the state is restored
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 99);
                Trainer trainer = Trainer.of(policy, term, settings)) {
            long from = trainer.restore(state, epochs.key());
            assertThat(from).isEqualTo(5);
            parts.addAll(Seen.losses(trainer, epochs, from, epochs.steps()));
            assertThat(policy.logits().toDoubles()).isEqualTo(end);
        }
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void theStateOfAnotherTrainingIsRefused() {
        List<TrainingExample> data = Toys.pairs(8, 1, false);
        Path state = folder.resolve("state.safetensors");
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1)) {
            TrainingSettings settings = TrainingSettings.of(1, 4, 0.1, 1);
            LossTerm term = term(policy, new Dpo(0.1, 0), data);
            try (Trainer trainer = Trainer.of(policy, term, settings)) {
                trainer.save(state, new Epochs(term, settings).key(), 0);
            }
            LossTerm another = term(policy, new Dpo(0.2, 0), data);
            String key = new Epochs(another, settings).key();
            try (Trainer other = Trainer.of(policy, another, settings)) {
                assertThatThrownBy(() -> other.restore(state, key))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("the state of another training");
                assertThatThrownBy(() -> other.restore(folder.resolve("none"), key))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("there is no training state");
            }
        }
    }

    @Test
    void epochsVisitEveryExampleOnceInOrdersThatTheSeedDecides() {
        int[] first = EpochOrder.of(100, 7, 0);
        assertThat(first).doesNotHaveDuplicates().hasSize(100).isEqualTo(EpochOrder.of(100, 7, 0));
        assertThat(first).isNotEqualTo(EpochOrder.of(100, 7, 1)).isNotEqualTo(EpochOrder.of(100, 8, 0));
        assertThat(EpochOrder.of(100, 7, 1)).doesNotHaveDuplicates();
    }

    @Test
    void withoutShufflingTheOrderOfTheDataIsKept() {
        List<TrainingExample> data = Toys.evenOverOdd(12, 1);
        TrainingSettings settings = TrainingSettings.of(1, 4, 0.1, 1).with(s -> s.shuffle = false);
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1)) {
            LossTerm term = term(policy, new SimPo(2, 0.5), data);
            try (Trainer trainer = Trainer.of(policy, term, settings)) {
                for (int from = 0; from < 12; from += 4) {
                    double expected = trainer.evaluate(term.over(data.subList(from, from + 4)))
                            .loss();
                    assertThat(trainer.step(new Epochs(term, settings), from / 4, Optional.empty())
                                    .loss())
                            .isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @Test
    void nanStopsTrainingBeforeTheStepAndNamesTheBatch() {
        List<TrainingExample> data = new ArrayList<>(Toys.evenOverOdd(8, 1));
        data.set(3, TrainingPair.of("the bad one", TokenTree.of(new int[] {8}, new int[] {8}, new int[] {1})));
        try (Bigrams policy = Bigrams.random(9, 1)) {
            TrainingSettings settings = TrainingSettings.of(1, 8, 0.1, 1);
            LossTerm term = term(policy, new Dpo(0.1, 0), data);
            Tensor row = policy.logits().detach().narrow(0, 8, 1);
            row.copy_(row.copy().mul(Double.NaN));
            double[] before = policy.logits().toDoubles();
            Optional<Path> lastGood = Optional.of(Path.of("runs/1/step-40"));
            try (Trainer trainer = Trainer.of(policy, term, settings)) {
                assertThatThrownBy(() -> trainer.step(new Epochs(term, settings), 0, lastGood))
                        .isInstanceOfSatisfying(Diverged.class, e -> {
                            assertThat(e.step()).isEqualTo(1);
                            assertThat(e.examples()).containsExactly("the bad one");
                        })
                        .hasMessageContaining("step 1")
                        .hasMessageContaining("the bad one")
                        .hasMessageContaining("runs/1/step-40");
            }
            assertThat(policy.logits().toDoubles()).isEqualTo(before);
        }
    }

    @Test
    void aLossThatJumpsInItsFirstStepsIsStopped() {
        DivergenceGuard guard = new DivergenceGuard(Optional.of(new LossLimit(5, 3)));
        assertThat(guard.check(0.693, 1)).isEmpty();
        assertThat(guard.check(17.6, 1)).isEmpty();
        assertThat(guard.sound()).isFalse();
        assertThat(guard.check(3.4, 1)).as("fell back").isEmpty();
        assertThat(guard.sound()).isTrue();
        assertThat(guard.check(17.6, 1)).isEmpty();
        assertThat(guard.check(32.1, 1)).isEmpty();
        DivergenceGuard resumed = new DivergenceGuard(Optional.of(new LossLimit(5, 3)));
        resumed.restore(guard.state());
        assertThat(resumed.check(35.6, 1))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("for 3 steps the loss has been above 3.465 (now 35.60, at first 0.6930)"));
        // Of a loss that starts at 250, 1,000 is no more than four times as much.
        DivergenceGuard squared = new DivergenceGuard(Optional.of(new LossLimit(5, 1)));
        assertThat(squared.check(250, 1)).isEmpty();
        assertThat(squared.check(1000, 1)).isEmpty();
        DivergenceGuard earlier = new DivergenceGuard(Optional.of(new LossLimit(5, 1)));
        earlier.restore(new double[] {14, 20, 20, 0});
        assertThat(earlier.check(0.5, 1)).isEmpty();
    }

    @Test
    void aLossThatRunsAwayIsStopped() {
        DivergenceGuard guard = new DivergenceGuard(Optional.empty());
        for (int i = 0; i < 30; i++) {
            assertThat(guard.check(0.7, 2)).isEmpty();
        }
        assertThat(guard.check(5000, 2)).isEmpty(); // a single outlier
        assertThat(guard.check(0.7, 2)).isEmpty();
        assertThat(guard.check(5000, 2)).isEmpty();
        assertThat(guard.check(0.7, 1e5)).isEmpty();
        assertThat(guard.check(5000, 2)).isPresent();
        assertThat(new DivergenceGuard(Optional.empty()).check(Double.POSITIVE_INFINITY, 1))
                .contains("the loss is Infinity");
        assertThat(new DivergenceGuard(Optional.empty()).check(1, Double.NaN)).contains("the gradient's norm is NaN");
    }

    @Test
    void impossibleRecipesAreRejectedBeforeRunning() {
        List<TrainingExample> pairs = Toys.pairs(4, 1, false);
        List<TrainingExample> singles = Toys.singles(4, 1);
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1)) {
            Loss dpo = new Dpo(0.1, 0);
            Loss simpo = new SimPo(2, 0.5);
            assertThatThrownBy(() -> bare(dpo, singles).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("compares pairs of completions, and these are single rated completions");
            assertThatThrownBy(() -> bare(dpo, pairs).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("needs the reference policy's log-probabilities")
                    .hasMessageContaining("simpo");
            assertThatThrownBy(() -> bare(simpo, List.of()).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("no examples");
            assertThatThrownBy(() ->
                            bare(simpo, List.of(pairs.get(0), pairs.get(0))).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("two examples are called pair 0");
            TrainingPair tooLong = TrainingPair.of("long", TokenTree.of(new int[60], new int[5], new int[1]));
            assertThatThrownBy(() -> bare(simpo, List.of(tooLong)).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("example long is 65 tokens long, and the policy reads 64");
            List<TrainingExample> onePrompt = List.of(
                    new TrainingSingle("a", TokenTree.of(new int[] {1}, new int[] {2}), 1, 1),
                    new TrainingSingle("b", TokenTree.of(new int[] {1}, new int[] {3}), 0, 1));
            assertThatThrownBy(() -> bare(new Kto(0.1, 1, 1), onePrompt).check(policy))
                    .isInstanceOf(UserError.class);
            assertThat(policy.read).isZero();
        }
    }

    private static LossTerm bare(Loss loss, List<TrainingExample> data) {
        return new LossTerm(loss, data, TrainingInputs.NONE);
    }

    @Test
    void frozenLogProbsAreThoseOfTheirPolicyAndKnowTheirData() {
        List<TrainingExample> data = Toys.pairs(9, 3, false);
        Path file = folder.resolve("reference.safetensors");
        try (Bigrams policy = Bigrams.random(Toys.VOCABULARY, 1)) {
            FrozenLogProbs frozen = FrozenLogProbs.compute(policy, "v1", data, 40);
            for (TrainingExample e : data) {
                assertThat(frozen.of(e))
                        .isEqualTo(policy.forward(e.trees(), false).logProbs().toDoubles());
            }
            frozen.save(file);
            FrozenLogProbs loaded = FrozenLogProbs.load(file, "v1", data).orElseThrow();
            assertThat(loaded.of(data.get(5))).isEqualTo(frozen.of(data.get(5)));
            assertThat(FrozenLogProbs.load(file, "v2", data)).isEmpty();
            assertThat(FrozenLogProbs.load(file, "v1", data.subList(1, 9))).isEmpty();
            assertThat(FrozenLogProbs.load(folder.resolve("none"), "v1", data)).isEmpty();
        }
    }

    @Test
    void aMismatchIsTheCompletionOfAnotherPrompt() {
        List<TrainingExample> data = List.of(
                new TrainingSingle("a1", TokenTree.of(new int[] {1}, new int[] {10}), 1, 1),
                new TrainingSingle("a2", TokenTree.of(new int[] {1}, new int[] {11, 12}), 0, 1),
                new TrainingSingle("b", TokenTree.of(new int[] {2}, new int[] {13}), 0, 1));
        List<List<Integer>> completions = Kto.MISMATCHED.provider().of(data).stream()
                .map(s -> java.util.Arrays.stream(
                                s.trees().getFirst().segments().getLast().tokens())
                        .boxed()
                        .toList())
                .toList();
        // a2's neighbour a1 answers the same prompt, so it gets b's
        assertThat(completions).containsExactly(List.of(13), List.of(13), List.of(11, 12));
    }
}
