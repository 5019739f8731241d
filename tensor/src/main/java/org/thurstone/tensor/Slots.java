package org.thurstone.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The state that optimisers share: per parameter, named tensors of state that live until closed, in float32 where the parameter has 16 bits. */
final class Slots implements AutoCloseable {

    private static final String MASTER = "master";

    /** A parameter that has a gradient, ready for arithmetic: {@code weights} is itself or its float32 copy. */
    record Active(int index, Tensor parameter, Tensor weights, Tensor gradient) {}

    private final List<Tensor> parameters;
    private final List<String> names;
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();

    /**
     * Slots for parameters.
     *
     * @param names of the tensors an optimiser keeps per parameter; {@code steps} is a single number, the rest have its shape
     */
    Slots(List<Tensor> parameters, String... names) {
        this.parameters = List.copyOf(parameters);
        this.names = List.of(names);
        for (Tensor p : parameters) {
            if (!p.type().floating()) {
                throw new IllegalArgumentException("a parameter " + p + " cannot be trained: it is not floating");
            }
            if (!p.torch.is_contiguous()) {
                throw new IllegalArgumentException(
                        "a parameter " + p + " cannot be trained in place: it is a strided view");
            }
        }
    }

    /** Those with gradients. Call within a scope and with gradients off. */
    List<Active> active() {
        List<Active> active = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i);
            var grad = parameter.grad();
            if (grad.isPresent()) {
                int index = i;
                Tensor weights = wide(parameter.type())
                        ? parameter.detach()
                        : state.computeIfAbsent(
                                i + "." + MASTER,
                                k -> own(parameters.get(index).detach().to(DType.FLOAT32)));
                // Fused kernels walk memory, not strides.
                active.add(new Active(
                        i,
                        parameter,
                        weights,
                        grad.get().detach().to(weights.type()).contiguous()));
            }
        }
        return active;
    }

    /** The state tensor of a parameter, zeros at first. */
    Tensor get(Active active, String name) {
        return state.computeIfAbsent(active.index + "." + name, k -> {
            Tensor like = active.weights;
            return own(
                    name.equals("steps")
                            ? Tensor.zeros(DType.FLOAT32, like.device())
                            : Tensor.zeros(like.type(), like.device(), like.shape()));
        });
    }

    boolean has(Active active, String name) {
        return state.containsKey(active.index + "." + name);
    }

    /** Rounds the float32 copies back into the parameters. */
    void writeBack(List<Active> active) {
        for (Active a : active) {
            if (!wide(a.parameter.type())) {
                a.parameter.detach().copy_(a.weights);
            }
        }
    }

    Map<String, Tensor> state() {
        return new LinkedHashMap<>(state);
    }

    void restore(Map<String, Tensor> saved) {
        saved.forEach(this::check);
        SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            saved.forEach((name, tensor) -> {
                Device device = parameters.get(index(name)).device();
                copies.put(name, own(tensor.detach().copy().to(device)));
            });
        }
        close();
        state.putAll(copies);
    }

    private void check(String name, Tensor tensor) {
        int index = index(name);
        Tensor parameter = parameters.get(index);
        String kind = name.substring(name.indexOf('.') + 1);
        boolean wide = wide(parameter.type());
        if (!names.contains(kind) && !(kind.equals(MASTER) && !wide)) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is not part of the state of this optimiser, which keeps " + names + " for each parameter");
        }
        long[] shape = kind.equals("steps") ? new long[0] : parameter.shape();
        DType type = wide && !kind.equals("steps") ? parameter.type() : DType.FLOAT32;
        if (!Arrays.equals(shape, tensor.shape()) || tensor.type() != type) {
            throw new IllegalArgumentException("the state \"" + name + "\" is " + tensor + ", but its parameter needs "
                    + type + Arrays.toString(shape));
        }
    }

    private int index(String name) {
        int dot = name.indexOf('.');
        if (dot > 0 && dot < 10 && name.substring(0, dot).chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index = Integer.parseInt(name.substring(0, dot));
            if (index < parameters.size()) {
                return index;
            }
        }
        throw new IllegalArgumentException("the state \"" + name + "\" belongs to none of the " + parameters.size()
                + " parameters; names are INDEX.NAME");
    }

    private static Tensor own(Tensor tensor) {
        return tensor.own();
    }

    private static boolean wide(DType type) {
        return type == DType.FLOAT32 || type == DType.FLOAT64;
    }

    @Override
    public void close() {
        state.values().forEach(Tensor::close);
        state.clear();
    }
}
