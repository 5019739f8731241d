package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.Statistic;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.PackedMatrix;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * Computes log-probabilities of tokens from hidden states, with hand-written gradients and in chunks of rows, so that the whole (tokens, vocabulary)
 * matrix and its gradient are never in memory together. The log-softmax is in float32 or better.
 */
final class Head {

    /** Logits of a chunk, in bytes. */
    private static final long CHUNK = 32L << 20;
    /** Log-probabilities kept for the backward pass, in bytes; beyond this they are computed again. */
    private static final long KEPT = 256L << 20;

    private final Tensor weight;
    private final NumberTypes types;
    private final OptionalDouble cap;
    private final long chunk;
    private final long kept;

    /** @param weight (vocabulary, width) */
    Head(Tensor weight, NumberTypes types, OptionalDouble cap) {
        this(weight, types, cap, CHUNK, KEPT);
    }

    /**
     * @param chunk bytes of logits at a time
     * @param kept bytes of log-probabilities kept for the backward pass
     */
    Head(Tensor weight, NumberTypes types, OptionalDouble cap, long chunk, long kept) {
        this.weight = weight;
        this.types = types;
        this.cap = cap;
        this.chunk = chunk;
        this.kept = kept;
    }

    /** A packed copy of the weight. */
    PackedMatrix pack(int batch) {
        return PackedMatrix.of(weight.to(types.products()), Optional.empty(), batch);
    }

    private DType exact() {
        return types.stream() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    }

    /** (rows, width) to (rows, vocabulary). */
    Tensor logits(Tensor hidden) {
        return capped(hidden.to(types.products()).linear(weight.to(types.products())));
    }

    /** What the product with the weight becomes: its exact type, and within the cap. */
    Tensor capped(Tensor product) {
        Tensor logits = product.to(exact());
        return cap.isPresent() ? logits.div(cap.getAsDouble()).tanh().mul(cap.getAsDouble()) : logits;
    }

    private long chunkRows() {
        return Math.max(1, chunk / (weight.size(0) * exact().bytes()));
    }

    /** A chunk of rows; what it kept of its forward pass is empty where it is to be computed again. */
    private record Chunk(long start, long rows, List<Tensor> kept) {}

    /** The scores of rows of hidden states, with what it takes to go back. */
    final class Scores {
        private final Tensor hidden;
        private final Tensor targets;
        private final List<Chunk> chunks = new ArrayList<>();
        private final ForwardRequest request;
        private final Tensor logProbs;
        private final Map<Statistic, Tensor> statistics = new EnumMap<>(Statistic.class);

        private Scores(Tensor hidden, Tensor targets, ForwardRequest request) {
            this.hidden = hidden;
            this.targets = targets;
            this.request = request;
            long rows = hidden.size(0);
            long bytes = 0;
            List<Tensor> parts = new ArrayList<>();
            Map<Statistic, List<Tensor>> found = new EnumMap<>(Statistic.class);
            request.statistics().forEach(s -> found.put(s, new ArrayList<>()));
            for (long start = 0; start < rows; start += chunkRows()) {
                long count = Math.min(chunkRows(), rows - start);
                try (Scope scope = Scope.open()) {
                    List<Tensor> softmax = softmax(start, count);
                    Tensor part =
                            softmax.getFirst().gather(1, targets(start, count)).squeeze(-1);
                    bytes += softmax.size() * count * weight.size(0) * exact().bytes();
                    Tensor reference = reference(start, count, softmax.getFirst());
                    found.forEach(
                            (statistic, values) -> values.add(scope.keep(statistic.of(softmax.getFirst(), reference))));
                    boolean keep = request.training() && bytes <= kept;
                    List<Tensor> held = new ArrayList<>();
                    if (keep) {
                        softmax.forEach(t -> held.add(scope.keep(t)));
                    }
                    parts.add(scope.keep(part));
                    chunks.add(new Chunk(start, count, held));
                }
            }
            this.logProbs = joined(parts);
            found.forEach((statistic, values) -> statistics.put(statistic, joined(values)));
        }

        private Tensor joined(List<Tensor> parts) {
            return parts.isEmpty() ? Tensor.zeros(exact(), hidden.device(), 0) : Tensor.cat(parts, 0);
        }

