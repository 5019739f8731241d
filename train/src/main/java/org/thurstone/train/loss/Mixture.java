package org.thurstone.train.loss;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.signal.Signal;

/**
 * A weighted sum of losses over the same examples. A loss over demonstrations can be combined with losses over pairs: it is applied to the chosen
 * completions, or with soft labels to both, weighted by the probability of being better, as {@link Composed} does with what is added to it.
 *
 * @param of at least one
 */
@Method(name = "mixture", kind = "loss", summary = "a weighted sum of losses", formula = "Σ w·loss")
public record Mixture(List<Part> of) implements CombinedLoss {

    /**
     * One summand.
     *
     * @param weight finite
     */
    public record Part(@Default("1") double weight, Loss loss) {
        public Part {
            Require.finite("weight", weight);
        }
    }

    public Mixture {
        of = List.copyOf(of);
        if (of.isEmpty()) {
            throw new IllegalArgumentException("a mixture of losses needs at least one");
        }
        of.forEach(p -> {
            if (p.loss() instanceof DemonstrationLoss d && d.recasts()) {
                throw new IllegalArgumentException("the loss " + d.name()
                        + " converts each comparison to other examples, which the other losses of a mixture cannot use:"
                        + " train with it alone");
            }
        });
        if (common(of).isEmpty()) {
            throw new IllegalArgumentException("a mixture needs losses over the same kind of example, and these are: "
                    + String.join(
                            ", ",
                            of.stream()
                                    .map(p -> p.loss().name() + " over "
                                            + p.loss().accepts().stream()
                                                    .map(ExampleKind::words)
                                                    .sorted()
                                                    .toList())
                                    .toList()));
        }
        draws(of); // refuses samples of two kinds
    }

    private static Set<ExampleKind> common(List<Part> parts) {
        Set<ExampleKind> kinds = EnumSet.allOf(ExampleKind.class);
        for (Part p : parts) {
            Set<ExampleKind> taken = EnumSet.copyOf(p.loss().accepts());
            if (taken.contains(ExampleKind.DEMONSTRATION)) {
                taken.add(ExampleKind.PAIR);
            }
            kinds.retainAll(taken);
        }
        return kinds;
    }

    @Override
    public Set<ExampleKind> accepts() {
        return common(of);
    }

    /** That of the first part over pairs, else of the first. */
    @Override
    public ImplicitReward implicitReward() {
        return of.stream()
                .map(Part::loss)
                .filter(loss -> !(loss instanceof DemonstrationLoss))
                .findFirst()
                .orElse(of.getFirst().loss())
                .implicitReward();
    }

    @Override
    public Set<Signal> signals() {
        return Signal.union(of.stream().map(p -> p.loss().signals()));
    }

    @Override
    public Set<Signal> optionalSignals() {
        return Signal.union(of.stream().map(p -> p.loss().optionalSignals()));
    }

    @Override
    public Optional<RequiredSamples> draws() {
        return draws(of);
    }

    private static Optional<RequiredSamples> draws(List<Part> parts) {
        return parts.stream().map(p -> p.loss().draws()).reduce(Optional.empty(), RequiredSamples::both);
    }

    @Override
    public SingleValues singleValues() {
        return of.stream()
                .map(p -> p.loss().singleValues())
                .filter(v -> v != SingleValues.LABELS)
                .findFirst()
                .orElse(SingleValues.LABELS);
    }

    @Override
    public Optional<SpecialData> specialData() {
        return of.stream().flatMap(p -> p.loss().specialData().stream()).findFirst();
    }

    @Override
    public boolean couples() {
        return of.stream().anyMatch(p -> p.loss().couples());
    }

    @Override
    public boolean scoresPrompts() {
        return of.stream().anyMatch(p -> p.loss().scoresPrompts());
    }

    @Override
    public Tensor on(Batch batch) {
        if (!accepts().contains(batch.kind())) {
            throw refusal(batch.kind());
        }
        return parts(batch).values().stream().reduce(Tensor::add).orElseThrow();
    }

    /** One for each loss, by its name in recipes; two of a name are added up. */
    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        for (Part p : of) {
            parts.merge(p.loss().name(), part(p.loss(), batch).mul(p.weight()), Tensor::add);
        }
        return parts;
    }

    private static Tensor part(Loss loss, Batch batch) {
        if (loss instanceof DemonstrationLoss imitation && batch instanceof PairBatch pairs) {
            Tensor chosen = imitation.each(new DemonstrationBatch(pairs.chosen(), pairs.weight(), pairs.context()));
            return pairs.certain()
                    ? chosen
                    : pairs.expected(
                            chosen,
                            imitation.each(new DemonstrationBatch(pairs.rejected(), pairs.weight(), pairs.context())));
        }
        return loss.on(batch);
    }
}
