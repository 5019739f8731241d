package org.thurstone.train.loss.list;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.ListLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.GapRanking;
import org.thurstone.train.loss.score.MeanLogProb;
import org.thurstone.train.signal.Signal;

/**
 * Preference ranking optimisation: rankings of any length by mean log-probabilities, without a reference, with temperatures that depend on the score
 * gaps ({@link GapRanking}), and the likelihood of the best one. The latter is a sum over tokens with weight w·(K − 1)², K the number of completions,
 * as in the authors' code. arXiv:2306.17492.
 *
 * @param weight w at least 0
 */
@Method(
        name = "pro",
        kind = "loss",
        papers = "2306.17492",
        source = "arXiv:2306.17492",
        summary = "rankings of any length, and likelihood of the best",
        formula = "Σ_k −log(e^{s_k·m_k} / (e^{s_k·m_k} + Σ_{i>k} e^{s_i·m_ki})) − w·(K−1)²·log π(y_1)")
public record Pro(@Default("0.05") double weight) implements ListLoss {

    public Pro {
        Require.notNegative("weight", weight);
    }

    @Override
    public Tensor each(ListBatch batch) {
        return parts(batch).values().stream().reduce(Tensor::add).orElseThrow();
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof ListBatch lists)) {
            throw refusal(batch.kind());
        }
        Tensor others = lists.present().sum(1).sub(1);
        Tensor best =
                lists.asLists(lists.completions().sum()).gather(1, lists.best()).squeeze(1);
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("link", Composed.of(new MeanLogProb(), 1, new GapRanking()).on(batch));
        parts.put("nll", best.mul(others.square()).mul(-weight));
        return parts;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }
}
