package org.thurstone.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.Need;
import org.thurstone.train.loss.Sequences;

/**
 * The loss of a batch and its gradient, in passes that fit in memory. Where examples do not depend on one another, each pass is its own
 * sum. Where they do, all passes are made once without gradients, the loss is computed on their log-probabilities together, and each pass is
 * made again to take its share of the gradient: exact, at the price of a second reading, which a batch of one pass is spared.
 */
final class Objective {

    private final Policy policy;
    private final Loss loss;
    private final Map<Need, FrozenLogProbs> frozen;
    private final Map<String, TrainingSingle> mismatched;
    private final int tokensPerPass;

    /**
     * @param mismatched by example id, where the loss needs them
     */
    Objective(
            Policy policy,
            Loss loss,
            Map<Need, FrozenLogProbs> frozen,
            Map<String, TrainingSingle> mismatched,
            int tokensPerPass) {
        this.policy = policy;
        this.loss = loss;
        this.frozen = frozen;
        this.mismatched = mismatched;
        this.tokensPerPass = tokensPerPass;
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
        List<TrainingExample> all = new ArrayList<>(examples);
        Sum sum = new Sum(new Assembly(frozen, needs(), memory), Assembly.Lengths.of(all), all.size());
        List<List<TrainingExample>> passes = Passes.of(all, tokensPerPass);
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

    private Set<Need> needs() {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        needs.addAll(loss.needs());
        return needs;
    }

    private void alone(List<TrainingExample> pass, Sum sum, boolean learn) {
        Forward forward = policy.forward(trees(pass), learn);
        Tensor given = forward.logProbs();
        Tensor leaf = leaf(given.detach().to(Device.CPU).to(DType.FLOAT64), learn);
        Tensor objective = sum.add(pass, leaf, others(pass, sum.assembly));
        if (learn) {
            backward(objective, leaf)
                    .ifPresent(g -> forward.backward(g.to(given.type()).to(given.device())));
        }
    }

    private void together(List<List<TrainingExample>> passes, Sum sum, boolean learn) {
        List<TrainingExample> all = passes.stream().flatMap(List::stream).toList();
        List<Tensor> gradients = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            List<Tensor> seen = new ArrayList<>();
            for (List<TrainingExample> pass : passes) {
                double[] logProbs = read(pass);
                seen.add(Tensor.of(logProbs, logProbs.length));
            }
            Tensor leaf = leaf(Tensor.cat(seen, 0), learn);
            Tensor objective = sum.add(all, leaf, others(all, sum.assembly));
            if (learn) {
                Optional<Tensor> gradient = backward(objective, leaf);
                long at = 0;
                for (Tensor part : seen) {
                    long from = at;
                    gradient.ifPresent(g ->
                            gradients.add(g.narrow(0, from, part.count()).copy().own()));
                    at += part.count();
                }
            }
        }
        for (int i = 0; i < gradients.size(); i++) {
            try (Scope scope = Scope.open();
                    Tensor gradient = gradients.get(i)) {
                Forward forward = policy.forward(trees(passes.get(i)), true);
                Tensor given = forward.logProbs();
                forward.backward(gradient.to(given.type()).to(given.device()));
            }
        }
    }

    private double[] read(List<? extends TrainingExample> pass) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return policy.forward(trees(pass), false).logProbs().toDoubles();
        }
    }

    /** Completions after other prompts, without gradient. */
    private Optional<Sequences> others(List<TrainingExample> examples, Assembly assembly) {
        if (mismatched.isEmpty()) {
            return Optional.empty();
        }
        List<TrainingSingle> others = examples.stream()
                .map(e -> java.util.Objects.requireNonNull(mismatched.get(e.id())))
                .toList();
        List<List<TrainingSingle>> passes = Passes.of(others, tokensPerPass);
        double[] flat = passes.stream()
                .flatMapToDouble(pass -> Arrays.stream(read(pass)))
                .toArray();
        List<TrainingSingle> ordered = passes.stream().flatMap(List::stream).toList();
        return Optional.of(assembly.rows(ordered, Tensor.of(flat, flat.length)));
    }

    private static Tensor leaf(Tensor values, boolean learn) {
        return values.copy().requiresGrad(learn);
    }

    private static Optional<Tensor> backward(Tensor objective, Tensor leaf) {
        if (!objective.requiresGrad()) {
            return Optional.empty(); // nothing in the batch depends on the policy
        }
        objective.backward();
        return leaf.grad();
    }

    private static List<TokenTree> trees(List<? extends TrainingExample> pass) {
        return pass.stream().flatMap(e -> e.trees().stream()).toList();
    }

    /** What passes add up to. */
    private final class Sum {
        private final Assembly assembly;
        private final Assembly.Lengths lengths;
        private final int count;
        private final SequencedMap<String, Double> parts = new LinkedHashMap<>();
        private final List<Figures> figures = new ArrayList<>();
        private double loss;

        Sum(Assembly assembly, Assembly.Lengths lengths, int count) {
            this.assembly = assembly;
            this.lengths = lengths;
            this.count = count;
        }

        /** A scalar: the share of these examples in the batch's loss. */
        Tensor add(List<TrainingExample> examples, Tensor leaf, Optional<Sequences> others) {
            Batch batch = assembly.batch(examples, leaf, lengths, others);
            double[] weights =
                    examples.stream().mapToDouble(TrainingExample::weight).toArray();
            Tensor weight = Tensor.of(weights, weights.length);
            SequencedMap<String, Tensor> each = Objective.this.loss.parts(batch);
            each.forEach((name, values) ->
                    parts.merge(name, values.detach().mul(weight).sum().item() / count, Double::sum));
            Tensor total = each.values().stream().reduce(Tensor::add).orElseThrow();
            Tensor objective = total.mul(weight).sum().div(count);
            loss += objective.item();
            figures.addAll(Figures.of(examples, total.detach().toDoubles(), assembly.rows(examples, leaf.detach())));
            return objective;
        }
    }
}
