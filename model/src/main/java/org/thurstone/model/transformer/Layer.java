package org.thurstone.model.transformer;

import java.util.List;
import java.util.Optional;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** One layer: attention, then the feed-forward part, each added to the residual stream (or both side by side). */
final class Layer {

    /**
     * Queries (tokens, heads, width), keys and values (tokens, key heads, width).
     *
     * @param both queries and keys in one, (tokens, heads + key heads, width), where they lie next to each other
     */
    private record Heads(Tensor query, Tensor key, Tensor value, Optional<Tensor> both) {}

    private final TransformerConfig config;
    private final int index;
    private final Weights weights;

    Layer(TransformerConfig config, int index, Weights weights) {
        this.config = config;
        this.index = index;
        this.weights = weights;
    }

    /** What comes out of the last of the layers, (tokens, width), without gradients. */
    static Tensor through(List<Layer> layers, Tensor embedded, AttentionFunction attending) {
        Tensor x = embedded;
        for (Layer layer : layers) {
            try (Scope scope = Scope.open()) {
                x = scope.keep(layer.forward(x, attending));
            }
        }
        return x;
    }

    Weights weights() {
        return weights;
    }

    /** (tokens, width) to (tokens, width). */
    Tensor forward(Tensor x, AttentionFunction attending) {
        Tensor attended = attention(norm(Role.ATTENTION_NORM, x), attending);
        Tensor middle = added(x, Role.ATTENTION_OUTPUT, Role.POST_ATTENTION_NORM, attended);
        return added(middle, Role.DOWN, Role.POST_MLP_NORM, inner(norm(Role.MLP_NORM, config.parallel() ? x : middle)));
    }

    /** The residual stream with what a projection adds to it, normalised first in families that do so. */
    private Tensor added(Tensor stream, Role projection, Role norm, Tensor x) {
        Projection last = weights.projection(projection);
        return weights.has(norm) ? stream.add(norm(norm, last.apply(x))) : last.addedTo(stream, x);
    }

    /** (tokens, heads · width), before the output projection. */
    private Tensor attention(Tensor x, AttentionFunction attending) {
        Heads heads = heads(x);
        Tensor query = norm(Role.QUERY_NORM, heads.query);
        Tensor key = norm(Role.KEY_NORM, heads.key);
        Optional<Rotary> rotary = config.layers().get(index).rotary();
        if (rotary.isEmpty()) {
            return attending.attend(index, query, key, heads.value);
        }
        Rotary.Table turns = attending.turns(rotary.get());
        if (heads.both.isPresent() && !weights.has(Role.QUERY_NORM) && !weights.has(Role.KEY_NORM)) {
            Tensor turned = turns.turn(heads.both.get());
            long queries = config.heads();
            return attending.attend(
                    index, turned.narrow(1, 0, queries), turned.narrow(1, queries, config.keyHeads()), heads.value);
        }
        return attending.attend(index, turns.turn(query), turns.turn(key), heads.value);
    }

    private Heads heads(Tensor x) {
        long tokens = x.size(0);
        int width = config.headWidth();
        int queries = config.heads();
        int keys = config.keyHeads();
        if (!weights.has(Role.QUERY_KEY_VALUE)) {
            return new Heads(
                    project(Role.QUERY, x).reshape(tokens, queries, width),
                    project(Role.KEY, x).reshape(tokens, keys, width),
                    project(Role.VALUE, x).reshape(tokens, keys, width),
                    Optional.empty());
        }
        Tensor joint = project(Role.QUERY_KEY_VALUE, x);
        if (config.headsInterleaved()) {
            Tensor byHead = joint.reshape(tokens, queries, 3L * width);
            return new Heads(
                    byHead.narrow(-1, 0, width),
                    byHead.narrow(-1, width, width),
                    byHead.narrow(-1, 2L * width, width),
                    Optional.empty());
        }
        Tensor byHead = joint.reshape(tokens, queries + 2L * keys, width);
        return new Heads(
                byHead.narrow(1, 0, queries),
                byHead.narrow(1, queries, keys),
                byHead.narrow(1, (long) queries + keys, keys),
                Optional.of(byHead.narrow(1, 0, (long) queries + keys)));
    }

    /** (tokens, inner): the feed-forward part before its last projection. */
    private Tensor inner(Tensor x) {
        if (weights.has(Role.GATE_UP)) {
            Tensor both = project(Role.GATE_UP, x);
            long half = both.size(-1) / 2; // a packed copy is wider than the model's
            return activate(both.narrow(-1, 0, half)).mul(both.narrow(-1, half, half));
        }
        return weights.has(Role.GATE)
                ? activate(project(Role.GATE, x)).mul(project(Role.UP, x))
                : activate(project(Role.UP, x));
    }

    private Tensor activate(Tensor x) {
        return switch (config.activation()) {
            case SILU -> x.silu();
            case GELU -> x.gelu();
            case GELU_TANH -> x.geluTanh();
            case RELU -> x.relu();
        };
    }

    private Tensor project(Role role, Tensor x) {
        return weights.projection(role).apply(x);
    }

    /** What the family does not normalise stays as it is. */
    private Tensor norm(Role role, Tensor x) {
        return weights.has(role) ? weights.norm(role).apply(x) : x;
    }
}
