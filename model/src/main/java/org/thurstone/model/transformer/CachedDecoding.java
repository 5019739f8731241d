package org.thurstone.model.transformer;

import java.util.Arrays;
import java.util.List;
import org.thurstone.model.Decoding;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** Decodes token by token with a key–value cache; a step computes one token per slot. */
final class CachedDecoding implements Decoding {

    private final Network network;
    private final KeyValueCache cache;

    CachedDecoding(Network network, int slots, int capacity) {
        int context = network.config().context();
        if (slots < 1 || capacity < 1 || capacity > context) {
            throw new IllegalArgumentException("a session of " + slots + " slots of " + capacity
                    + " tokens: there has to be at least one of each, and the model's context is " + context);
        }
        this.network = network;
        this.cache = new KeyValueCache(network, slots, capacity);
    }

    @Override
    public Tensor start(List<int[]> prompts, List<int[]> slots) {
        List<TokenTree> paths = prompts.stream().map(p -> TokenTree.of(p)).toList();
        TreeBatch batch = TreeBatch.of(
                paths, network.config().vocabulary(), network.config().context());
        for (int p = 0; p < paths.size(); p++) {
            int tokens = paths.get(p).size();
            if (tokens > cache.capacity()) {
                throw new IllegalArgumentException(
                        "a prompt of " + tokens + " tokens for slots of " + cache.capacity());
            }
            for (int slot : slots.get(p)) {
                cache.length(slot, tokens);
            }
        }
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            TreeAttention among = network.attention(batch);
            AttentionFunction filling = new Filling(among, batch, slots);
            Tensor x = layers(network.embed(batch.tokens(), batch.positions()), filling);
            return scope.keep(logits(x.indexSelect(0, network.indices(batch.ends()))));
        }
    }

    @Override
    public Tensor step(int[] slots, int[] tokens) {
        for (int slot : slots) {
            if (cache.length(slot) == 0) {
                throw new IllegalStateException("slot " + slot + " has not been started");
            }
            if (cache.length(slot) == cache.capacity()) {
                throw new IllegalStateException(
                        "slot " + slot + " is full: its capacity is " + cache.capacity() + " tokens");
            }
        }
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            int[] places = Arrays.stream(slots).map(cache::length).toArray();
            Tensor x = layers(network.embed(tokens, places), new CacheAttention(network, cache, slots));
            for (int slot : slots) {
                cache.length(slot, cache.length(slot) + 1);
            }
            return scope.keep(logits(x));
        }
    }

    private Tensor layers(Tensor embedded, AttentionFunction attending) {
        Tensor x = embedded;
        for (Layer layer : network.layers()) {
            try (Scope scope = Scope.open()) {
                x = scope.keep(layer.forward(x, attending));
            }
        }
        return x;
    }

    private Tensor logits(Tensor x) {
        return network.head().logits(network.finalNorm().apply(x)).to(DType.FLOAT32);
    }

    /** Attention among prompts that leaves their keys and values in the cache. */
    private final class Filling implements AttentionFunction {
        private final TreeAttention among;
        private final long[] sizes;
        private final List<int[]> slots;

        Filling(TreeAttention among, TreeBatch batch, List<int[]> slots) {
            this.among = among;
            this.sizes = Arrays.stream(batch.sizes()).asLongStream().toArray();
            this.slots = slots;
        }

        @Override
        public Rotary.Table turns(Rotary rotary) {
            return among.turns(rotary);
        }

        @Override
        public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
            List<Tensor> keys = key.split(0, sizes);
            List<Tensor> values = value.split(0, sizes);
            for (int p = 0; p < sizes.length; p++) {
                cache.fill(layer, slots.get(p), keys.get(p), values.get(p));
            }
            return among.attend(layer, query, key, value);
        }
    }

    @Override
    public void close() {
        cache.close();
    }
}
