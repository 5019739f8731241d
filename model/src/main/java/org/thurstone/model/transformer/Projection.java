package org.thurstone.model.transformer;

import org.thurstone.tensor.Tensor;

/** A linear map of rows. */
interface Projection {

    /** (tokens, in) to (tokens, out). */
    Tensor apply(Tensor x);

    /** The result added to rows of its own shape. */
    default Tensor addedTo(Tensor stream, Tensor x) {
        return stream.add(apply(x));
    }
}
