package org.thurstone.model.transformer;

import java.util.Optional;
import org.thurstone.tensor.Tensor;

/** One layer: attention, then the feed-forward part, each added to the residual stream (or both side by side). */
final class Layer {

    /** Queries (tokens, heads, width), keys and values (tokens, key heads, width). */
    private record Heads(Tensor query, Tensor key, Tensor value) {}

    private final TransformerConfig config;
    private final int index;
    private final Weights weights;

    Layer(TransformerConfig config, int index, Weights weights) {
        this.config = config;
        this.index = index;
        this.weights = weights;
    }

    /** (tokens, width) to (tokens, width). */
    Tensor forward(Tensor x, AttentionFunction attending) {
        Tensor attended = attention(norm(Role.ATTENTION_NORM, x), attending);
        if (config.parallel()) {
            return x.add(attended).add(feedForward(norm(Role.MLP_NORM, x)));
        }
        Tensor middle = x.add(norm(Role.POST_ATTENTION_NORM, attended));
        return middle.add(norm(Role.POST_MLP_NORM, feedForward(norm(Role.MLP_NORM, middle))));
    }

    private Tensor attention(Tensor x, AttentionFunction attending) {
        Heads heads = heads(x);
        Tensor query = norm(Role.QUERY_NORM, heads.query);
        Tensor key = norm(Role.KEY_NORM, heads.key);
        Optional<Rotary> rotary = config.layers().get(index).rotary();
        if (rotary.isPresent()) {
            Rotary.Table turns = attending.turns(rotary.get());
            query = turns.turn(query);
            key = turns.turn(key);
        }
        return project(Role.ATTENTION_OUTPUT, attending.attend(index, query, key, heads.value));
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
                    project(Role.VALUE, x).reshape(tokens, keys, width));
        }
        Tensor joint = project(Role.QUERY_KEY_VALUE, x);
        if (config.headsInterleaved()) {
            Tensor byHead = joint.reshape(tokens, queries, 3L * width);
            return new Heads(
                    byHead.narrow(-1, 0, width), byHead.narrow(-1, width, width), byHead.narrow(-1, 2L * width, width));
        }
        Tensor byHead = joint.reshape(tokens, queries + 2L * keys, width);
        return new Heads(
                byHead.narrow(1, 0, queries),
                byHead.narrow(1, queries, keys),
                byHead.narrow(1, (long) queries + keys, keys));
    }

    private Tensor feedForward(Tensor x) {
        Tensor inner;
        if (weights.has(Role.GATE_UP)) {
            Tensor both = project(Role.GATE_UP, x);
            inner = activate(both.narrow(-1, 0, config.inner())).mul(both.narrow(-1, config.inner(), config.inner()));
        } else if (weights.has(Role.GATE)) {
            inner = activate(project(Role.GATE, x)).mul(project(Role.UP, x));
        } else {
            inner = activate(project(Role.UP, x));
        }
        return project(Role.DOWN, inner);
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
