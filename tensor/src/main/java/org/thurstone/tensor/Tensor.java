package org.thurstone.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * An n-dimensional array of libtorch, with gradients where they are asked for. The operations are libtorch's, under its names; they make
 * new tensors, except those whose name ends in an underscore. Negative dimensions count from the end.
 *
 * <p>A tensor lives until the {@link Scope} that it was made in closes. Shapes that do not fit are refused by libtorch with a
 * {@code RuntimeException} that names both.
 */
public final class Tensor implements AutoCloseable {

    final org.bytedeco.pytorch.Tensor torch;

    Tensor(org.bytedeco.pytorch.Tensor torch) {
        this.torch = torch;
    }

    private static Tensor wrap(org.bytedeco.pytorch.Tensor torch) {
        return new Tensor(torch);
    }

    // ---- making ----

    public static Tensor of(float[] values, long... shape) {
        Torch.load();
        try (FloatPointer data = new FloatPointer(values)) {
            return wrap(org.bytedeco
                    .pytorch
                    .global
                    .torch
                    .from_blob(data, shapeOr(shape, values.length), Native.options(DType.FLOAT32, Device.CPU))
                    .clone());
        }
    }

    public static Tensor of(double[] values, long... shape) {
        Torch.load();
        try (DoublePointer data = new DoublePointer(values)) {
            return wrap(org.bytedeco
                    .pytorch
                    .global
                    .torch
                    .from_blob(data, shapeOr(shape, values.length), Native.options(DType.FLOAT64, Device.CPU))
                    .clone());
        }
    }

    public static Tensor of(long[] values, long... shape) {
        Torch.load();
        try (LongPointer data = new LongPointer(values)) {
            return wrap(org.bytedeco
                    .pytorch
                    .global
                    .torch
                    .from_blob(data, shapeOr(shape, values.length), Native.options(DType.INT64, Device.CPU))
                    .clone());
        }
    }

    /** Indices: stored as 64-bit integers, as libtorch needs them. */
    public static Tensor of(int[] values, long... shape) {
        return of(Arrays.stream(values).asLongStream().toArray(), shape);
    }

    public static Tensor of(boolean[] values, long... shape) {
        Torch.load();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        try (BytePointer data = new BytePointer(bytes)) {
            return wrap(org.bytedeco
                    .pytorch
                    .global
                    .torch
                    .from_blob(data, shapeOr(shape, values.length), Native.options(DType.BOOL, Device.CPU))
                    .clone());
        }
    }

    private static long[] shapeOr(long[] shape, int length) {
        return shape.length == 0 ? new long[] {length} : shape;
    }

    public static Tensor scalar(double value, DType type) {
        return full(value, type, Device.CPU);
    }

    public static Tensor zeros(DType type, Device device, long... shape) {
        Torch.load();
        return wrap(org.bytedeco.pytorch.global.torch.zeros(shape, Native.options(type, device)));
    }

    /** Memory as it was found: to be overwritten at once. */
    static Tensor empty(DType type, long... shape) {
        Torch.load();
        return wrap(org.bytedeco.pytorch.global.torch.empty(
                shape, Native.options(type, Device.CPU), new MemoryFormatOptional()));
    }

    /**
     * A tensor in main memory whose elements are written by the caller.
     *
     * @param fill gets the memory of all elements, row by row, in the machine's byte order; valid until it returns
     */
    public static Tensor filled(DType type, long[] shape, Consumer<MemorySegment> fill) {
        Tensor tensor = empty(type, shape);
        fill.accept(tensor.memory());
        return tensor;
    }

    /**
     * Looks at the elements where they are.
     *
     * @param look gets the memory of all elements, row by row, in the machine's byte order; valid until it returns
     * @throws IllegalStateException if the tensor is not dense or not in main memory
     */
    public void read(Consumer<MemorySegment> look) {
        if (!device().equals(Device.CPU) || !torch.is_contiguous()) {
            throw new IllegalStateException("only the memory of a dense tensor on the CPU can be read");
        }
        look.accept(memory());
    }

