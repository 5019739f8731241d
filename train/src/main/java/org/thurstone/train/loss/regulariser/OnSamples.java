package org.thurstone.train.loss.regulariser;

import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.loss.Sequences;

/** Added to a loss on completions that were drawn for it, whatever the data's are like. */
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
