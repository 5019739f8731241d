package org.thurstone.model.transformer;

import org.thurstone.tensor.Tensor;

/** Attention of queries to keys: within trees, or with a key–value cache. */
interface AttentionFunction {

    /** The turn of each token's position. */
    Rotary.Table turns(Rotary rotary);

    /**
     * @param query (tokens, heads, width)
     * @param key (tokens, key heads, width)
     * @param value (tokens, key heads, width)
     * @return (tokens, heads · width)
     */
    Tensor attend(int layer, Tensor query, Tensor key, Tensor value);
}
