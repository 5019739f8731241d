package org.thurstone.train.loss.score;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.ExampleSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * The log-ratio to the reference with a weight for each token, which comes with the data: error regions (IterPref, arXiv:2503.02783),
 * edited tokens, attention to a span.
 */
@Method(
        name = "weighted-log-ratio",
        kind = "score",
        papers = "2503.02783",
        source = "arXiv:2503.02783",
        summary = "log-ratio to the reference with a weight for each token",
        formula = "Σ w_t·(log π − log π_ref)")
public record WeightedLogRatio() implements Score {

    /** (n, T): how much each token counts, at least 0; 1 is the ordinary token. */
    public static final ExampleSignal TOKEN_WEIGHTS =
            new ExampleSignal("token-weights", "a weight for each token", WeightedLogRatio::weights);

    private static double[] weights(TrainingExample example) {
        double[] weights = new double[example.scoredCount()];
        Arrays.fill(weights, 1);
        if (example instanceof TrainingPair pair) {
            pair.tokenWeights().ifPresent(given -> Arrays.setAll(weights, t -> given[t]));
        }
        return weights;
    }

    @Override
    public Tensor of(Sequences completions) {
        Tensor ratio = completions.policy().sub(completions.reference());
        return completions.sumOf(ratio.mul(completions.extra(TOKEN_WEIGHTS)));
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("a weight for each token, such as annotated error regions", "log-ratio"));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, TOKEN_WEIGHTS);
    }
}
