package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SequencedMap;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.UserError;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.list.Pro;
import org.thurstone.train.loss.list.TreePo;
import org.thurstone.train.loss.list.TriplePo;
import org.thurstone.train.loss.pair.*;
import org.thurstone.train.loss.pair.Bmc;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.RationaleDpo;
import org.thurstone.train.loss.pair.RelativePo;
import org.thurstone.train.loss.pair.Spac;
import org.thurstone.train.loss.regulariser.*;
import org.thurstone.train.loss.regulariser.Rationale;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.loss.single.*;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Gpo;
import org.thurstone.train.loss.single.MKto;
import org.thurstone.train.loss.single.PointwiseDpo;
import org.thurstone.train.loss.single.Ulma;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;

/**
 * Losses that need more than log-probabilities, from the loss down to every trained number: the gradient that arrives is the slope of the
 * batch's loss, through a table and through a transformer, however the batch is cut.
 */
class BesideLogProbsTest {

    private static Loss with(Regulariser regulariser) {
        return Composed.of(new LogRatio(), 0.3, new Logistic(0)).plus(regulariser);
    }

    /** Those whose gradient is the slope of their value. */
    static Stream<Loss> smooth() {
        return Stream.of(
                with(new Entropy(0.3, Averaging.COMPLETION)),
                with(new OnlineKl(0.4, Averaging.SUM)),
                with(new OnlineKl(0.4, Averaging.BATCH)),
                new SparsePo(0.8, SparsePo.Masks.ACTIVATIONS, 0.1, 0.1),
                new SparsePo(0.8, SparsePo.Masks.COMMON, 0.1, 0.2),
                new SparsePo(0.8, SparsePo.Masks.INDEPENDENT, 0.1, 0.2),
                new Pmpo(0.4, 0.5),
                new Dro(1),
                new Dph(0.3, 0.1, 0.7, Dph.Form.CONTRASTIVE, true),
                new Dph(0.3, 0.1, 0.7, Dph.Form.SEPARATE, true),
                with(new CoveringKl(0.4, false, 2)),
                with(new Exploration(0.2, true, 2)),
                new Typo(0.3, true, 2),
                new Vpo(0.3, 0.5, Vpo.Attitude.OPTIMISTIC, 2),
                new Vpo(0.3, 0.5, Vpo.Attitude.PESSIMISTIC, 2),
                new Xpo(0.3, 0.1, 2),
                new RelativePo(0.3, 0.5),
                new Spac(0.3, 0.7, new Logistic(0), 2),
                new Ulma(0.3, 0.1, false),
                new Ulma(0.3, 0.1, true),
                new PointwiseDpo(0.3, 0.1, false),
                new PointwiseDpo(0.3, 0.1, true),
                new Lipo(0.3),
                new Pro(0.05),
                new TriplePo(0.3, 0.7, false, 0),
                new TriplePo(2, 0.7, true, 0.5),
                new RationaleDpo(0.3, 0.2, Rationale.Form.LIKELIHOOD),
                new RationaleDpo(0.3, 0.2, Rationale.Form.LOGISTIC),
                new DegreeAware(new Dpo(0.3, 0), 0.7, 2),
                new Gpo(0.5));
    }

    static Stream<Arguments> chains() {
        return smooth().flatMap(loss -> Stream.of(Small.values()).map(small -> Arguments.of(loss, small)));
    }

    /** And those that stop a gradient on purpose. */
    static Stream<Arguments> everyChain() {
        return Stream.concat(
                        smooth(),
                        Stream.of(
                                new Wpo(0.3, 0, true),
                                new Wpo(0.3, 0, false),
                                new Dro(2.5),
                                new Hypo(0.3, 0.1, 3),
                                new Bco(0.3, true, true),
                                new Bmc(0.3, 2),
                                new TreePo(0.5, 0.5),
                                new MKto(0.5, 1, 1.2),
                                new Dph(0.3, 0.1, 0.7, Dph.Form.CONTRASTIVE, false)))
                .flatMap(loss -> Stream.of(Small.values()).map(small -> Arguments.of(loss, small)));
    }

    private static ExampleKind kind(Loss loss) {
        return Stream.of(ExampleKind.PAIR, ExampleKind.LIST, ExampleKind.SINGLE)
                .filter(loss.accepts()::contains)
                .findFirst()
                .orElseThrow();
    }

    private static final CompletionSettings DRAWING = new CompletionSettings(BitSet.valueOf(new long[] {1}), 4, 3);

