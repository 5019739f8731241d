package org.thurstone.train.loss.single;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * Proximal policy optimisation's joint loss: the clipped surrogate with a ratio and an advantage for each token, and the critic's ½·max((V − R)²,
 * (clip(V, V_old ± range) − R)²), both as means over all tokens of the batch. The critic is a separate network, so the weight of its loss changes its
 * gradient and not the policy's. arXiv:1707.06347, eq. 7 and 9; clipping of values as in OpenAI's baselines.
 *
 * <p>Advantages, returns, old log-probabilities and old values are the signals {@link PolicyGradient#ADVANTAGES}, {@link #RETURNS}, {@link
 * PolicyGradient#BEHAVIOUR} and {@link #OLD_VALUE}; If they are missing, the example's value is used as advantage and return, and the present policy
 * and critic as the old ones.
 *
 * @param clip clip range of the ratio about 1, in [0, 1]
 * @param valueClip clip range of the value about the old value, above 0
 * @param valueWeight of the critic's part, at least 0
 */
@Method(
        name = "ppo",
        kind = "loss",
        source = "arXiv:1707.06347, eq. 7 and 9",
        summary = "the clipped surrogate plus a critic's loss",
        formula = "−min(ρ·A, clip(ρ)·A) + w·½·max((V − R)², (clip(V) − R)²)")
public record Ppo(
        @Default("0.2") double clip,
        @Default("0.2") double valueClip,
        @Default("0.1") double valueWeight) implements SingleLoss {

    /** (n, T): what the value of what precedes each token came to. */
    public static final TableSignal RETURNS = new TableSignal("returns", "a return for each token", false);

    /** (n, T): the critic's values when the completions were drawn. */
    public static final TableSignal OLD_VALUE = new TableSignal("old-value", "values by the critic as it was", false);

    public Ppo {
        Require.unit("clip", clip);
        Require.positive("value-clip", valueClip);
        Require.notNegative("value-weight", valueWeight);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        return parts(batch).values().stream().reduce(Tensor::add).orElseThrow();
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof SingleBatch singles)) {
            throw refusal(batch.kind());
        }
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put(
                "policy",
                new PolicyGradient(PolicyGradient.Ratio.TOKEN, clip, clip, 0, PolicyGradient.Average.BATCH, 1)
                        .each(singles));
        parts.put("value", value(singles));
        return parts;
    }

    private Tensor value(SingleBatch batch) {
        Sequences rows = batch.completions();
        Tensor value = rows.extra(CriticSignal.VALUE);
        Tensor old = rows.given(OLD_VALUE).orElseGet(value::detach);
        Tensor target = rows.given(RETURNS).orElseGet(() -> batch.value().unsqueeze(1));
        Tensor near = value.maximum(old.sub(valueClip)).minimum(old.add(valueClip));
        Tensor squares = value.sub(target).square().maximum(near.sub(target).square());
        return rows.sumOf(squares).mul(0.5 * valueWeight).div(Math.max(rows.meanLength(), 1));
    }

    @Override
    public Set<Signal> optionalSignals() {
        return Set.of(PolicyGradient.ADVANTAGES, PolicyGradient.BEHAVIOUR, RETURNS, OLD_VALUE);
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.ADVANTAGES;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(CriticSignal.VALUE);
    }
}
