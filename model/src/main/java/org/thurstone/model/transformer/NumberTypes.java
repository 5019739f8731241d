package org.thurstone.model.transformer;

import org.thurstone.tensor.DType;

/**
 * The types that a network computes in, whatever its weights are kept in.
 *
 * @param stream of the residual stream, norms and positions
 * @param products of the products with weights; rows and weights are rounded to it, sums are not
 */
record NumberTypes(DType stream, DType products) {

    /** One type for everything. */
    static NumberTypes of(DType type) {
        return new NumberTypes(type, type);
    }
}