        /** The rows of the reference, if a statistic compares with it; otherwise a tensor that is not read. */
        private Tensor reference(long start, long rows, Tensor otherwise) {
            return request.reference().isPresent()
                            && request.statistics().stream().anyMatch(Statistic::compares)
                    ? request.reference()
                            .get()
                            .distribution(start, rows)
                            .to(exact())
                            .to(hidden.device())
                    : otherwise;
        }

        Tensor logProbs() {
            return logProbs;
        }

        Tensor statistic(Statistic statistic) {
            Tensor values = statistics.get(statistic);
            if (values == null) {
                throw new IllegalStateException("this pass was not asked for " + statistic);
            }
            return values;
        }

        /** (rows, vocabulary): log-probabilities of all tokens, as {@link Forward#distribution} needs them. */
        Tensor distribution(long start, long rows) {
            return softmax(start, rows).getFirst();
        }

        private Tensor targets(long start, long rows) {
            return targets.narrow(0, start, rows).unsqueeze(-1);
        }

        /** Log-probabilities of all tokens, and the capped logits where there is a cap. */
        private List<Tensor> softmax(long start, long rows) {
            Tensor logits = logits(hidden.narrow(0, start, rows));
            Tensor logProbs = logits.logSoftmax(-1);
            return cap.isPresent() ? List.of(logProbs, logits) : List.of(logProbs);
        }

        /**
         * Adds to the weight's gradient if it is trained. What was kept is used up.
         *
         * @param gradient (rows): d loss / d log-probability
         * @param more (rows) each: d loss / d statistic
         * @return (rows, width): d loss / d hidden
         */
        Tensor backward(Tensor gradient, Map<Statistic, Tensor> more) {
            List<Tensor> parts = new ArrayList<>();
            for (Chunk chunk : chunks) {
                try (Scope scope = Scope.open()) {
                    parts.add(scope.keep(backward(chunk, gradient, more)));
                }
            }
            return Tensor.cat(parts, 0);
        }

        private Tensor backward(Chunk chunk, Tensor gradient, Map<Statistic, Tensor> more) {
            List<Tensor> kept = chunk.kept.isEmpty() ? softmax(chunk.start, chunk.rows) : chunk.kept;
            Tensor g = gradient.narrow(0, chunk.start, chunk.rows).to(exact()).unsqueeze(-1);
            List<Tensor> others = others(chunk, kept.getFirst(), more);
            // g · (onehot − p), in the place of log p.
            Tensor slope = kept.getFirst().exp_().mul_(g.neg());
            others.forEach(slope::add_);
            slope.scatterAdd_(1, targets(chunk.start, chunk.rows), g);
            if (cap.isPresent()) {
                Tensor tanh = kept.get(1).div(cap.getAsDouble());
                slope.mul_(tanh.square().neg().add(1));
            }
            slope = slope.to(types.products());
            if (weight.requiresGrad()) {
                Tensor rows = hidden.narrow(0, chunk.start, chunk.rows).to(types.products());
                if (weight.type() == types.products()) {
                    weight.gradient().addmm_(slope.transpose(0, 1), rows);
                } else {
                    weight.gradient().add_(slope.transpose(0, 1).matmul(rows).to(weight.type()));
                }
            }
            return slope.matmul(weight.to(types.products())).to(types.stream());
        }

        /** What statistics add to the slope of the logits. */
        private List<Tensor> others(Chunk chunk, Tensor logProbs, Map<Statistic, Tensor> more) {
            if (more.isEmpty()) {
                return List.of();
            }
            Tensor reference = reference(chunk.start, chunk.rows, logProbs);
            List<Tensor> gradients = new ArrayList<>();
            more.forEach((statistic, gradient) -> {
                Tensor value =
                        statistic(statistic).narrow(0, chunk.start, chunk.rows).unsqueeze(-1);
                Tensor g =
                        gradient.narrow(0, chunk.start, chunk.rows).to(exact()).unsqueeze(-1);
                gradients.add(statistic.slope(logProbs, reference, value).mul_(g));
            });
            return gradients;
        }
    }

    /**
     * @param hidden (rows, width), outside of any graph
     * @param targets (rows): the token that each row predicts
     * @param request in training, what the budget allows is kept for {@link Scores#backward}
     */
    Scores score(Tensor hidden, Tensor targets, ForwardRequest request) {
        return new Scores(hidden, targets, request);
    }
}
