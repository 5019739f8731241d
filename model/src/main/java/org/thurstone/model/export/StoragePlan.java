package org.thurstone.model.export;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.thurstone.data.UserError;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;

/**
 * The tensors of a file that is written: which type each has, and what its values lose by it. Norms, biases and position embeddings are F32 in every file, as
 * llama.cpp computes with them; rows that a type's blocks do not fill are F16.
 */
final class StoragePlan {

    /** The largest magnitude that F16 has; what is closer to it than to the next power of two is rounded to it. */
    private static final double HALF_LARGEST = 65_504;

    private static final int NAMED = 3;

    /** The share of a change whose loss is a warning. */
    private static final double MUCH_LOST = 0.1;

    private final GgufWriter writer;
    private final Map<StorageType, Integer> counts = new EnumMap<>(StorageType.class);
    private final List<String> unfilled = new ArrayList<>();
    private long vanished;
    private long elements;
    private double changed;
    private double survived;

    StoragePlan(GgufWriter writer) {
        this.writer = writer;
    }

    /** A tensor as another file has it. */
    void copy(String name, GgufFile from) {
        counts.merge(from.type(name), 1, Integer::sum);
        writer.copy(name, from);
    }

    /**
     * A tensor to which an adapter's change is added.
     *
     * @param base the weight without the change, and change what is added to it, both as the file has them
     */
    void merge(String name, StorageType wanted, long[] shape, Supplier<Tensor> base, Supplier<Tensor> change) {
        StorageType type = type(name, wanted, shape);
        counts.merge(type, 1, Integer::sum);
        writer.tensor(name, type, shape, () -> {
            try (Gradients off = Gradients.off()) {
                Tensor before = base.get();
                Tensor added = change.get();
                Tensor sum = before.add(added);
                if (type != StorageType.F32) {
                    Tensor kept = GgufWriter.rounded(type, sum).sub(GgufWriter.rounded(type, before));
                    changed += added.square().sum().item();
                    survived += kept.mul(added).sum().item();
                }
                return checked(name, type, sum);
            }
        });
    }

    /** A tensor whose values are fetched when the file is written. */
    void add(String name, StorageType wanted, long[] shape, Supplier<Tensor> values) {
        StorageType type = type(name, wanted, shape);
        counts.merge(type, 1, Integer::sum);
        writer.tensor(name, type, shape, () -> checked(name, type, values.get()));
    }

    private StorageType type(String name, StorageType wanted, long[] shape) {
        if (shape.length < 2 || name.endsWith("_norm.weight") || name.startsWith("position_embd.")) {
            return StorageType.F32;
        }
        if (!GgufWriter.fits(wanted, shape)) {
            unfilled.add(name + " (rows of " + shape[shape.length - 1] + ")");
            return StorageType.F16;
        }
        return wanted;
    }

    /** Refuses values that the type turns into infinity, and counts those that it turns into zero. */
    private Tensor checked(String name, StorageType type, Tensor given) {
        try (Gradients off = Gradients.off()) {
            Tensor values = given.detach().to(DType.FLOAT32);
            if (!values.finite()) {
                throw new UserError("tensor \"" + name + "\" has NaN or infinity: the weights are damaged");
            }
            elements += values.count();
            if (type == StorageType.F16) {
                Tensor half = values.to(DType.FLOAT16).to(DType.FLOAT32).abs();
                long over = count(half.gt(HALF_LARGEST));
                if (over > 0) {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "tensor \"%s\" has %,d values that F16 would make infinite (its largest number is 65,504):"
                                    + " write it as bf16 or f32",
                            name,
                            over));
                }
                vanished += count(half.eq(0)) - count(values.eq(0));
            } else if (type == StorageType.Q8_0 && values.abs().max().item() / 127 > HALF_LARGEST) {
                throw new UserError("tensor \"" + name
                        + "\" has values whose scale Q8_0 would make infinite: write it as bf16 or f32");
            }
            return values;
        }
    }

    private static long count(Tensor where) {
        return (long) where.to(DType.INT64).sum().item();
    }

    /** How many tensors there are of each type. */
    Map<StorageType, Integer> counts() {
        return counts;
    }

    /** What a user has to know, once the file is written. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!unfilled.isEmpty()) {
            String more = unfilled.size() > NAMED ? " and " + (unfilled.size() - NAMED) + " more" : "";
            notes.add("written as F16, because blocks of 32 do not fill their rows: "
                    + String.join(", ", unfilled.subList(0, Math.min(NAMED, unfilled.size()))) + more);
        }
        if (vanished > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d values are too small for F16 and became 0; bf16 keeps them",
                    vanished,
                    elements));
        }
        if (changed > 0) {
            double lost = 1 - survived / changed;
            notes.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of the adapter's change is lost to rounding%s",
                    100 * Math.max(0, lost),
                    lost > MUCH_LOST ? ": write f32, or the adapter alone (--adapter-only)" : ""));
        }
        return notes;
    }
}
