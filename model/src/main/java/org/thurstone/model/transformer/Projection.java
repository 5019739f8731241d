package org.thurstone.model.transformer;

import org.thurstone.tensor.Tensor;

/** A linear map of rows. */
interface Projection {

    /** (tokens, in) to (tokens, out). */
    Tensor apply(Tensor x);

    /** The result added to rows of its own shape. */
    default Tensor addedTo(Tensor rows, Tensor x) {
        return rows.add(apply(x));
    }
}
