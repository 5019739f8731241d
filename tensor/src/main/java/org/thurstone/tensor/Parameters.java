package org.thurstone.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The named tensors that a model owns: trained ones ask for gradients, frozen ones do not. They live outside of every scope until closed.
 * Names are those of the checkpoint; order is the order of adding, which the optimiser's state follows.
 */
public final class Parameters implements AutoCloseable {

    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    /** Takes the tensor over and, if it is trained, asks for its gradient. */
    public Tensor add(String name, Tensor tensor, boolean trained) {
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("there is a parameter \"" + name + "\" already");
        }
        return tensor.own().requiresGrad(trained);
    }

    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no parameter \"" + name + "\"");
        }
        return tensor;
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** All of them, by name, in order. */
    public Map<String, Tensor> all() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Those that ask for gradients, in order. */
    public List<Tensor> trained() {
        List<Tensor> trained = new ArrayList<>();
        for (Tensor t : tensors.values()) {
            if (t.requiresGrad()) {
                trained.add(t);
            }
        }
        return trained;
    }

    /** A number that rises whenever an operation changes a parameter in place. */
    public long version() {
        return all().values().stream().mapToLong(Tensor::version).sum() + all().size();
    }

    /** The number of parameters, trained or frozen. */
    public long count() {
        return tensors.values().stream().mapToLong(Tensor::count).sum();
    }

    /** The Euclidean norm of all gradients together; 0 where there are none, NaN or infinite where one of them is. */
    public double gradNorm() {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            List<Tensor> norms = new ArrayList<>();
            for (Tensor t : tensors.values()) {
                t.grad()
                        .ifPresent(
                                grad -> norms.add(grad.norm().to(DType.FLOAT64).to(Device.CPU)));
            }
            return norms.isEmpty() ? 0 : Tensor.stack(norms, 0).norm().item();
        }
    }

    /**
     * Scales all gradients alike so that their norm is {@code maxNorm} if it was more. Gradients whose norm is NaN or infinite stay as they
     * are, for the caller to stop at.
     *
     * @return the norm before
     */
    public double clip(double maxNorm) {
        AdamW.require(maxNorm > 0, "the largest norm of the gradient", maxNorm, "above 0");
        double norm = gradNorm();
        if (norm > maxNorm && Double.isFinite(norm)) {
            try (Scope scope = Scope.open();
                    Gradients off = Gradients.off()) {
                tensors.values().forEach(t -> t.grad().ifPresent(grad -> grad.mul_(maxNorm / norm)));
            }
        }
        return norm;
    }

    public void dropGrads() {
        tensors.values().forEach(Tensor::dropGrad);
    }

    /** Overwrites the values with those of parameters of the same names and shapes. */
    public void copyFrom(Parameters source) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            tensors.forEach((name, tensor) -> tensor.copy_(source.get(name)));
        }
    }

    /**
     * Moves the values a share of the way to those of parameters of the same names and shapes: a moving average of policies.
     *
     * @param share 0 stays, 1 arrives
     */
    public void moveTowards(Parameters other, double share) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            tensors.forEach((name, tensor) -> tensor.add_(other.get(name).sub(tensor), share));
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