    private static SplittableGenerator random(long seed) {
        return (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** With as many samples of the reference as the loss needs. */
    private static List<TrainingExample> sampled(Loss loss, Small small, Policy reference) {
        List<TrainingExample> examples = small.examples(kind(loss), 7, 3);
        // What would be made of texts is drawn here: for the gradient it is all the same.
        return LossRequirements.of(loss)
                .referenceSamples()
                .or(LossRequirements.of(loss)::dataSamples)
                .map(d -> DRAWING.added(examples, reference, d.each(), random(6)))
                .orElse(examples);
    }

    private static LossTerm term(Loss loss, Policy reference, List<TrainingExample> examples) {
        Random random = new Random(8);
        Map<String, double[]> embeddings = new HashMap<>();
        Map<String, double[]> shares = new HashMap<>();
        for (TrainingExample e : examples) {
            embeddings.put(e.id(), random.doubles(3, -1, 1).toArray());
            shares.put(e.id(), new double[] {random.nextDouble()});
        }
        PromptFeatures facts =
                new PromptFeatures(Map.of(RelativePo.PROMPT_EMBEDDING, embeddings, Bco.DESIRABILITY, shares));
        FrozenLogProbs frozen = FrozenLogProbs.compute(reference, "reference", LossTerm.toFreeze(loss, examples), 100);
        return new LossTerm(
                loss,
                examples,
                TrainingInputs.reference(frozen).with(reference).with(DRAWING).with(facts));
    }

    /** A loss on a batch, with all that it needs, every head moved off its start. */
    private record Chain(TrainedParameters trained, Seen seen, Policy reference) implements AutoCloseable {

        static Chain of(Loss loss, Small small, int tokensPerPass) {
            Policy policy = small.policy(1);
            Policy reference = small.policy(2);
            List<TrainingExample> examples = sampled(loss, small, reference);
            LossTerm term = term(loss, reference, examples);
            term.check(policy);
            TrainingSettings settings = TrainingSettings.of(1, 7, 1e-3, 5).with(s -> s.tokensPerPass = tokensPerPass);
            Seen seen = Seen.of(policy, term, settings);
            SequencedMap<String, Parameters> heads = seen.readers().parameters();
            Random random = new Random(4);
            heads.values()
                    .forEach(p -> p.trained().forEach(t -> {
                        for (int i = 0; i < t.count(); i++) {
                            Small.nudge(t, i, 0.3 * random.nextGaussian());
                        }
                    }));
            return new Chain(new TrainedParameters(policy.parameters(), heads), seen, reference);
        }

        double value() {
            return seen.look(new Memory()).loss();
        }

        SequencedMap<String, double[]> gradient() {
            trained.dropGrads();
            seen.learn(new Memory());
            SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
            trained.named()
                    .forEach((name, t) -> gradients.put(
                            name, t.grad().map(Tensor::toDoubles).orElseGet(() -> new double[(int) t.count()])));
            return gradients;
        }

        @Override
        public void close() {
            seen.readers().close();
            seen.policy().close();
            reference.close();
        }
    }

    @ParameterizedTest
    @MethodSource("chains")
    void theGradientIsTheSlopeOfTheBatchLoss(Loss loss, Small small) {
        try (Chain chain = Chain.of(loss, small, 1_000_000)) {
            SequencedMap<String, double[]> gradients = chain.gradient();
            double largest = 0;
            for (Map.Entry<String, Tensor> e : chain.trained.named().entrySet()) {
                double[] gradient = gradients.get(e.getKey());
                for (int i = 0; i < gradient.length; i += 1 + gradient.length / 3) {
                    double step = 1e-6;
                    Small.nudge(e.getValue(), i, step);
                    double up = chain.value();
                    Small.nudge(e.getValue(), i, -2 * step);
                    double down = chain.value();
                    Small.nudge(e.getValue(), i, step);
                    double slope = (up - down) / (2 * step);
                    assertThat(gradient[i])
                            .as("%s by %s[%d]", loss, e.getKey(), i)
                            .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
                    largest = Math.max(largest, Math.abs(slope));
                }
            }
            assertThat(largest).isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("everyChain")
    void aSplitBatchHasTheGradientOfTheWhole(Loss loss, Small small) {
        try (Chain whole = Chain.of(loss, small, 1_000_000);
                Chain split = Chain.of(loss, small, 20)) {
            assertThat(split.value()).isCloseTo(whole.value(), within(1e-11));
            SequencedMap<String, double[]> expected = whole.gradient();
            split.gradient()
                    .forEach((name, gradient) ->
                            assertThat(gradient).as(name).containsExactly(expected.get(name), within(1e-10)));
        }
    }

    @ParameterizedTest
    @MethodSource("chains")
    void trainingLowersIt(Loss loss, Small small) {
        try (Policy policy = small.policy(1);
                Policy reference = small.policy(2)) {
            List<TrainingExample> examples = sampled(loss, small, reference);
            TrainingSettings settings = TrainingSettings.of(30, 7, 0.01, 0);
            List<Double> losses = Seen.losses(policy, term(loss, reference, examples), settings);
            assertThat(losses.getLast()).isLessThan(losses.getFirst() - 1e-3);
        }
    }

    @Test
    void dividingDrosStepByTauChangesThePolicysStepOnly() {
        double tau = 2.5;
        try (Chain chain = Chain.of(new Dro(tau), Small.TRANSFORMER, 1_000_000)) {
            SequencedMap<String, double[]> gradients = chain.gradient();
            chain.trained.named().forEach((name, parameter) -> {
                double[] gradient = gradients.get(name);
                Small.nudge(parameter, 0, 1e-5);
                double up = chain.value();
                Small.nudge(parameter, 0, -2e-5);
                double down = chain.value();
                Small.nudge(parameter, 0, 1e-5);
                double slope = (up - down) / 2e-5;
                double expected = name.contains("/") ? slope : slope / tau; // heads have a slash
                assertThat(gradient[0]).as(name).isCloseTo(expected, within(1e-6 * (1 + Math.abs(slope))));
            });
        }
    }

    @Test
    void separateHeadLeavesTheLanguageModelUnchanged() {
        try (Chain chain = Chain.of(new Dph(0.3, 0.1, 1, Dph.Form.SEPARATE, false), Small.TRANSFORMER, 1_000_000)) {
            chain.gradient().forEach((name, gradient) -> {
                double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
                if (name.startsWith("reward/")) {
                    assertThat(largest).as(name).isGreaterThan(1e-3);
                } else {
                    assertThat(largest).as(name).isZero();
                }
            });
        }
    }

    @Test
    void headsAreSavedAndRestoredWithTheTraining(@TempDir Path folder) {
        List<TrainingExample> examples = Small.TRANSFORMER.examples(ExampleKind.SINGLE, 7, 3);
        TrainingSettings settings = TrainingSettings.of(6, 7, 0.01, 0);
        List<Double> whole = new ArrayList<>();
        List<Double> parts = new ArrayList<>();
        Path state = folder.resolve("state.safetensors");
        try (Policy policy = Small.TRANSFORMER.policy(1);
                Policy reference = Small.TRANSFORMER.policy(2)) {
            LossTerm data = term(new Dro(1), reference, examples);
            Epochs epochs = new Epochs(data, settings);
            try (Trainer trainer = Trainer.of(policy, data, settings)) {
                parts.addAll(Seen.losses(trainer, epochs, 0, 3));
                trainer.save(state, epochs.key(), 3);
                whole.addAll(parts);
                whole.addAll(Seen.losses(trainer, epochs, 3, 6));
            }
            try (Policy other = Small.TRANSFORMER.policy(9);
                    Trainer trainer = Trainer.of(other, data, settings)) {
                parts.addAll(Seen.losses(trainer, epochs, trainer.restore(state, epochs.key()), 6));
            }
        }
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void droReachesItsFixedPoint() {
        // V is τ·log E_ref exp(r/τ), Δ is (r − V)/τ, and the loss 0.
        double tau = 0.5;
        double[] rewards = {1, -0.5, 0.2, 0};
        double[] reference = {0.4, 0.3, 0.2, 0.1};
        double[][] logits = {Arrays.stream(reference).map(Math::log).toArray()};
        List<TrainingExample> data = new ArrayList<>();
        double sum = 0;
        for (int y = 0; y < 4; y++) {
            data.add(new TrainingSingle("response " + y, TokenTree.of(new int[] {0}, new int[] {y}), rewards[y], 1));
            sum += reference[y] * Math.exp(rewards[y] / tau);
        }
        double value = tau * Math.log(sum);
        try (Policy frozen = TabularPolicy.of(logits);
                TabularPolicy policy = TabularPolicy.of(logits)) {
            TrainingInputs inputs = TrainingInputs.reference(FrozenLogProbs.compute(frozen, "r", data, 100));
            TrainingSettings settings = TrainingSettings.of(400, 4, 0.05, 1).with(s -> {
                s.clipNorm = 1e6;
                s.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0);
            });
            double last = Seen.losses(policy, new LossTerm(new Dro(tau), data, inputs), settings)
                    .getLast();
            assertThat(last).isLessThan(1e-7);
            double[] p = policy.distribution(0);
            for (int y = 0; y < 4; y++) {
                assertThat(Math.log(p[y] / reference[y])).isCloseTo((rewards[y] - value) / tau, within(1e-4));
            }
        }
    }

    @Test
    void ownSamplesAreOtherOnesInEachBatchAndTheSameAfterAResume() {
        try (Policy policy = Small.TABLE.policy(1);
                Policy reference = Small.TABLE.policy(2)) {
            Loss loss = new Hypo(0.3, 0.5, 4);
            List<TrainingExample> examples = Small.TABLE.examples(ExampleKind.PAIR, 3, 3);
            Seen seen = Seen.of(policy, term(loss, reference, examples), TrainingSettings.of(1, 3, 1e-3, 0));
            Memory memory = new Memory();
            double first = seen.learn(memory).parts().get("sampled-kl");
            Memory saved = Memory.of(memory.numbers());
            double second = seen.learn(memory).parts().get("sampled-kl");
            assertThat(second).isNotEqualTo(first);
            assertThat(seen.learn(saved).parts().get("sampled-kl")).isEqualTo(second);
            // looking changes nothing, and sees the same samples each time
            assertThat(seen.look(memory).loss()).isEqualTo(seen.look(memory).loss());
        }
    }

    @Test
    void unrequestedAndMissingSamplesAreRejected() {
        try (Policy policy = Small.TABLE.policy(1);
                Policy reference = Small.TABLE.policy(2)) {
            List<TrainingExample> bare = Small.TABLE.examples(ExampleKind.PAIR, 3, 3);
            List<TrainingExample> with = DRAWING.added(bare, reference, 2, random(1));
            assertThat(with).allMatch(e -> e.samples() == 2 && e.judged() == 2);
            TrainingInputs frozen = TrainingInputs.reference(FrozenLogProbs.compute(reference, "reference", with, 100));
            assertThatThrownBy(() -> new LossTerm(new Dpo(0.1, 0), with, frozen).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("2 completions that no one judged")
                    .hasMessageContaining("looks at 0");
            assertThatThrownBy(() -> new LossTerm(new Xpo(0.1, 1e-5, 3), with, frozen).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("draw so many from the reference");
            assertThatThrownBy(() -> new LossTerm(new Hypo(0.1, 1e-5, 3), bare, frozen).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("give a live reference");
            assertThatThrownBy(() -> new LossTerm(new Hypo(0.1, 1e-5, 3), bare, frozen.with(reference)).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("a way to draw them");
            assertThatThrownBy(() -> new LossTerm(new RelativePo(0.1, 0.5), bare, frozen).check(policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("embeddings of the prompts");
        }
    }

    @Test
    void typoInterpolatesBetweenPreferencesAndReference() {
        // Of two responses, σ(z) = π(y_w): the loss is a cross-entropy to p and λ of one to r, and the optimum lies
        // between.
        double p = 0.8;
        double r = 0.3;
        double[][] logits = {{Math.log(r), Math.log(1 - r)}};
        TrainingExample pair = new TrainingPair(
                "pair",
                List.of(TokenTree.of(new int[] {0}, new int[] {0}, new int[] {1})),
                p,
                1,
                OptionalDouble.empty(),
                Optional.empty());
        for (double lambda : new double[] {0, 0.5, 2, 100}) {
            try (TabularPolicy reference = TabularPolicy.of(logits);
                    TabularPolicy policy = TabularPolicy.of(logits)) {
                Loss loss = new Typo(lambda, true, 1);
                List<TrainingExample> data =
                        CompletionSettings.oneToken().added(List.of(pair), reference, 1, random(3));
                TrainingInputs inputs = TrainingInputs.reference(FrozenLogProbs.compute(reference, "r", data, 100))
                        .with(reference);
                TrainingSettings settings = TrainingSettings.of(200, 1, 0.1, 1).with(s -> s.clipNorm = 1e6);
                Trainer.train(policy, new LossTerm(loss, data, inputs), settings, TrainingObserver.NONE);
                assertThat(policy.distribution(0)[0])
                        .as("λ = %s", lambda)
                        .isCloseTo((p + lambda * r) / (1 + lambda), within(1e-4));
            }
        }
    }

    @Test
    void aMissingLiveReferenceIsNamed() {
        try (Policy policy = Small.TABLE.policy(1)) {
            List<TrainingExample> examples = Small.TABLE.examples(ExampleKind.SINGLE, 2, 1);
            LossTerm data = new LossTerm(new Pmpo(0.5, 0.5), examples, TrainingInputs.NONE);
            assertThatThrownBy(() -> Trainer.of(policy, data, TrainingSettings.of(1, 2, 1e-3, 0)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("give a live reference");
        }
    }
}
