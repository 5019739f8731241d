package org.thurstone.train.loss.regulariser;

import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.loss.Sequences;

/** A regulariser on sampled completions, independent of the data. */
public interface OnSamples extends Regulariser {

    /** What it needs drawn. */
    RequiredSamples draws();

    /**
     * What is added for each example, its weight included.
     *
     * @return (n)
     */
    Tensor of(Samples drawn);

    @Override
    default Tensor of(Sequences better) {
        throw new IllegalStateException(this + " looks at samples");
    }
}
