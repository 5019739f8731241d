package org.thurstone.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.IValue;
import org.jspecify.annotations.Nullable;

/**
 * A matrix that rows are multiplied with again and again, laid out once as oneDNN's kernels read it. libtorch's ordinary product lays the
 * same matrix out anew in every call, which takes most of the time where the rows are few. float32 and bfloat16, on the CPU.
 *
 * <p>Sums are in float32; results have the type of the rows and differ from the ordinary product's by rounding only.
 */
public final class PackedMatrix implements AutoCloseable {

    /**
     * The operators, with those of their arguments that never change.
     *
     * @param plain that nothing is done to the product
     * @param add that other rows are added to it
     */
    private record Operators(
            Boxed pack,
            Boxed product,
            Boxed sum,
            IValue noBias,
            IValue plain,
            IValue add,
            IValue noNumbers,
            IValue noAlgorithm) {

        /** Null where this build of libtorch lacks oneDNN. */
        private static final @Nullable Operators FOUND = find();

        private static @Nullable Operators find() {
            try {
                Boxed product = Boxed.operator("mkldnn::_linear_pointwise", "");
                return new Operators(
                        Boxed.operator("mkldnn::_reorder_linear_weight", ""),
                        product,
                        Boxed.operator("mkldnn::_linear_pointwise", "binary"),
                        kept(new IValue()),
                        kept(new IValue("none")),
                        kept(new IValue("add")),
                        kept(product.emptyList(4)),
                        kept(new IValue("")));
            } catch (RuntimeException e) {
                return null; // an optional speed-up
            }
        }

        private static IValue kept(IValue value) {
            return value.retainReference();
        }

        static Operators get() {
            if (FOUND == null) {
                throw new UnsupportedOperationException("this build of libtorch has no oneDNN");
            }
            return FOUND;
        }
    }

    private final long rows;
    private final long columns;
    private final DType type;
    private final Tensor packed;
    private final Optional<Tensor> bias;

    private PackedMatrix(long rows, long columns, DType type, Tensor packed, Optional<Tensor> bias) {
        this.rows = rows;
        this.columns = columns;
        this.type = type;
        this.packed = packed;
        this.bias = bias;
    }

    /** Whether matrices of this type can be packed for this device. */
    public static boolean available(DType type, Device device) {
        return !device.cuda() && (type == DType.FLOAT32 || type == DType.BFLOAT16) && Operators.FOUND != null;
    }

    /**
     * A packed copy.
     *
     * @param weight (out, in)
     * @param bias (out)
     * @param batch the number of rows that it will mostly be multiplied with
     */
    public static PackedMatrix of(Tensor weight, Optional<Tensor> bias, int batch) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            Tensor dense = weight.detach().contiguous();
            Tensor packed = Operators.get().pack.tensor(new IValue(dense.torch), new IValue((long) batch));
            return new PackedMatrix(
                    weight.size(0),
                    weight.size(1),
                    weight.type(),
                    packed.own(),
                    bias.map(b -> b.detach().copy().own()));
        }
    }

    /** The length of a result: out. */
    public long rows() {
        return rows;
    }

    /** The length of what it is multiplied with: in. */
    public long columns() {
        return columns;
    }

    public DType type() {
        return type;
    }

    /** x · weightᵀ + bias, without gradients: (n, in) to (n, out). */
    public Tensor times(Tensor x) {
        Operators operators = Operators.get();
        return operators.product.tensor(
                new IValue(x.torch),
                new IValue(packed.torch),
                bias(operators),
                operators.plain,
                operators.noNumbers,
                operators.noAlgorithm);
    }

    private IValue bias(Operators operators) {
        return bias.map(b -> new IValue(b.torch)).orElse(operators.noBias);
    }

    /** rows + x · weightᵀ + bias, without gradients and rounded once: (n, in) and (n, out) to (n, out). */
    public Tensor timesPlus(Tensor x, Tensor rows) {
        Operators operators = Operators.get();
        return operators.sum.tensor(
                new IValue(x.torch), new IValue(rows.torch), new IValue(packed.torch), bias(operators), operators.add);
    }

    /**
     * Tries out at which row counts the product gives a row the same bits as at another count, wherever among the rows it stands. The
     * kernels' order of additions depends on the shape, not on the numbers, so a difference shows in random rows.
     *
     * @param count the row count to compare with
     * @param others row counts
     * @return for each of the others whether every bit was the same
     */
    public boolean[] sameBits(int count, List<Integer> others, RandomGenerator random) {
        int most = Math.max(
                count, others.stream().mapToInt(Integer::intValue).max().orElse(count));
        boolean[] same = new boolean[others.size()];
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            Tensor x = Tensor.uniform(random, -1, 1, DType.FLOAT32, Device.CPU, most, columns)
                    .to(type);
            Tensor y = in(count, x, most);
            for (int i = 0; i < same.length; i++) {
                same[i] = y.sameValues(in(others.get(i), x, most)) && y.sameValues(shifted(others.get(i), x, most));
            }
        }
        return same;
    }

    /** The products of all rows, computed {@code count} rows at a time. */
    private Tensor in(int count, Tensor x, int rows) {
        List<Tensor> parts = new ArrayList<>();
        for (int start = 0; start < rows; start += count) {
            int from = Math.min(start, rows - count);
            Tensor y = times(x.narrow(0, from, count).contiguous());
            parts.add(y.narrow(0, start - from, count - (start - from)));
        }
        return Tensor.cat(parts, 0);
    }

    /** The same with each row elsewhere among those that it is computed with. */
    private Tensor shifted(int count, Tensor x, int rows) {
        int shift = count / 2 + 1;
        Tensor moved = Tensor.cat(List.of(x.narrow(0, shift, rows - shift), x.narrow(0, 0, shift)), 0);
        Tensor y = in(count, moved, rows);
        return Tensor.cat(List.of(y.narrow(0, rows - shift, shift), y.narrow(0, 0, rows - shift)), 0);
    }

    @Override
    public void close() {
        packed.close();
        bias.ifPresent(Tensor::close);
    }
}
