package org.thurstone.model.transformer;

import java.util.Arrays;
import java.util.List;
import org.thurstone.model.Decoding;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** Decodes token by token with a key–value cache; a step computes one token per slot. */
final class CachedDecoding implements Decoding {

    private final Network network;
    private final KeyValueCache cache;

    CachedDecoding(Network network, int slots, int capacity) {
        this.network = network;
        this.cache = new KeyValueCache(network, slots, capacity);
    }

    @Override
    public Tensor start(List<int[]> prompts, List<int[]> slots) {
        TreeBatch batch = TreeBatch.ofPaths(prompts, network.config());
        cache.begin(prompts, slots);
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            AttentionFunction filling = new FillingAttention(network.attention(batch), batch, slots, cache);
            Tensor x = Layer.through(network.layers(), network.embed(batch.tokens(), batch.positions()), filling);
            return scope.keep(logits(x.indexSelect(0, network.indices(batch.ends()))));
        }
    }

    @Override
    public Tensor step(int[] slots, int[] tokens) {
        cache.checkRoom(slots);
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            int[] places = Arrays.stream(slots).map(cache::length).toArray();
            AttentionFunction attention = new CacheAttention(network, cache, slots);
            Tensor x = Layer.through(network.layers(), network.embed(tokens, places), attention);
            cache.advance(slots);
            return scope.keep(logits(x));
        }
    }

    @Override
    public void grow(int capacity) {
        cache.grow(capacity);
    }

    private Tensor logits(Tensor x) {
        return network.head().logits(network.finalNorm().apply(x)).to(DType.FLOAT32);
    }

    @Override
    public void close() {
        cache.close();
    }
}
