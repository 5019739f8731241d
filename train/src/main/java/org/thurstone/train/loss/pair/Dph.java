package org.thurstone.train.loss.pair;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.HeadSignal;
import org.thurstone.train.signal.Signal;

/**
 * Direct preference heads: cDPO on the language model, plus a reward r, linear in the hidden state after the last token, that learns the same pairs.
 * Contrastive: −(1−ε)·log σ(r_w − r_l) − ε·log σ(r_l − r_w). Separate: each side alone, −(1−ε)·log σ(r_w) − ε·log σ(−r_w) − (1−ε)·log σ(−r_l) − ε·log
 * σ(r_l). arXiv:2405.20053.
 *
 * @param beta β of cDPO, above 0
 * @param epsilon ε in [0, 0.5), of both
 * @param weight of the head's loss, at least 0
 * @param form how the head compares
 * @param languageModel whether the language model is trained; if not, cDPO is left out and only the head is trained
 */
@Method(
        name = "dph",
        kind = "loss",
        papers = "2405.20053",
        source = "arXiv:2405.20053",
        summary = "DPO and a reward head on the same states",
        formula = "cdpo − (1−ε)·log σ(r_w − r_l) − ε·log σ(r_l − r_w)")
public record Dph(
        @Default("0.1") double beta,
        @Default("0.1") double epsilon,
        @Default("1") double weight,
        @Default("contrastive") Form form,
        @Default("true") boolean languageModel)
        implements PairLoss {

    /** (n, T): a linear head's reward after each token; gradient flows to the head and to the policy under it. */
    public static final HeadSignal REWARD =
            new HeadSignal("reward", "rewards by a head on the policy", "reward", 1, true);

    /** (n, T): the same without gradient to the policy: the head alone learns. */
    public static final HeadSignal PROBED_REWARD = new HeadSignal(
            "probed-reward", "rewards by a head on the policy, without gradient to the policy", "reward", 1, false);

    /** The loss of a reward head on pairs. */
    public enum Form {
        /** The difference of rewards is the log-odds. */
        CONTRASTIVE,
        /** Each reward is the log-odds of being good. */
        SEPARATE
    }

    public Dph {
        Require.positive("beta", beta);
        Require.share("epsilon", epsilon);
        Require.notNegative("weight", weight);
    }

    private HeadSignal reward() {
        return languageModel ? REWARD : PROBED_REWARD;
    }

    @Override
    public Set<Signal> signals() {
        return languageModel ? Set.of(FrozenLogProbs.REFERENCE, reward()) : Set.of(reward());
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return parts(batch, true).values().stream().reduce(Tensor::add).orElseThrow();
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof PairBatch pairs)) {
            throw refusal(batch.kind());
        }
        return parts(pairs, pairs.certain());
    }

    private SequencedMap<String, Tensor> parts(PairBatch pairs, boolean hard) {
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        if (languageModel) {
            Dpo dpo = new Dpo(beta, epsilon);
            parts.put("language-model", hard ? dpo.hard(pairs) : dpo.each(pairs));
        }
        parts.put("head", hard ? head(pairs) : pairs.expected(head(pairs), head(pairs.swapped())));
        return parts;
    }

    private Tensor head(PairBatch pairs) {
        Tensor chosen = reward(pairs.chosen());
        Tensor rejected = reward(pairs.rejected());
        Tensor loss = switch (form) {
            case CONTRASTIVE -> smoothed(chosen.sub(rejected));
            case SEPARATE -> smoothed(chosen).add(smoothed(rejected.neg()));
        };
        return loss.mul(weight);
    }

    private Tensor reward(Sequences completions) {
        return completions.last(completions.extra(reward()));
    }

    private Tensor smoothed(Tensor logOdds) {
        return logOdds.logSigmoid()
                .mul(1 - epsilon)
                .add(logOdds.neg().logSigmoid().mul(epsilon))
                .neg();
    }
}
