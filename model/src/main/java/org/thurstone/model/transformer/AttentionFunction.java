package org.thurstone.model.transformer;

import org.thurstone.tensor.Tensor;

/** How queries meet keys: among the tokens of trees, or with a cache of what was read before. */
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
