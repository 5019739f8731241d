package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** The key–value cache of each slot: keys and values of each layer, (slots, key heads, capacity, width), and how many of them count. */
final class KeyValueCache implements AutoCloseable {

    private final Network network;
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final int[] lengths;
    private int capacity;

    KeyValueCache(Network network, int slots, int capacity) {
        this.lengths = new int[slots];
        this.capacity = capacity;
        this.network = network;
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            for (int i = 0; i < network.config().layers().size(); i++) {
                keys.add(zeros().own());
                values.add(zeros().own());
            }
        }
    }

    /** Zeros, not memory as found: what is masked out is still multiplied, by zero, and NaN would survive that. */
    private Tensor zeros() {
        TransformerConfig config = network.config();
        DType type = ScaledDotProduct.type(network.type(), network.device());
        return Tensor.zeros(type, network.device(), lengths.length, config.keyHeads(), capacity, config.headWidth());
    }

    /** Makes room for sequences of so many tokens, and keeps what is there. */
    void grow(int more) {
        int context = network.config().context();
        if (more > context) {
            throw new IllegalArgumentException("slots of " + more + " tokens, and the model's context is " + context);
        }
        int before = capacity;
        if (more <= before) {
            return;
        }
        capacity = more;
        try (Gradients off = Gradients.off()) {
            for (List<Tensor> layers : List.of(keys, values)) {
                layers.replaceAll(old -> grown(old, before));
            }
        }
    }

    private Tensor grown(Tensor old, int before) {
        try (Scope scope = Scope.open()) {
            Tensor larger = zeros();
            larger.narrow(2, 0, before).copy_(old);
            larger.own();
            old.close();
            return larger;
        }
    }

    int capacity() {
        return capacity;
    }

    int length(int slot) {
        return lengths[slot];
    }

    Tensor keys(int layer) {
        return keys.get(layer);
    }

    Tensor values(int layer) {
        return values.get(layer);
    }

    /** Starts slots anew with prompts, whose keys and values then go into {@link #fill}. */
    void begin(List<int[]> prompts, List<int[]> slots) {
        for (int p = 0; p < prompts.size(); p++) {
            int tokens = prompts.get(p).length;
            if (tokens > capacity) {
                throw new IllegalArgumentException("a prompt of " + tokens + " tokens for slots of " + capacity);
            }
            for (int slot : slots.get(p)) {
                lengths[slot] = tokens;
            }
        }
    }

    /** Refuses slots that cannot grow by a token. */
    void checkRoom(int[] slots) {
        for (int slot : slots) {
            if (lengths[slot] == 0) {
                throw new IllegalStateException("slot " + slot + " has not been started");
            }
            if (lengths[slot] == capacity) {
                throw new IllegalStateException("slot " + slot + " is full: its capacity is " + capacity + " tokens");
            }
        }
    }

    /** Counts a new token in each of the slots. */
    void advance(int[] slots) {
        for (int slot : slots) {
            lengths[slot]++;
        }
    }

    /** Puts what a prompt left in a layer, (tokens, key heads, width), at the beginning of slots. */
    void fill(int layer, int[] slots, Tensor key, Tensor value) {
        long tokens = key.size(0);
        Tensor k = key.transpose(0, 1);
        Tensor v = value.transpose(0, 1);
        for (int slot : slots) {
            keys.get(layer).select(0, slot).narrow(1, 0, tokens).copy_(k);
            values.get(layer).select(0, slot).narrow(1, 0, tokens).copy_(v);
        }
    }

    @Override
    public void close() {
        keys.forEach(Tensor::close);
        values.forEach(Tensor::close);
        keys.clear();
        values.clear();
    }
}