    public static Tensor full(double value, DType type, Device device, long... shape) {
        Torch.load();
        return wrap(org.bytedeco.pytorch.global.torch.full(shape, new Scalar(value), Native.options(type, device)));
    }

    /** 0, 1, …, count − 1 as 64-bit integers. */
    public static Tensor range(long count, Device device) {
        Torch.load();
        return wrap(org.bytedeco.pytorch.global.torch.arange(new Scalar(count), Native.options(DType.INT64, device)));
    }

    /**
     * Normally distributed numbers, the same for the same generator on every machine and device: they are drawn in Java, one after the other in
     * the order of the elements.
     */
    public static Tensor normal(
            RandomGenerator random, double standardDeviation, DType type, Device device, long... shape) {
        return drawn(() -> random.nextGaussian() * standardDeviation, type, device, shape);
    }

    /** Uniformly distributed numbers in [low, high), drawn as those of {@link #normal}. */
    public static Tensor uniform(
            RandomGenerator random, double low, double high, DType type, Device device, long... shape) {
        return drawn(() -> random.nextDouble(low, high), type, device, shape);
    }

    private static Tensor drawn(DoubleSupplier draw, DType type, Device device, long... shape) {
        if (!type.floating()) {
            throw new IllegalArgumentException("random numbers of type " + type + " are not supported");
        }
        DType drawn = type == DType.FLOAT64 ? type : DType.FLOAT32;
        Tensor tensor = empty(drawn, shape);
        MemorySegment memory = tensor.memory();
        long count = tensor.count();
        if (drawn == DType.FLOAT64) {
            for (long i = 0; i < count; i++) {
                memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, draw.getAsDouble());
            }
        } else {
            for (long i = 0; i < count; i++) {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) draw.getAsDouble());
            }
        }
        return tensor.to(type).to(device);
    }

    public static Tensor cat(List<Tensor> tensors, long dim) {
        return wrap(org.bytedeco.pytorch.global.torch.cat(vector(tensors), dim));
    }

    public static Tensor stack(List<Tensor> tensors, long dim) {
        return wrap(org.bytedeco.pytorch.global.torch.stack(vector(tensors), dim));
    }

    static TensorVector vector(List<Tensor> tensors) {
        TensorVector vector = new TensorVector();
        for (Tensor t : tensors) {
            vector.push_back(t.torch);
        }
        return vector;
    }

    // ---- looking ----

    /** The memory of a dense tensor on the CPU, valid as long as the tensor. */
    MemorySegment memory() {
        long length = count() * type().bytes();
        return length == 0
                ? MemorySegment.NULL
                : MemorySegment.ofAddress(torch.data_ptr().address()).reinterpret(length);
    }

    public long[] shape() {
        long[] shape = new long[(int) torch.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = torch.size(i);
        }
        return shape;
    }

    public long size(long dim) {
        return torch.size(dim);
    }

    public int dim() {
        return (int) torch.dim();
    }

    public long count() {
        return torch.numel();
    }

    public DType type() {
        return DType.of(torch.scalar_type().intern());
    }

    public Device device() {
        org.bytedeco.pytorch.Device device = torch.device();
        return device.is_cuda() ? new Device(true, device.index()) : Device.CPU;
    }

    /** The only element as a double. */
    public double item() {
        return torch.item_double();
    }

    public double[] toDoubles() {
        double[] values = new double[(int) count()];
        if (values.length > 0) {
            org.bytedeco.pytorch.Tensor host =
                    to(Device.CPU).to(DType.FLOAT64).torch.contiguous();
            new DoublePointer(host.data_ptr()).get(values);
        }
        return values;
    }

    public float[] toFloats() {
        float[] values = new float[(int) count()];
        if (values.length > 0) {
            org.bytedeco.pytorch.Tensor host =
                    to(Device.CPU).to(DType.FLOAT32).torch.contiguous();
            new FloatPointer(host.data_ptr()).get(values);
        }
        return values;
    }

    public long[] toLongs() {
        long[] values = new long[(int) count()];
        if (values.length > 0) {
            org.bytedeco.pytorch.Tensor host =
                    to(Device.CPU).to(DType.INT64).torch.contiguous();
            new LongPointer(host.data_ptr()).get(values);
        }
        return values;
    }

    /** Whether every element is finite. */
    public boolean finite() {
        return org.bytedeco.pytorch.global.torch.isfinite(torch).all().item_bool();
    }

    // ---- life and gradients ----

    /** The number of operations that have changed the elements in place. */
    long version() {
        return torch._version();
    }

    /** Takes the tensor out of every scope: it lives until {@link #close()}. */
    public Tensor own() {
        torch.retainReference();
        return this;
    }

    /** Frees an owned tensor; on one that belongs to a scope it gives up a reference that was never taken, so do not. */
    @Override
    public void close() {
        torch.releaseReference();
    }

    public Tensor requiresGrad(boolean required) {
        torch.set_requires_grad(required);
        return this;
    }

    public boolean requiresGrad() {
        return torch.requires_grad();
    }

    public Tensor detach() {
        return wrap(torch.detach());
    }

    /** Adds the gradient of this scalar to every leaf that led to it. */
    public void backward() {
        torch.backward();
    }

    /** Adds the gradient of (this · gradient) summed to every leaf that led to it. */
    public void backward(Tensor gradient) {
        torch.backward(gradient.torch, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    public Optional<Tensor> grad() {
        org.bytedeco.pytorch.Tensor grad = torch.grad();
        // What libtorch hands out is a reference into this tensor, dangling once it is freed: so a handle of its own.
        return grad.defined() ? Optional.of(wrap(new org.bytedeco.pytorch.Tensor(grad))) : Optional.empty();
    }

    /** Adds to the gradient as {@link #backward} would, for gradients worked out by hand. */
    public void addGrad(Tensor gradient) {
        org.bytedeco.pytorch.Tensor grad = torch.mutable_grad();
        if (grad.defined()) {
            grad.add_(gradient.torch);
        } else {
            grad.put(gradient.torch.detach().clone());
        }
    }

    /** The gradient to add to in place; zeros if there was none. */
    public Tensor gradient() {
        org.bytedeco.pytorch.Tensor grad = torch.mutable_grad();
        if (!grad.defined()) {
            grad.put(org.bytedeco.pytorch.global.torch.zeros_like(torch.detach()));
        }
        return wrap(new org.bytedeco.pytorch.Tensor(grad));
    }

    /** Forgets the gradient. */
    public void dropGrad() {
        torch.mutable_grad().reset();
    }

    // ---- element by element ----

    public Tensor add(Tensor other) {
        return wrap(torch.add(other.torch));
    }

    public Tensor add(double value) {
        return wrap(torch.add(new Scalar(value)));
    }

    public Tensor sub(Tensor other) {
        return wrap(torch.sub(other.torch));
    }

    public Tensor sub(double value) {
        return wrap(torch.sub(new Scalar(value)));
    }

    public Tensor mul(Tensor other) {
        return wrap(torch.mul(other.torch));
    }

    public Tensor mul(double value) {
        return wrap(torch.mul(new Scalar(value)));
    }

    public Tensor div(Tensor other) {
        return wrap(torch.div(other.torch));
    }

    /** this + scale · (a · b), element by element. */
    public Tensor addcmul(Tensor a, Tensor b, double scale) {
        return wrap(torch.addcmul(a.torch, b.torch, new Scalar(scale)));
    }

    public Tensor div(double value) {
        return wrap(torch.div(new Scalar(value)));
    }

    public Tensor neg() {
        return wrap(torch.neg());
    }

    public Tensor square() {
        return wrap(torch.square());
    }

    public Tensor pow(double exponent) {
        return wrap(torch.pow(new Scalar(exponent)));
    }

    public Tensor sqrt() {
        return wrap(torch.sqrt());
    }

    public Tensor abs() {
        return wrap(torch.abs());
    }

    public Tensor exp() {
        return wrap(torch.exp());
    }

    public Tensor expm1() {
        return wrap(torch.expm1());
    }

    public Tensor log() {
        return wrap(torch.log());
    }

    public Tensor log1p() {
        return wrap(torch.log1p());
    }

    public Tensor sin() {
        return wrap(torch.sin());
    }

    public Tensor cos() {
        return wrap(torch.cos());
    }

    public Tensor tanh() {
        return wrap(torch.tanh());
    }

    public Tensor sigmoid() {
        return wrap(torch.sigmoid());
    }

    /** log σ(x) = −softplus(−x), without overflow on either side. */
    public Tensor logSigmoid() {
        return wrap(org.bytedeco.pytorch.global.torch.log_sigmoid(torch));
    }

    public Tensor relu() {
        return wrap(torch.relu());
    }

    public Tensor silu() {
        return wrap(org.bytedeco.pytorch.global.torch.silu(torch));
    }

    /** The Gaussian error linear unit, exact. */
    public Tensor gelu() {
        return wrap(org.bytedeco.pytorch.global.torch.gelu(torch, "none"));
    }

    /** The Gaussian error linear unit by its tanh approximation. */
    public Tensor geluTanh() {
        return wrap(org.bytedeco.pytorch.global.torch.gelu(torch, "tanh"));
    }

    public Tensor clampMin(double low) {
        return wrap(torch.clamp_min(new Scalar(low)));
    }

    public Tensor clampMax(double high) {
        return wrap(torch.clamp_max(new Scalar(high)));
    }

    public Tensor maximum(Tensor other) {
        return wrap(torch.maximum(other.torch));
    }

    public Tensor minimum(Tensor other) {
        return wrap(torch.minimum(other.torch));
    }

    public Tensor gt(double value) {
        return wrap(torch.gt(new Scalar(value)));
    }

    public Tensor ge(double value) {
        return wrap(torch.ge(new Scalar(value)));
    }

    public Tensor lt(double value) {
        return wrap(torch.lt(new Scalar(value)));
    }

    public Tensor lt(Tensor other) {
        return wrap(torch.lt(other.torch));
    }

    public Tensor le(Tensor other) {
        return wrap(torch.le(other.torch));
    }

    public Tensor eq(Tensor other) {
        return wrap(torch.eq(other.torch));
    }

    public Tensor eq(double value) {
        return wrap(torch.eq(new Scalar(value)));
    }

    public Tensor not() {
        return wrap(torch.logical_not());
    }

    public Tensor and(Tensor other) {
        return wrap(torch.logical_and(other.torch));
    }

    /** {@code yes} where this boolean tensor holds, {@code no} elsewhere. */
    public Tensor where(Tensor yes, Tensor no) {
        return wrap(org.bytedeco.pytorch.global.torch.where(torch, yes.torch, no.torch));
    }

    /** This, with {@code value} where the mask holds. */
    public Tensor maskedFill(Tensor mask, double value) {
        return wrap(torch.masked_fill(mask.torch, new Scalar(value)));
    }

    // ---- reductions ----

    public Tensor sum() {
        return wrap(torch.sum());
    }

    public Tensor sum(long dim) {
        return wrap(torch.sum(new long[] {dim}, false, Native.noType()));
    }

    public Tensor mean() {
        return wrap(torch.mean());
    }

    public Tensor mean(long dim) {
        return wrap(torch.mean(new long[] {dim}, false, Native.noType()));
    }

    /** The Euclidean norm of all elements; summed in float32 for 16-bit types, and given in it. */
    public Tensor norm() {
        Tensor wide = type() == DType.BFLOAT16 || type() == DType.FLOAT16 ? to(DType.FLOAT32) : this;
        return wrap(wide.torch.norm());
    }

    public Tensor max() {
        return wrap(torch.max());
    }

    public Tensor max(long dim, boolean keep) {
        return wrap(org.bytedeco.pytorch.global.torch.amax(torch, new long[] {dim}, keep));
    }

    public Tensor argmax(long dim) {
        return wrap(torch.argmax(Native.some(dim), false));
    }

    public Tensor logSumExp(long dim, boolean keep) {
        return wrap(org.bytedeco.pytorch.global.torch.logsumexp(torch, new long[] {dim}, keep));
    }

    public Tensor logSoftmax(long dim) {
        return wrap(org.bytedeco.pytorch.global.torch.log_softmax(torch, dim));
    }

    public Tensor softmax(long dim) {
        return wrap(org.bytedeco.pytorch.global.torch.softmax(torch, dim));
    }

    public Tensor cumsum(long dim) {
        return wrap(torch.cumsum(dim));
    }

    /** Sorted values and where each came from. */
    public record Sorted(Tensor values, Tensor indices) {}

    public Sorted sort(long dim, boolean descending) {
        var sorted = org.bytedeco.pytorch.global.torch.sort(torch, dim, descending);
        return new Sorted(wrap(sorted.get0()), wrap(sorted.get1()));
    }

    public Sorted topK(long k, long dim) {
        var top = org.bytedeco.pytorch.global.torch.topk(torch, k, dim, true, true);
        return new Sorted(wrap(top.get0()), wrap(top.get1()));
    }

    // ---- shape ----

    public Tensor reshape(long... shape) {
        return wrap(torch.reshape(shape));
    }

    public Tensor transpose(long a, long b) {
        return wrap(torch.transpose(a, b));
    }

    public Tensor permute(long... dims) {
        return wrap(torch.permute(dims));
    }

    public Tensor unsqueeze(long dim) {
        return wrap(torch.unsqueeze(dim));
    }

    public Tensor squeeze(long dim) {
        return wrap(torch.squeeze(dim));
    }

    public Tensor expand(long... shape) {
        return wrap(torch.expand(shape));
    }

    /** Whether shape and all elements are the same, to the last bit but for the sign of zeros; never where there is NaN. */
    public boolean sameValues(Tensor other) {
        return torch.equal(other.torch);
    }

    public Tensor contiguous() {
        return wrap(torch.contiguous());
    }

    public Tensor narrow(long dim, long start, long length) {
        return wrap(torch.narrow(dim, start, length));
    }

    public Tensor select(long dim, long index) {
        return wrap(torch.select(dim, index));
    }

    public Tensor indexSelect(long dim, Tensor index) {
        return wrap(torch.index_select(dim, index.torch));
    }

    public Tensor gather(long dim, Tensor index) {
        return wrap(torch.gather(dim, index.torch));
    }

    public Tensor scatter(long dim, Tensor index, Tensor source) {
        return wrap(torch.scatter(dim, index.torch, source.torch));
    }

    public Tensor indexAdd(long dim, Tensor index, Tensor source) {
        return wrap(torch.index_add(dim, index.torch, source.torch));
    }

    public Tensor tril(long diagonal) {
        return wrap(torch.tril(diagonal));
    }

    /** Views of {@code sizes} rows each along a dimension, one after the other. */
    public List<Tensor> split(long dim, long... sizes) {
        TensorVector parts = torch.split_with_sizes(sizes, dim);
        List<Tensor> views = new ArrayList<>(sizes.length);
        for (long i = 0; i < parts.size(); i++) {
            views.add(wrap(parts.get(i)));
        }
        return views;
    }

    // ---- in place ----

    public Tensor add_(Tensor other) {
        torch.add_(other.torch);
        return this;
    }

    public Tensor add_(double value) {
        torch.add_(new Scalar(value));
        return this;
    }

    public Tensor add_(Tensor other, double scale) {
        torch.add_(other.torch, new Scalar(scale));
        return this;
    }

    public Tensor sub_(Tensor other) {
        torch.sub_(other.torch);
        return this;
    }

    public Tensor mul_(Tensor other) {
        torch.mul_(other.torch);
        return this;
    }

    public Tensor mul_(double value) {
        torch.mul_(new Scalar(value));
        return this;
    }

    public Tensor exp_() {
        torch.exp_();
        return this;
    }

    public Tensor zero_() {
        torch.zero_();
        return this;
    }

    public Tensor copy_(Tensor source) {
        torch.copy_(source.torch);
        return this;
    }

    public Tensor indexCopy_(long dim, Tensor index, Tensor source) {
        torch.index_copy_(dim, index.torch, source.torch);
        return this;
    }

    public Tensor indexAdd_(long dim, Tensor index, Tensor source) {
        torch.index_add_(dim, index.torch, source.torch);
        return this;
    }

    public Tensor scatterAdd_(long dim, Tensor index, Tensor source) {
        torch.scatter_add_(dim, index.torch, source.torch);
        return this;
    }

    /** this += left · right, all matrices. */
    public Tensor addmm_(Tensor left, Tensor right) {
        torch.addmm_(left.torch, right.torch);
        return this;
    }

    // ---- where and what ----

    public Tensor to(DType type) {
        return torch.scalar_type().intern() == type.torch ? this : wrap(torch.to(type.torch));
    }

    public Tensor to(Device device) {
        return device().equals(device) ? this : wrap(torch.to(device.torch(), torch.scalar_type()));
    }

    /** A copy of its own. */
    public Tensor copy() {
        return wrap(torch.clone());
    }

    // ---- layers ----

    public Tensor matmul(Tensor other) {
        return wrap(torch.matmul(other.torch));
    }

    /** this · weightᵀ; weight is (out, in). */
    public Tensor linear(Tensor weight) {
        return wrap(org.bytedeco.pytorch.global.torch.linear(torch, weight.torch));
    }

    /** this · weightᵀ + bias; weight is (out, in), bias (out). */
    public Tensor linear(Tensor weight, Tensor bias) {
        return wrap(org.bytedeco.pytorch.global.torch.linear(torch, weight.torch, Native.some(bias)));
    }

    /** Rows of this (vocabulary, width) matrix. */
    public Tensor embedding(Tensor ids) {
        return wrap(org.bytedeco.pytorch.global.torch.embedding(torch, ids.torch));
    }

    /** Over the last dimension. */
    public Tensor rmsNorm(Tensor weight, double epsilon) {
        return wrap(org.bytedeco.pytorch.global.torch.rms_norm(
                torch, new long[] {size(-1)}, Native.some(weight), Native.some(epsilon)));
    }

    /** Over the last dimension. */
    public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
        return wrap(org.bytedeco.pytorch.global.torch.layer_norm(
                torch, new long[] {size(-1)}, Native.some(weight), Native.some(bias), epsilon, true));
    }

    /**
     * Scaled dot-product attention of queries (…, heads, q, width) over keys and values (…, key heads, k, width), grouped where there are
     * fewer key heads.
     *
     * @param mask added to the scores where floating, kept where true if boolean, broadcast to (…, heads, q, k); empty for none
     * @param causal whether query i sees keys up to i only; not together with a mask
     */
    public static Tensor attention(
            Tensor query, Tensor key, Tensor value, Optional<Tensor> mask, boolean causal, double scale) {
        boolean grouped = query.size(-3) != key.size(-3);
        return wrap(org.bytedeco.pytorch.global.torch.scaled_dot_product_attention(
                query.torch,
                key.torch,
                value.torch,
                mask.map(Native::some).orElseGet(Native::noTensor),
                0,
                causal,
                Native.some(scale),
                grouped));
    }

    @Override
    public String toString() {
        return type() + Arrays.toString(shape());
    }
}
