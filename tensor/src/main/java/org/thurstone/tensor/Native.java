package org.thurstone.tensor;

import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;

/** The optionals and options that libtorch's signatures want; those without a value are made once and kept for good. */
final class Native {

    private static final ConcurrentHashMap<String, TensorOptions> OPTIONS = new ConcurrentHashMap<>();
    private static final TensorOptional NO_TENSOR = forGood(new TensorOptional());
    private static final ScalarTypeOptional NO_TYPE = forGood(new ScalarTypeOptional());

    private Native() {}

    /** Made inside whatever scope happens to be open, so it has to be retained beyond it. */
    private static <P extends Pointer> P forGood(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    static TensorOptions options(DType type, Device device) {
        return OPTIONS.computeIfAbsent(type + "@" + device, key -> {
            TensorOptions typed = new TensorOptions(type.torch);
            return forGood(typed.device(new org.bytedeco.pytorch.DeviceOptional(device.torch())));
        });
    }

    static TensorOptional noTensor() {
        return NO_TENSOR;
    }

    static ScalarTypeOptional noType() {
        return NO_TYPE;
    }

    static TensorOptional some(Tensor tensor) {
        return new TensorOptional(tensor.torch);
    }

    static LongOptional some(long value) {
        return new LongOptional(value);
    }

    static DoubleOptional some(double value) {
        return new DoubleOptional(value);
    }
}
