package org.thurstone.model.transformer;

import java.util.Arrays;
import java.util.List;
import org.thurstone.tensor.Tensor;

/** Attention among prompts that leaves their keys and values in a cache. */
final class FillingAttention implements AttentionFunction {

    private final TreeAttention among;
    private final long[] sizes;
    private final List<int[]> slots;
    private final KeyValueCache cache;

    /** @param slots for each prompt those that it fills */
    FillingAttention(TreeAttention among, TreeBatch batch, List<int[]> slots, KeyValueCache cache) {
        this.among = among;
        this.sizes = Arrays.stream(batch.sizes()).asLongStream().toArray();
        this.slots = slots;
        this.cache = cache;
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
