package org.thurstone.train.loss.composed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.NamedPart;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.CombinedLoss;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.ImplicitReward;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.loss.link.Link;
import org.thurstone.train.loss.link.ListLink;
import org.thurstone.train.loss.link.MarginLink;
import org.thurstone.train.loss.link.SingleLink;
import org.thurstone.train.loss.offset.Offset;
import org.thurstone.train.loss.regulariser.OnSamples;
import org.thurstone.train.loss.regulariser.Regulariser;
import org.thurstone.train.loss.score.LogProb;
import org.thurstone.train.loss.score.PairScores;
import org.thurstone.train.loss.score.Score;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * A loss composed of its parts. With s the score of a completion, a pair costs ℓ(β·(s(chosen) − s(rejected)) + offset) + plus under a link of
 * margins; a single completion costs ℓ(β·s, label) + plus under a link of singles, which also takes a pair as two of them (its sum); a list costs
 * ℓ(β·s, values) + plus under a link of lists.
 *
 * @param score score of a completion
 * @param beta β, the scale of scores before the link, above 0
 * @param link loss as a function of the scores
 * @param offset added to the margin of a pair, outside β; only with a link of margins
 * @param plus terms added to the loss: on the chosen completion of a pair (with soft labels, on both, weighted by their probabilities), on the
 *     desirable single completions, on the best of a list, or on samples
 */
@Method(
        name = "composed",
        kind = "loss",
        summary = "a loss composed of score, link, offset and regularisers",
        formula = "ℓ(β·(s_w − s_l) + offset) + plus",
        nameless = true)
public record Composed(
        @Default("log-ratio") Score score,
        @Default("1") double beta,
        @Default("logistic") Link link,
        Optional<Offset> offset,
        @Default("[]") List<Regulariser> plus)
        implements CombinedLoss {

    public Composed {
        plus = List.copyOf(plus);
        Require.positive("beta", beta);
        if (offset.isPresent() && !(link instanceof MarginLink)) {
            throw new IllegalArgumentException("offset " + name(offset.get())
                    + " shifts the margin of a pair, and the link " + name(link)
                    + " has no margin: leave the offset out");
        }
        boolean reference = score.signals().contains(FrozenLogProbs.REFERENCE);
        if (!reference
                && offset.filter(o -> o.signals().contains(FrozenLogProbs.REFERENCE))
                        .isPresent()) {
            throw new IllegalArgumentException("offset " + name(offset.get())
                    + " compares with a reference, and the score " + name(score)
                    + " has none: take a score with a reference, such as log-ratio");
        }
        for (Regulariser r : plus) {
            boolean wantsReference =
                    r.signals().contains(FrozenLogProbs.REFERENCE) || Signal.needReference(r.signals());
            if (!reference && wantsReference && !(r instanceof OnSamples)) {
                throw new IllegalArgumentException("plus " + name(r)
                        + " keeps close to a reference, and the score " + name(score)
                        + " has none: take a score with a reference, such as log-ratio");
            }
        }
        draws(plus); // refuses samples of two kinds
    }

    private static String name(Object part) {
        return NamedPart.name(part.getClass());
    }

    /** Score and link, nothing else. */
    public static Composed of(Score score, double beta, Link link) {
        return new Composed(score, beta, link, Optional.empty(), List.of());
    }

    public Composed withOffset(Offset added) {
        return new Composed(score, beta, link, Optional.of(added), plus);
    }

    public Composed plus(Regulariser added) {
        return new Composed(
                score,
                beta,
                link,
                offset,
                Stream.concat(plus.stream(), Stream.of(added)).toList());
    }

    @Override
    public Set<ExampleKind> accepts() {
        return switch (link) {
            case MarginLink m -> Set.of(ExampleKind.PAIR);
            case SingleLink s -> Set.of(ExampleKind.SINGLE, ExampleKind.PAIR);
            case ListLink l -> Set.of(ExampleKind.LIST);
        };
    }

    @Override
    public Set<Signal> signals() {
        return Signal.union(Stream.of(
                        Stream.of(score.signals()),
                        offset.map(Offset::signals).stream(),
                        plus.stream().map(Regulariser::signals))
                .flatMap(parts -> parts));
    }

    @Override
    public ImplicitReward implicitReward() {
        return score instanceof LogProb
                ? new ImplicitReward(ImplicitReward.Form.LOG_PROB, beta)
                : CombinedLoss.super.implicitReward();
    }

    @Override
    public Optional<RequiredSamples> draws() {
        return draws(plus);
    }

    private static Optional<RequiredSamples> draws(List<Regulariser> plus) {
        return plus.stream()
                .map(r -> r instanceof OnSamples s ? Optional.of(s.draws()) : Optional.<RequiredSamples>empty())
                .reduce(Optional.empty(), RequiredSamples::both);
    }

    @Override
    public SingleValues singleValues() {
        return link instanceof SingleLink s ? s.singleValues() : SingleValues.LABELS;
    }

    @Override
    public Optional<SpecialData> specialData() {
        return score.specialData().or(CombinedLoss.super::specialData);
    }

    @Override
    public boolean couples() {
        return link.couples();
    }

    @Override
    public Tensor on(Batch batch) {
        return parts(batch).values().stream().reduce(Tensor::add).orElseThrow();
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("link", linked(batch));
        for (Regulariser r : plus) {
            parts.merge(name(r), added(r, batch), Tensor::add);
        }
        return parts;
    }

    private Tensor linked(Batch batch) {
        return switch (batch) {
            case PairBatch b
            when link instanceof MarginLink m ->
                b.certain() ? m.of(margin(b)) : m.soft(margin(b), margin(b.swapped()), b.probability());
            case PairBatch b
            when link instanceof SingleLink s -> {
                PairScores scores = score.of(b);
                yield s.of(scores.chosen().mul(beta), b.probability())
                        .add(s.of(
                                scores.rejected().mul(beta),
                                b.probability().neg().add(1)));
            }
            case SingleBatch b
            when link instanceof SingleLink s -> s.of(score.of(b.completions()).mul(beta), b.value());
            case ListBatch b when link instanceof ListLink l -> l.of(score.of(b).mul(beta), b.value(), b.present());
            default -> throw refusal(batch.kind());
        };
    }

    /** (n): β·(s(chosen) − s(rejected)) + offset. */
    public Tensor margin(PairBatch batch) {
        PairScores scores = score.of(batch);
        Tensor margin = scores.chosen().sub(scores.rejected()).mul(beta);
        return offset.map(o -> margin.add(o.of(batch))).orElse(margin);
    }

    private static Tensor added(Regulariser r, Batch batch) {
        if (r instanceof OnSamples s) {
            return s.of(batch.context().samples());
        }
        return switch (batch) {
            case PairBatch b when b.certain() -> r.of(b.chosen());
            case PairBatch b -> b.expected(r.of(b.chosen()), r.of(b.rejected()));
            case SingleBatch b -> r.of(b.completions()).mul(b.value());
            case ListBatch b ->
                b.asLists(r.of(b.completions())).gather(1, b.best()).squeeze(1);
            case DemonstrationBatch b -> r.of(b.completions());
        };
    }
}
