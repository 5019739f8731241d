package org.thurstone.train.loss.single;

import java.util.Optional;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.Signal;

/**
 * Multi-turn KTO: {@link Kto} on trajectories, correct ones desirable and wrong ones not, with log-ratios and baseline summed over the turns of the
 * assistant alone, as in {@link org.thurstone.train.loss.pair.MDpo}. arXiv:2409.02392, eq. 15.
 *
 * @param beta β above 0
 * @param lambdaDesirable λ_D at least 0
 * @param lambdaUndesirable λ_U at least 0
 */
@Method(
        name = "m-kto",
        kind = "loss",
        papers = "2409.02392",
        source = "arXiv:2409.02392",
        summary = "KTO on multi-turn trajectories, tool output masked",
        formula = "λ·(1 − σ(±β·(Σ_turns Δ − z0)))")
public record MKto(
        @Default("0.1") double beta,
        @Default("1") double lambdaDesirable,
        @Default("1") double lambdaUndesirable) implements SingleLoss {

    public MKto {
        new Kto(beta, lambdaDesirable, lambdaUndesirable); // says what they have to be
    }

    private Kto kto() {
        return new Kto(beta, lambdaDesirable, lambdaUndesirable);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        return kto().each(batch);
    }

    @Override
    public Set<Signal> signals() {
        return kto().signals();
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("trajectories of several turns", "kto"));
    }

    @Override
    public boolean couples() {
        return kto().couples();
    }
}
