package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurstone.tensor.Tensor;

/**
 * Attention of one new token per slot over exactly those tokens that the slot sees, so that its sums are the same whichever slots are computed with
 * it. Adjacent slots of the same length go through one call.
 */
final class SteadyAttention implements AttentionFunction {

    /**
     * Slots that go through one call.
     *
     * @param from the first one's row
     * @param first the first one's slot
     * @param seen tokens that were read, with the new one
     */
    private record Call(int from, int first, int count, int seen) {}

    private final TransformerConfig config;
    private final KeyValueCache cache;
    private final int rows;
    private final NewTokens added;
    private final List<Call> calls = new ArrayList<>();

    /**
     * @param slots by length
     * @param rows at least as many as slots; those beyond belong to none
     */
    SteadyAttention(Network network, KeyValueCache cache, int[] slots, int rows) {
        this.config = network.config();
        this.cache = cache;
        int[] lengths = Arrays.stream(slots).map(cache::length).toArray();
        this.rows = rows;
        this.added = new NewTokens(network, cache, slots, lengths, rows);
        for (int from = 0; from < slots.length; ) {
            int to = from + 1;
            while (to < slots.length && slots[to] == slots[to - 1] + 1 && lengths[to] == lengths[from]) {
                to++;
            }
            calls.add(new Call(from, slots[from], to - from, lengths[from] + 1));
            from = to;
        }
    }

    @Override
    public Rotary.Table turns(Rotary rotary) {
        return added.turns(rotary);
    }

    @Override
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        TransformerConfig.Attention kind = config.layers().get(layer);
        long heads = config.keyHeads();
        long width = config.headWidth();
        added.append(cache.keys(layer), key);
        added.append(cache.values(layer), value);
        List<Tensor> parts = new ArrayList<>();
        for (Call call : calls) {
            Tensor q = query.narrow(0, call.from, call.count).reshape(call.count, heads, config.groups(), width);
            Tensor k = seen(cache.keys(layer), call, kind);
            Tensor v = seen(cache.values(layer), call, kind);
            parts.add(ScaledDotProduct.all(q, k, v, Optional.empty(), kind)
                    .reshape(call.count, heads * config.groups() * width));
        }
        return RowCounts.padded(parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0), rows);
    }

    private static Tensor seen(Tensor cached, Call call, TransformerConfig.Attention kind) {
        int count = Math.min(call.seen, kind.window().orElse(Integer.MAX_VALUE));
        return cached.narrow(0, call.first, call.count).narrow(2, call.seen - count, count);
    }
}
