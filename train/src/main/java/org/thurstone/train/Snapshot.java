package org.thurstone.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * A snapshot of a trainer: copies of its trained parameters and of the state of its optimiser.
 */
public final class Snapshot implements AutoCloseable {
    private static final String PARAMETERS = "parameters.";
    private static final String OPTIMIZER = "optimizer.";

    final Map<String, Tensor> parameters;
    final Map<String, Tensor> optimizer;

    Snapshot(Map<String, Tensor> parameters, Map<String, Tensor> optimizer) {
        this.parameters = parameters;
        this.optimizer = optimizer;
    }

    /** Writes it to one safetensors file, whole or not at all. */
    public void save(Path file) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        parameters.forEach((name, tensor) -> all.put(PARAMETERS + name, tensor));
        optimizer.forEach((name, tensor) -> all.put(OPTIMIZER + name, tensor));
        SafeTensors.write(file, all, Map.of());
    }

    /** Reads what {@link #save} wrote. */
    public static Snapshot load(Path file) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        Map<String, Tensor> optimizer = new LinkedHashMap<>();
        try (SafeTensors saved = SafeTensors.open(file);
                Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            saved.checkSound();
            for (String name : saved.names()) {
                Tensor copy = saved.tensor(name).copy().own();
                if (name.startsWith(PARAMETERS)) {
                    parameters.put(name.substring(PARAMETERS.length()), copy);
                } else {
                    optimizer.put(name.substring(OPTIMIZER.length()), copy);
                }
            }
        }
        return new Snapshot(parameters, optimizer);
    }

    @Override
    public void close() {
        parameters.values().forEach(Tensor::close);
        optimizer.values().forEach(Tensor::close);
    }
}
