package org.thurstone.train.signal;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/** Reads a signal off forward passes during one training, and owns the head that learns it, if there is one. */
public interface PassReader extends AutoCloseable {

    /** The signal of a pass and the way back. */
    interface SignalValues {

        /** (scored tokens), or (scored tokens, size): detached from any graph. */
        Tensor values();

        /**
         * Adds to the gradients of the head, and to those of the policy's statistics and states. Once per reading.
         *
         * @param gradient d loss / d values, in double on the CPU
         */
        default void backward(Tensor gradient, PassGradients policy) {}
    }

    SignalValues read(Pass pass);

    /** The parameters of its head by name, such as {@code critic.trunk}: trained with the policy and saved with the state; mostly none. */
    default SequencedMap<String, Parameters> parameters() {
        return new LinkedHashMap<>();
    }

    @Override
    default void close() {}

    /** Values through which no gradient flows. */
    static SignalValues constant(Tensor values) {
        return () -> values;
    }
}
