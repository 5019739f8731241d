package org.thurstone.model.hub;

import java.util.Optional;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Torch;

/** The precision of a model in training and in the sampling between trainings. Weights that are trained stay in float32 in any case. */
public enum Precision {
    /** Everything in float32. */
    FLOAT32,
    /** Products with weights in bfloat16, summed in float32; everything else in float32. */
    BFLOAT16;

    /** The type of the products; empty where they are in float32, as on processors that have no products in bfloat16. */
    public Optional<DType> products(Device device) {
        return this == BFLOAT16 && native16(device) ? Optional.of(DType.BFLOAT16) : Optional.empty();
    }

    private static boolean native16(Device device) {
        return device.cuda() || Torch.report().bfloat16();
    }

    /** What is used on a device, where that is to be said. */
    public Optional<String> remark(Device device) {
        if (this == FLOAT32) {
            return Optional.empty();
        }
        return Optional.of(
                native16(device)
                        ? "precision: products in bfloat16"
                        : "precision: products in float32, since this processor has none in bfloat16");
    }
}
