package org.thurstone.train.loss.regulariser;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.signal.Signal;

/**
 * The likelihood of a rationale r, why one completion is better than the other, given a question that shows both. The paper's is −γ·log π(r); its
 * released code has −log σ(γ·log π(r)), which is less steep if r is already likely. arXiv:2407.14477.
 *
 * @param gamma γ at least 0
 * @param averaging of log π(r): the sum with DPO, the mean over tokens with ORPO
 * @param form the paper's or the code's
 */
@Method(
        name = "rationale",
        kind = "regulariser",
        papers = "2407.14477",
        source = "arXiv:2407.14477",
        summary = "likelihood of the rationale",
        formula = "−γ·log π(r | x, y_w, y_l)")
public record Rationale(
        @Default("0.1") double gamma,
        @Default("sum") Averaging averaging,
        @Default("likelihood") Form form) implements OnSamples {

    /** The loss as a function of the likelihood. */
    public enum Form {
        /** −γ·log π(r). */
        LIKELIHOOD,
        /** −log σ(γ·log π(r)). */
        LOGISTIC
    }

    public Rationale {
        Require.notNegative("gamma", gamma);
        if (averaging == Averaging.BATCH) {
            throw new IllegalArgumentException(
                    "averaging of a rationale is sum or completion: each rationale is one completion");
        }
    }

    @Override
    public RequiredSamples draws() {
        return new RequiredSamples(RequiredSamples.From.RATIONALE, 1);
    }

    @Override
    public Tensor of(Samples drawn) {
        Tensor scaled = averaging.negativeLogLikelihood(drawn.completions()).mul(-gamma);
        return drawn.mean(
                switch (form) {
                    case LIKELIHOOD -> scaled.neg();
                    case LOGISTIC -> scaled.logSigmoid().neg();
                });
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }
}
