package org.thurstone.train.loss;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Demonstration;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.signal.Signal;

/**
 * Feasible learning: instead of minimising the mean loss, it bounds the loss ℓ_i of every example by ε. Each example has a multiplier λ_i, 1 at
 * first, by which its loss is weighted; after a step λ_i ← max(0, λ_i + η·(ℓ_i − ε − slack·λ_i)), with ℓ_i as it was in that step and without
 * gradient. Slack 0 is the hard form, whose multipliers grow without end where an ε cannot be reached; above 0 it is resilient feasible learning, in
 * which an example may exceed the bound at a cost (slack is the paper's 1/α), and λ_i converges to (ℓ_i − ε)/slack.
 *
 * <p>Multipliers are stored by example id and saved with the training state. Held-out examples have none and are weighted by 1, so that an evaluation
 * shows the loss itself. arXiv:2501.14912.
 *
 * @param loss over any kind of example
 * @param epsilon ε: upper bound on every example's loss, in that loss's units
 * @param slack at least 0
 * @param rate η above 0: the step of the multipliers
 */
@Method(
        name = "feasible",
        kind = "loss",
        papers = "2501.14912",
        source = "arXiv:2501.14912",
        summary = "bounds each example's loss, by Lagrange multipliers",
        formula = "λ_i·ℓ_i; λ_i ← max(0, λ_i + η·(ℓ_i − ε − slack·λ_i))")
public record Feasible(
        @Default("dpo") Loss loss,
        @Default("0.1") double epsilon,
        @Default("0.5") double slack,
        @Default("1") double rate)
        implements CombinedLoss {

    public Feasible {
        Require.finite("epsilon", epsilon);
        Require.notNegative("slack", slack);
        Require.positive("rate", rate);
    }

    @Override
    public Set<ExampleKind> accepts() {
        return loss.accepts();
    }

    @Override
    public Set<Signal> signals() {
        return loss.signals();
    }

    @Override
    public Set<Signal> optionalSignals() {
        return loss.optionalSignals();
    }

    @Override
    public Optional<RequiredSamples> draws() {
        return loss.draws();
    }

    @Override
    public List<Demonstration> demonstrations(Comparison comparison) {
        return loss.demonstrations(comparison);
    }

    @Override
    public SingleValues singleValues() {
        return loss.singleValues();
    }

    @Override
    public Optional<SpecialData> specialData() {
        return loss.specialData();
    }

    @Override
    public boolean couples() {
        return loss.couples();
    }

    @Override
    public boolean scoresPrompts() {
        return loss.scoresPrompts();
    }

    @Override
    public Tensor on(Batch batch) {
        return parts(batch).values().stream().reduce(Tensor::add).orElseThrow();
    }

    /** Those of the loss within, weighted. */
    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        SequencedMap<String, Tensor> parts = loss.parts(batch);
        Tensor each = parts.values().stream().reduce(Tensor::add).orElseThrow();
        Tensor multipliers = Tensor.of(multipliers(each.detach().toDoubles(), batch.context()), each.count())
                .to(each.type())
                .to(each.device());
        parts.replaceAll((name, part) -> part.mul(multipliers));
        return parts;
    }

    /** As they are for this step; those of the next one are remembered. */
    private double[] multipliers(double[] each, Context context) {
        double[] now = new double[each.length];
        List<String> ids = context.ids();
        for (int i = 0; i < now.length; i++) {
            String name = "feasible " + ids.get(i);
            now[i] = context.memory().get(name).map(kept -> kept[0]).orElse(1.0);
            double next = now[i] + rate * (each[i] - epsilon - slack * now[i]);
            context.memory().put(name, new double[] {Math.max(0, next)});
        }
        return now;
    }
}
