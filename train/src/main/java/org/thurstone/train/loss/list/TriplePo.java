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
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.signal.Signal;

/**
 * Triple preference optimisation: the likelihood of a gold completion and the preference of a chosen over a rejected one, in one stage and without a
 * reference: −log σ(β·(log π(y_w) − log π(y_l)) − γ) + α·NLL(y_gold). Gold is the best of a list, chosen the second best, rejected the worst; with
 * two completions, gold and chosen are the same, which is CPO. If chosen and rejected are equally good, the preference term is left out. TPO-L takes
 * means over tokens instead of sums, and a margin. The likelihood is averaged over the tokens of the batch, as in the authors' code.
 * arXiv:2405.16681.
 *
 * @param beta β above 0: 0.01 for sums, 2 … 10 for means
 * @param alpha α at least 0
 * @param average whether log-probabilities are means over tokens (TPO-L)
 * @param gamma γ: the target margin of the chosen one, after β; 0.5 … 1.6 for TPO-L
 */
@Method(
        name = "triple-po",
        kind = "loss",
        papers = "2405.16681",
        source = "arXiv:2405.16681",
        summary = "likelihood of a gold completion and preference between two more, in one stage",
        formula = "−log σ(β·(log π(y_w) − log π(y_l)) − γ) + α·NLL(y_gold)")
public record TriplePo(
        @Default("0.01") double beta,
        @Default("1") double alpha,
        @Default("false") boolean average,
        @Default("0") double gamma)
        implements ListLoss {

    public TriplePo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
        Require.finite("gamma", gamma);
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
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("link", preference(lists));
        Tensor likelihood = lists.asLists(Averaging.BATCH.negativeLogLikelihood(lists.completions()));
        parts.put("nll", likelihood.gather(1, lists.best()).squeeze(1).mul(alpha));
        return parts;
    }

    private Tensor preference(ListBatch lists) {
        Tensor order = lists.value()
                .maskedFill(lists.present().lt(0.5), Double.NEGATIVE_INFINITY)
                .sort(1, true)
                .indices();
        Tensor last = lists.present().sum(1).sub(1);
        Tensor chosen = place(order, last.gt(1.5).to(last.type()));
        Tensor rejected = place(order, last);
        Tensor scores = lists.asLists(
                average ? lists.completions().mean() : lists.completions().sum());
        Tensor margin = scores.gather(1, chosen).sub(scores.gather(1, rejected)).squeeze(1);
        Tensor tied = lists.value()
                .gather(1, chosen)
                .le(lists.value().gather(1, rejected))
                .squeeze(1);
        return margin.mul(beta).sub(gamma).logSigmoid().neg().maskedFill(tied, 0);
    }

    /** (n, 1): which completion stands at a place of the order. */
    private static Tensor place(Tensor order, Tensor place) {
        return order.gather(1, place.to(order.type()).unsqueeze(1));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }
}
