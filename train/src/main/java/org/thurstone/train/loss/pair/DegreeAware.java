package org.thurstone.train.loss.pair;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.HeadSignal;
import org.thurstone.train.signal.Signal;

/**
 * Self-supervised degrees of preference: any loss over pairs, plus γ·CE of a linear head that predicts from the state after the last token how much
 * of a completion was removed. Each completion of a pair is also given with 1/N, 2/N … all of its key phrases removed (N levels, best phrases by
 * RAKE's score first), and the head classifies all 2·(N + 1) into N + 1 classes. The head is dropped after training. arXiv:2409.17791. Only the
 * abstract of the paper was available, and its repository is empty: the head, γ, N and the mean over the texts of a pair were chosen here.
 *
 * @param loss over pairs, without samples of the policy
 * @param gamma γ at least 0
 * @param levels N, within 1 … 7
 */
@Method(
        name = "degree-aware",
        kind = "loss",
        papers = "2409.17791",
        source = "arXiv:2409.17791",
        summary = "a pair loss plus classification of how much of a completion was removed",
        formula = "loss + γ·CE(level; head(y without key phrases))")
public record DegreeAware(
        @Default("dpo") Loss loss,
        @Default("0.1") double gamma,
        @Default("3") int levels) implements PairLoss {

    /** Classes of the head, of which {@code levels} + 1 are used. */
    public static final int MOST_DEGREES = 8;

    /** (n, T, {@link #MOST_DEGREES}): a linear head's logits of classes after each token; gradient flows to the head and to the policy. */
    public static final HeadSignal DEGREES =
            new HeadSignal("degrees", "classes by a head on the policy", "degrees", MOST_DEGREES, true);

    public DegreeAware {
        Require.notNegative("gamma", gamma);
        if (levels < 1 || levels >= MOST_DEGREES) {
            throw new IllegalArgumentException("levels " + levels + " is outside 1 … " + (MOST_DEGREES - 1));
        }
        if (!(loss instanceof PairLoss) || loss.draws().isPresent()) {
            throw new IllegalArgumentException(
                    "the loss " + loss.name() + " is not one over pairs that looks at nothing but them");
        }
    }

    @Override
    public Set<Signal> signals() {
        return Signal.union(Stream.of(Set.of(DEGREES), loss.signals()));
    }

    @Override
    public Optional<RequiredSamples> draws() {
        return Optional.of(new RequiredSamples(RequiredSamples.From.REMOVAL, 2 * levels));
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
    public Tensor hard(PairBatch batch) {
        return each(batch.withProbability(batch.chosen().constant(1)));
    }

    @Override
    public Tensor each(PairBatch batch) {
        return loss.on(batch).add(degree(batch));
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof PairBatch pairs)) {
            throw refusal(batch.kind());
        }
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>(loss.parts(pairs));
        parts.put("degree", degree(pairs));
        return parts;
    }

    private Tensor degree(PairBatch pairs) {
        Samples removed = pairs.context().samples();
        Tensor loss = surprise(logProbs(pairs.chosen()), 0).add(surprise(logProbs(pairs.rejected()), 0));
        Tensor all = logProbs(removed.completions()).reshape(pairs.count(), removed.each(), levels + 1);
        for (int j = 0; j < 2 * levels; j++) { // the chosen one's levels, then the rejected one's
            loss = loss.add(surprise(all.select(1, j), 1 + j % levels));
        }
        return loss.mul(gamma / (2 * (levels + 1)));
    }

    private static Tensor surprise(Tensor logProbs, int level) {
        return logProbs.select(1, level).neg();
    }

    /** (rows, N + 1): what the head gives each level after the last token. */
    private Tensor logProbs(Sequences completions) {
        Tensor logits = completions.extra(DEGREES); // (rows, T, classes)
        if (logits.dim() != 3 || logits.size(2) <= levels) {
            throw new IllegalArgumentException(
                    "degrees are the logits of " + (levels + 1) + " classes or more after each token, not " + logits);
        }
        Tensor ends = completions
                .mask()
                .cumsum(1)
                .eq(completions.lengths().unsqueeze(1))
                .to(logits.type())
                .mul(completions.mask());
        return logits.mul(ends.unsqueeze(2)).sum(1).narrow(1, 0, levels + 1).logSoftmax(1);
    }

    @Override
    public boolean scoresPrompts() {
        return loss.scoresPrompts();
    }
}
