package org.thurstone.model.transformer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.thurstone.tensor.Tensor;

/** The new tokens of a step, one for each slot: the turns of their positions, and their places in the cache. */
final class NewTokens {

    private final int count;
    private final int width;
    private final Tensor places;
    private final Map<Rotary, Rotary.Table> turned = new HashMap<>();

    /**
     * @param lengths tokens that each slot has read
     * @param rows at least as many as slots; those beyond belong to none
     */
    NewTokens(Network network, KeyValueCache cache, int[] slots, int[] lengths, int rows) {
        TransformerConfig config = network.config();
        this.count = slots.length;
        this.width = config.headWidth();
        this.places = network.indices(places(config.keyHeads(), cache.capacity(), slots, lengths));
        Tensor positions = network.indices(Arrays.copyOf(lengths, rows));
        for (TransformerConfig.Attention kind : config.layers()) {
            kind.rotary()
                    .ifPresent(r ->
                            turned.computeIfAbsent(r, x -> network.turns().of(x).at(positions)));
        }
    }

    /** The places of the tokens' keys in the cache, viewed as (slots · heads · capacity, width). */
    private static int[] places(int heads, int capacity, int[] slots, int[] lengths) {
        int[] places = new int[slots.length * heads];
        for (int i = 0; i < slots.length; i++) {
            for (int h = 0; h < heads; h++) {
                places[i * heads + h] = (slots[i] * heads + h) * capacity + lengths[i];
            }
        }
        return places;
    }

    Rotary.Table turns(Rotary rotary) {
        Rotary.Table table = turned.get(rotary);
        if (table == null) {
            throw new IllegalArgumentException("these rotary positions belong to no layer of the model");
        }
        return table;
    }

    /** Writes the tokens' keys or values, (rows, key heads, width), into a layer's part of the cache. */
    void append(Tensor cached, Tensor fresh) {
        Tensor real = fresh.size(0) == count ? fresh : fresh.narrow(0, 0, count);
        cached.reshape(-1, width).indexCopy_(0, places, real.to(cached.type()).reshape(-1, width));
    }
}
