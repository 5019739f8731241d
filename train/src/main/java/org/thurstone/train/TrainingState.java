package org.thurstone.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Optimizer;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * The state of a training run other than tensors. Saved in one safetensors file: tensors {@code parameters.NAME} and
 * {@code optimizer.INDEX.NAME}, numbers in its metadata, doubles by their bits so that nothing is rounded.
 */
record TrainingState(long step, double[] guard, Map<String, double[]> memory) {

    private static final String KEY = "training";
    private static final String STEP = "step";
    private static final String WATCH = "watch";
    private static final String MEMORY = "memory.";
    private static final String PARAMETERS = "parameters.";
    private static final String OPTIMIZER = "optimizer.";

    void save(Path file, String key, Map<String, Tensor> parameters, Optimizer optimizer) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters.forEach((name, tensor) -> tensors.put(PARAMETERS + name, tensor));
        optimizer.state().forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        Map<String, String> numbers = new TreeMap<>();
        numbers.put(KEY, key);
        numbers.put(STEP, Long.toString(step));
        numbers.put(WATCH, bits(guard));
        memory.forEach((name, values) -> numbers.put(MEMORY + name, bits(values)));
        SafeTensors.write(file, tensors, numbers);
    }

    static TrainingState load(Path file, String key, Map<String, Tensor> parameters, Optimizer optimizer) {
        if (!Files.exists(file)) {
            throw new UserError("there is no training state " + file);
        }
        try (SafeTensors saved = SafeTensors.open(file);
                Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            saved.checkSound();
            Map<String, String> numbers = saved.metadata();
            if (!key.equals(numbers.get(KEY))) {
                throw new UserError(
                        file + " is the state of another training (other data, loss or settings): resume with"
                                + " the original data, loss and settings, or start a new run elsewhere");
            }
            Map<String, Tensor> slots = new LinkedHashMap<>();
            for (String name : saved.names()) {
                if (name.startsWith(OPTIMIZER)) {
                    slots.put(name.substring(OPTIMIZER.length()), saved.tensor(name));
                } else if (name.startsWith(PARAMETERS)) {
                    Tensor parameter = parameters.get(name.substring(PARAMETERS.length()));
                    if (parameter == null) {
                        throw new UserError(file + " has a parameter " + name + ", which this training has not");
                    }
                    parameter.detach().copy_(saved.tensor(name));
                }
            }
            optimizer.restore(slots);
            Map<String, double[]> memory = new TreeMap<>();
            numbers.forEach((name, bits) -> {
                if (name.startsWith(MEMORY)) {
                    memory.put(name.substring(MEMORY.length()), doubles(bits));
                }
            });
            return new TrainingState(
                    Long.parseLong(String.valueOf(numbers.get(STEP))),
                    doubles(String.valueOf(numbers.get(WATCH))),
                    memory);
        }
    }

    private static String bits(double[] values) {
        return Arrays.stream(values)
                .mapToObj(v -> Long.toHexString(Double.doubleToLongBits(v)))
                .collect(Collectors.joining(" "));
    }

    private static double[] doubles(String bits) {
        return Arrays.stream(bits.split(" "))
                .filter(s -> !s.isEmpty())
                .mapToDouble(s -> Double.longBitsToDouble(Long.parseUnsignedLong(s, 16)))
                .toArray();
    }
}
