package org.thurstone.model.hub;

import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;

/**
 * How to hold a model.
 *
 * @param type of the weights and of the computation, whatever the file has
 * @param checkpointing whether training recomputes layers instead of keeping what they made: less memory, a third more time
 */
public record LoadOptions(DType type, Device device, boolean checkpointing) {

    /** float32 on the CPU, without checkpointing. */
    public static final LoadOptions DEFAULT = new LoadOptions(DType.FLOAT32, Device.CPU, false);
}
