package org.thurstone.model.hub;

import java.util.Optional;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;

/**
 * Options for loading a model.
 *
 * @param type data type of the weights in memory, whatever the file has
 * @param checkpointing whether training recomputes activations instead of keeping them: less memory, a third more time
 * @param template the chat template to use it with
 * @param products the type of the products with weights, where everything else is computed in float32; empty to compute everything in {@code type}
 */
public record LoadOptions(
        DType type, Device device, boolean checkpointing, TemplateChoice template, Optional<DType> products) {

    /** float32 on the CPU, without checkpointing, with the model's own chat template. */
    public static final LoadOptions DEFAULT = new LoadOptions(DType.FLOAT32, Device.CPU, false);

    /** Options with the model's own chat template. */
    public LoadOptions(DType type, Device device, boolean checkpointing) {
        this(type, device, checkpointing, TemplateChoice.OWN, Optional.empty());
    }

    /** The same options with another chat template. */
    public LoadOptions withTemplate(TemplateChoice choice) {
        return new LoadOptions(type, device, checkpointing, choice, products);
    }

    /** The same with a precision of training. */
    public LoadOptions at(Precision precision) {
        return new LoadOptions(type, device, checkpointing, template, precision.products(device));
    }

    /**
     * On a device, otherwise as the default.
     *
     * @param device {@code auto} (CUDA where there is a device, else the CPU), {@code cpu}, {@code cuda} or {@code cuda:N}
     * @throws IllegalArgumentException if the words are none of these or the device is not there
     */
    public static LoadOptions on(String device) {
        return new LoadOptions(DEFAULT.type, Device.parse(device), DEFAULT.checkpointing);
    }

    /**
     * The same in another type. bfloat16 on the CPU is the type of weights and of products only: everything between is faster and more exact in
     * float32, and so are products on a processor that has none in bfloat16.
     *
     * @param named as {@link DType#floating} reads it
     * @throws IllegalArgumentException if it is not one of these types
     */
    public LoadOptions in(String named) {
        DType type = DType.floating(named);
        Optional<DType> multiplied = type == DType.BFLOAT16 && !device.cuda()
                ? Optional.of(Precision.BFLOAT16.products(device).orElse(DType.FLOAT32))
                : Optional.empty();
        return new LoadOptions(type, device, checkpointing, template, multiplied);
    }
}
