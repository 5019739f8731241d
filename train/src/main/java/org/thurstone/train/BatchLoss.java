package org.thurstone.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.MicroBatches;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.CompletionSignal;

/**
 * The loss of a batch and its gradient, in passes that fit in memory. Where examples do not depend on one another, each pass is its own
 * sum. Where they do, all passes are made once without gradients, the loss is computed on their log-probabilities together, and each pass is
 * made again to take its share of the gradient: the result is exact, but takes a second forward pass, except for a batch of one pass.
 */
final class BatchLoss {

    private static final String DRAWN = "batches that samples were drawn for";

    private final Policy policy;
    private final SignalReaders readers;
    private final LossTerm term;
    private final TrainingSettings settings;
    private final boolean learn;
    private final Collator collator;
    private final List<TrainingExample> examples;
    private final Collator.Lengths lengths;

    // What passes add up to.
    private final SequencedMap<String, Double> parts = new LinkedHashMap<>();
    private final List<ExampleMetrics> figures = new ArrayList<>();
    private double loss;

    private BatchLoss(
            Policy policy,
            SignalReaders readers,
            LossTerm term,
            TrainingSettings settings,
            Memory memory,
            boolean learn) {
        this.policy = policy;
        this.readers = readers;
        this.term = term;
        this.settings = settings;
        this.learn = learn;
        this.collator = new Collator(
                term.inputs().tables(), term.loss().signals(), term.inputs().features(), memory);
        this.examples = withOwnSamples(memory);
        this.lengths = Collator.Lengths.of(examples);
    }

    /** Adds the gradient of a batch to the policy's and the heads', and says what the batch came to. */
    static BatchResult learn(
            Policy policy, SignalReaders readers, LossTerm batch, TrainingSettings settings, Memory memory) {
        return new BatchLoss(policy, readers, batch, settings, memory, true).run();
    }

    /** Says what a batch comes to and changes nothing. */
    static BatchResult look(
            Policy policy, SignalReaders readers, LossTerm batch, TrainingSettings settings, Memory memory) {
        return new BatchLoss(policy, readers, batch, settings, memory.frozen(), false).run();
    }

    private BatchResult run() {
        List<List<TrainingExample>> passes = MicroBatches.of(examples, settings.tokensPerPass());
        if (!term.loss().couples() || passes.size() == 1) {
            for (List<TrainingExample> pass : passes) {
                try (Scope scope = Scope.open()) {
                    alone(pass);
                }
            }
        } else {
            together(passes);
        }
        long tokens = examples.stream().mapToLong(TrainingExample::size).sum();
        return new BatchResult(loss, parts, figures, tokens);
    }

    /** With completions of the policy as it is, where the loss looks at such: other ones for each batch, the same for the same batch. */
    private List<TrainingExample> withOwnSamples(Memory memory) {
        Optional<RequiredSamples> draws = LossRequirements.of(term.loss()).ownSamples();
        if (draws.isEmpty()) {
            return term.examples();
        }
        double before = memory.get(DRAWN, 1)[0];
        memory.put(DRAWN, new double[] {before + 1});
        long seed = settings.seed() * 0x9E3779B97F4A7C15L + (long) before;
        SplittableGenerator random = (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return term.inputs()
                .continuations()
                .orElseThrow()
                .added(term.examples(), policy, draws.get().each(), random);
    }

    private void alone(List<TrainingExample> pass) {
        ForwardPass forward = forward(pass, learn);
        TokenOutputs leaves = forward.outputs().leaves(learn);
        Tensor objective = add(pass, leaves);
        if (learn && objective.requiresGrad()) { // else nothing in the batch depends on what is trained
            objective.backward();
            forward.backward(leaves.gradient());
        }
    }

    private void together(List<List<TrainingExample>> passes) {
        List<TrainingExample> all = passes.stream().flatMap(List::stream).toList();
        List<TokenOutputs.Gradient> gradients = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            List<TokenOutputs> seen = new ArrayList<>();
            for (List<TrainingExample> pass : passes) {
                seen.add(look(pass));
            }
            TokenOutputs leaves = TokenOutputs.joined(seen).leaves(learn);
            Tensor objective = add(all, leaves);
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
                forward(passes.get(i), true).backward(gradients.get(i));
            }
            gradients.get(i).close();
        }
    }

    private ForwardPass forward(List<TrainingExample> pass, boolean learning) {
        return new ForwardPass(policy, readers, term.loss(), term.inputs().reference(), trees(pass), learning);
    }

    /** What a pass gives, on its own: nothing else of the pass is kept. */
    private TokenOutputs look(List<TrainingExample> pass) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return forward(pass, false).outputs().kept(scope);
        }
    }

    /** A scalar: the share of these examples in the batch's loss. */
    private Tensor add(List<TrainingExample> some, TokenOutputs leaves) {
        Collator.Scored scored = collator.scored(some, leaves);
        Batch batch = collator.batch(scored, lengths, completions(some));
        double[] weights = some.stream().mapToDouble(TrainingExample::weight).toArray();
        Tensor weight = Tensor.of(weights, weights.length);
        int count = examples.size();
        SequencedMap<String, Tensor> each = term.loss().parts(batch);
        each.forEach((name, values) ->
                parts.merge(name, values.detach().mul(weight).sum().item() / count, Double::sum));
        Tensor total = each.values().stream().reduce(Tensor::add).orElseThrow();
        Tensor objective = total.mul(weight).sum().div(count);
        loss += objective.item();
        try (Gradients off = Gradients.off()) {
            figures.addAll(ExampleMetrics.of(term.loss(), some, total.toDoubles(), scored.judged()));
        }
        return objective;
    }

    /** Further completions that the loss needs, without gradient. */
    private Map<CompletionSignal, Sequences> completions(List<TrainingExample> some) {
        Map<CompletionSignal, Sequences> rows = new HashMap<>();
        term.completions().forEach((signal, byId) -> {
            List<TrainingExample> further = some.stream()
                    .map(e -> Objects.requireNonNull(byId.get(e.id())))
                    .toList();
            List<List<TrainingExample>> passes = MicroBatches.of(further, settings.tokensPerPass());
            double[] flat = passes.stream()
                    .flatMapToDouble(pass -> Arrays.stream(logProbs(pass)))
                    .toArray();
            List<TrainingExample> ordered =
                    passes.stream().flatMap(List::stream).toList();
            rows.put(
                    signal,
                    collator.scored(ordered, new TokenOutputs(Tensor.of(flat, flat.length), Map.of()))
                            .judged());
        });
        return rows;
    }

    private double[] logProbs(List<TrainingExample> pass) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return policy.forward(trees(pass), false).logProbs().toDoubles();
        }
    }

    private static List<TokenTree> trees(List<TrainingExample> pass) {
        return pass.stream().flatMap(e -> e.trees().stream()).toList();
    }
}
