package org.thurstone.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.Passes;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Draws;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.Signal;

/**
 * The loss of a batch and its gradient, in passes that fit in memory. Where examples do not depend on one another, each pass is its own
 * sum. Where they do, all passes are made once without gradients, the loss is computed on their log-probabilities together, and each pass is
 * made again to take its share of the gradient: exact, at the price of a second reading, which a batch of one pass is spared.
 */
final class Objective {

    private static final String DRAWN = "batches that samples were drawn for";

    private final Trainer trainer;
    private final SignalReaders readers;
    private final Loss loss;
    private final Set<Signal> signals;
    private final Map<CompletionSignal, Map<String, TrainingExample>> completions;

    /**
     * @param readers with the heads that the loss needs
     * @param completions further ones that the loss needs, by example id
     */
    Objective(Trainer trainer, SignalReaders readers, Map<CompletionSignal, Map<String, TrainingExample>> completions) {
        this.trainer = trainer;
        this.readers = readers;
        this.loss = trainer.loss();
        this.signals = loss.signals();
        this.completions = completions;
    }

    /** Adds the gradient of the batch to the policy's, and says what the batch came to. */
    BatchResult learn(List<? extends TrainingExample> examples, Memory memory) {
        return run(examples, memory, true);
    }

    /** Says what the batch comes to and changes nothing. */
    BatchResult look(List<? extends TrainingExample> examples, Memory memory) {
        return run(examples, memory.frozen(), false);
    }

    private BatchResult run(List<? extends TrainingExample> examples, Memory memory, boolean learn) {
        List<TrainingExample> all = withOwnSamples(examples, memory);
        Sum sum = new Sum(
                new Collator(trainer.frozen(), signals, trainer.provisions().features(), memory),
                Collator.Lengths.of(all),
                all.size());
        List<List<TrainingExample>> passes = Passes.of(all, trainer.settings().tokensPerPass());
        if (!loss.couples() || passes.size() == 1) {
            for (List<TrainingExample> pass : passes) {
                try (Scope scope = Scope.open()) {
                    alone(pass, sum, learn);
                }
            }
        } else {
            together(passes, sum, learn);
        }
        long tokens = all.stream().mapToLong(TrainingExample::size).sum();
        return new BatchResult(sum.loss, sum.parts, sum.figures, tokens);
    }

    /** With completions of the policy as it is, where the loss looks at such: other ones for each batch, the same for the same batch. */
    private List<TrainingExample> withOwnSamples(List<? extends TrainingExample> examples, Memory memory) {
        Optional<Draws> draws = TrainingInputs.ownSamples(loss);
        if (draws.isEmpty()) {
            return new ArrayList<>(examples);
        }
        double before = memory.get(DRAWN, 1)[0];
        memory.put(DRAWN, new double[] {before + 1});
        long seed = trainer.settings().seed() * 0x9E3779B97F4A7C15L + (long) before;
        SplittableGenerator random = (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return trainer.provisions()
                .continuations()
                .orElseThrow()
                .added(examples, trainer.policy(), draws.get().each(), random);
    }

    private void alone(List<TrainingExample> pass, Sum sum, boolean learn) {
        ForwardPass reading = reading(pass, learn);
        TokenOutputs leaves = reading.outputs().leaves(learn);
        Tensor objective = sum.add(pass, leaves, further(pass, sum.collator));
        if (learn && objective.requiresGrad()) { // else nothing in the batch depends on what is trained
            objective.backward();
            reading.backward(leaves.gradient());
        }
    }

    private void together(List<List<TrainingExample>> passes, Sum sum, boolean learn) {
        List<TrainingExample> all = passes.stream().flatMap(List::stream).toList();
        List<TokenOutputs.Gradient> gradients = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            List<TokenOutputs> seen = new ArrayList<>();
            for (List<TrainingExample> pass : passes) {
                seen.add(look(pass));
            }
            TokenOutputs leaves = TokenOutputs.joined(seen).leaves(learn);
            Tensor objective = sum.add(all, leaves, further(all, sum.collator));
            if (learn && objective.requiresGrad()) {
                objective.backward();
                TokenOutputs.Gradient gradient = leaves.gradient();
                long at = 0;
                for (TokenOutputs part : seen) {
                    gradients.add(gradient.part(at, part.logProbs().count()));
                    at += part.logProbs().count();
                }
            }
        }
        for (int i = 0; i < gradients.size(); i++) {
            try (Scope scope = Scope.open()) {
                reading(passes.get(i), true).backward(gradients.get(i));
            }
            gradients.get(i).close();
        }
    }

    private ForwardPass reading(List<? extends TrainingExample> pass, boolean learn) {
        return new ForwardPass(trainer, readers, signals, trees(pass), learn);
    }

    /** What a pass gives, by itself: nothing else of the pass is kept. */
    private TokenOutputs look(List<? extends TrainingExample> pass) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return reading(pass, false).outputs().kept(scope);
        }
    }

    private double[] logProbs(List<? extends TrainingExample> pass) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return trainer.policy().forward(trees(pass), false).logProbs().toDoubles();
        }
    }

    /** Further completions, without gradient. */
    private Map<CompletionSignal, Sequences> further(List<TrainingExample> examples, Collator collator) {
        Map<CompletionSignal, Sequences> rows = new HashMap<>();
        completions.forEach((signal, byId) -> {
            List<TrainingExample> further = examples.stream()
                    .map(e -> java.util.Objects.requireNonNull(byId.get(e.id())))
                    .toList();
            List<List<TrainingExample>> passes =
                    Passes.of(further, trainer.settings().tokensPerPass());
            double[] flat = passes.stream()
                    .flatMapToDouble(pass -> Arrays.stream(logProbs(pass)))
                    .toArray();
            List<TrainingExample> ordered =
                    passes.stream().flatMap(List::stream).toList();
            rows.put(signal, collator.rows(ordered, new TokenOutputs(Tensor.of(flat, flat.length), Map.of())));
        });
        return rows;
    }

    private static List<TokenTree> trees(List<? extends TrainingExample> pass) {
        return pass.stream().flatMap(e -> e.trees().stream()).toList();
    }

    /** What passes add up to. */
    private final class Sum {
        private final Collator collator;
        private final Collator.Lengths lengths;
        private final int count;
        private final SequencedMap<String, Double> parts = new LinkedHashMap<>();
        private final List<Figures> figures = new ArrayList<>();
        private double loss;

        Sum(Collator collator, Collator.Lengths lengths, int count) {
            this.collator = collator;
            this.lengths = lengths;
            this.count = count;
        }

        /** A scalar: the share of these examples in the batch's loss. */
        Tensor add(List<TrainingExample> examples, TokenOutputs leaves, Map<CompletionSignal, Sequences> further) {
            Batch batch = collator.batch(examples, leaves, lengths, further);
            double[] weights =
                    examples.stream().mapToDouble(TrainingExample::weight).toArray();
            Tensor weight = Tensor.of(weights, weights.length);
            SequencedMap<String, Tensor> each = Objective.this.loss.parts(batch);
            each.forEach((name, values) ->
                    parts.merge(name, values.detach().mul(weight).sum().item() / count, Double::sum));
            Tensor total = each.values().stream().reduce(Tensor::add).orElseThrow();
            Tensor objective = total.mul(weight).sum().div(count);
            loss += objective.item();
            figures.addAll(
                    Figures.of(examples, total.detach().toDoubles(), collator.rows(examples, leaves.detached())));
            return objective;
        }
    }
}
