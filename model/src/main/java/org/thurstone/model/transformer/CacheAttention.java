package org.thurstone.model.transformer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.tensor.Tensor;

/**
 * Attention of one new token per slot over all tokens that the slot has read. If the slots are adjacent, the cache is used in place; otherwise their
 * rows are copied, up to the length of the longest. Query heads that share a key head (grouped-query attention) are rows of one query matrix.
 */
final class CacheAttention implements AttentionFunction {

    private final TransformerConfig config;
    private final KeyValueCache cache;
    private final int[] slots;
    private final int[] lengths;
    /** The number of positions to attend to: those of the longest slot, and the new one. */
    private final int reach;

    private final NewTokens added;
    private final Optional<Tensor> picked;
    private final Map<Integer, Optional<Tensor>> masks = new HashMap<>();

    CacheAttention(Network network, KeyValueCache cache, int[] slots) {
        this.config = network.config();
        this.cache = cache;
        this.slots = slots;
        this.lengths = Arrays.stream(slots).map(cache::length).toArray();
        this.reach = Arrays.stream(lengths).max().orElse(0) + 1;
        this.added = new NewTokens(network, cache, slots, lengths, slots.length);
        boolean together = IntStream.range(1, slots.length).allMatch(i -> slots[i] == slots[i - 1] + 1);
        this.picked = together ? Optional.empty() : Optional.of(network.indices(slots));
        for (TransformerConfig.Attention kind : config.layers()) {
            masks.computeIfAbsent(window(kind), w -> mask(w).map(m -> m.to(network.device())));
        }
    }

    private int window(TransformerConfig.Attention kind) {
        int window = kind.window().orElse(Integer.MAX_VALUE);
        return window >= reach ? Integer.MAX_VALUE : window;
    }

    /** The attention mask, (slots, 1, groups, reach), true where a token attends; empty if every slot attends to all positions. */
    private Optional<Tensor> mask(int window) {
        if (window == Integer.MAX_VALUE && Arrays.stream(lengths).allMatch(n -> n + 1 == reach)) {
            return Optional.empty();
        }
        boolean[] seen = new boolean[slots.length * reach];
        for (int i = 0; i < slots.length; i++) {
            int oldest = (int) Math.max(0, (long) lengths[i] - window + 1);
            Arrays.fill(seen, i * reach + oldest, i * reach + lengths[i] + 1, true);
        }
        return Optional.of(Tensor.of(seen, slots.length, 1, 1, reach).expand(slots.length, 1, config.groups(), reach));
    }

    @Override
    public Rotary.Table turns(Rotary rotary) {
        return added.turns(rotary);
    }

    @Override
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        TransformerConfig.Attention kind = config.layers().get(layer);
        long count = slots.length;
        long heads = config.keyHeads();
        long width = config.headWidth();
        Tensor k = append(cache.keys(layer), key);
        Tensor v = append(cache.values(layer), value);
        Tensor q = query.reshape(count, heads, config.groups(), width);
        Optional<Tensor> mask = masks.getOrDefault(window(kind), Optional.empty());
        return ScaledDotProduct.all(q, k, v, mask, kind).reshape(count, heads * config.groups() * width);
    }

    /** Writes the new tokens' keys or values, and returns those of all positions, (slots, key heads, reach, width). */
    private Tensor append(Tensor cached, Tensor fresh) {
        added.append(cached, fresh);
        Tensor seen = cached.narrow(2, 0, reach);
        return picked.isPresent() ? seen.indexSelect(0, picked.get()) : seen.narrow(0, slots[0], slots.length);
    }
}
