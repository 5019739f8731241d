package org.thurstone.train.loss.score;

import java.util.Optional;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.ExampleSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * BMC's log-ratio, for two completions of which one is an edited version of the other: the tokens that differ have more weight, the more so the less
 * likely they are under the policy: Σ w_t·(log π − log π_ref) with w_t = 1 + min(1/π(y_t), δ) at a changed token, without gradient, and 1 elsewhere.
 * A token is changed if it is not in a longest common subsequence of the two. The authors give stop words the weight 1, which needs words; here every
 * changed token counts. arXiv:2408.07471.
 *
 * @param delta δ at least 0: the most that is added to a token's weight; 1.5 … 2 for chat, 2.5 for mathematics, 3 for questions
 */
@Method(
        name = "confident-edits",
        kind = "score",
        papers = "2408.07471",
        source = "arXiv:2408.07471",
        summary = "log-ratio in which edited tokens count more, by how little they were expected",
        formula = "Σ (1 + [changed]·min(1/π, δ))·(log π − log π_ref)")
public record ConfidentEdits(@Default("2") double delta) implements Score {

    /** (n, T): 1 for a token that is not in a longest common subsequence with the pair's other completion, else 0; of pairs only. */
    public static final ExampleSignal CHANGED =
            new ExampleSignal("changed", "which tokens the other completion of a pair lacks", Edits::changed);

    public ConfidentEdits {
        Require.notNegative("delta", delta);
    }

    @Override
    public Tensor of(Sequences completions) {
        Tensor ratio = completions.policy().sub(completions.reference());
        Tensor unexpected =
                completions.policy().detach().neg().clampMax(Math.log(delta)).exp();
        Tensor weights = unexpected.mul(completions.extra(CHANGED)).add(1);
        return completions.sumOf(ratio.mul(weights));
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("pairs of which one completion is the other one edited", "log-ratio"));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, CHANGED);
    }
}
