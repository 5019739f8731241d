package org.thurstone.tensor.gguf;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thurstone.data.AtomicFile;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * Writes a file of version 3: keys and tensors in the order in which they were given. The file appears whole or not at all. Tensors are fetched one by
 * one while the file is written, so that no more than one is in memory in addition to the model.
 */
public final class GgufWriter {

    private static final int ALIGNMENT = 32;

    private final SequencedMap<String, byte[]> values = new LinkedHashMap<>();
    private final SequencedMap<String, Item> tensors = new LinkedHashMap<>();

    /** Writes a tensor's bytes. */
    private interface Content {
        void write(AtomicFile file);
    }

    /** A tensor to come. */
    private record Item(StorageType type, long[] shape, Content content) {

        long bytes() {
            long elements = 1;
            for (long size : shape) {
                elements *= size;
            }
            return elements / type.elements() * type.bytes();
        }
    }

    /** Whether a tensor of this shape can be stored so: a block does not reach over the end of a row. */
    public static boolean fits(StorageType type, long[] shape) {
        return shape.length == 0 ? type.elements() == 1 : shape[shape.length - 1] % type.elements() == 0;
    }

    private GgufWriter put(String key, ValueType type, byte[] value) {
        return put(key, typed(type, value));
    }

    private GgufWriter put(String key, byte[] typed) {
        if (values.putIfAbsent(key, typed) != null) {
            throw new IllegalArgumentException("the key \"" + key + "\" was given before");
        }
        return this;
    }

    /** A key with the value that another file has, of whatever type it is. */
    public GgufWriter copy(String key, Metadata from) {
        return put(key, from.raw(key));
    }

    /** Whether a key was given. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    private static byte[] typed(ValueType type, byte[] value) {
        return bytes(4 + value.length, to -> to.putInt(type.number).put(value));
    }

    private static byte[] bytes(int count, Consumer<ByteBuffer> fill) {
        byte[] bytes = new byte[count];
        fill.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    private static byte[] sized(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes(8 + bytes.length, to -> to.putLong(bytes.length).put(bytes));
    }

    private static byte[] list(ValueType element, long count, byte[] values) {
        return bytes(
                12 + values.length,
                to -> to.putInt(element.number).putLong(count).put(values));
    }

    public GgufWriter text(String key, String value) {
        return put(key, ValueType.STRING, sized(value));
    }

    public GgufWriter flag(String key, boolean value) {
        return put(key, ValueType.BOOL, new byte[] {(byte) (value ? 1 : 0)});
    }

    /** A whole number from 0 to 2³² − 1. */
    public GgufWriter count(String key, long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("\"" + key + "\" is " + value + ", no unsigned number of 32 bits");
        }
        return put(key, ValueType.UINT32, bytes(4, to -> to.putInt((int) value)));
    }

    public GgufWriter number(String key, float value) {
        return put(key, ValueType.FLOAT32, bytes(4, to -> to.putFloat(value)));
    }

    public GgufWriter texts(String key, List<String> texts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        texts.forEach(text -> all.writeBytes(sized(text)));
        return put(key, ValueType.ARRAY, list(ValueType.STRING, texts.size(), all.toByteArray()));
    }

    public GgufWriter numbers(String key, float[] numbers) {
        byte[] all = bytes(4 * numbers.length, to -> {
            for (float number : numbers) {
                to.putFloat(number);
            }
        });
        return put(key, ValueType.ARRAY, list(ValueType.FLOAT32, numbers.length, all));
    }

    public GgufWriter integers(String key, int[] integers) {
        byte[] all = bytes(4 * integers.length, to -> Arrays.stream(integers).forEach(to::putInt));
        return put(key, ValueType.ARRAY, list(ValueType.INT32, integers.length, all));
    }

    public GgufWriter flags(String key, boolean[] flags) {
        byte[] all = new byte[flags.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = (byte) (flags[k] ? 1 : 0);
        }
        return put(key, ValueType.ARRAY, list(ValueType.BOOL, flags.length, all));
    }

    /**
     * A tensor.
     *
     * @param type F32, F16, BF16 or Q8_0
     * @param shape rows first
     * @param values gives the tensor when its turn comes; the scope that is open then is closed afterwards
     * @throws IllegalArgumentException if rows are no whole number of blocks, or the type cannot be written
     */
    public GgufWriter tensor(String name, StorageType type, long[] shape, Supplier<Tensor> values) {
        if (!fits(type, shape)) {
            throw new IllegalArgumentException("rows of \"" + name + "\" are no whole number of blocks of " + type);
        }
        switch (type) {
            case F32, F16, BF16, Q8_0 -> {}
            default -> throw new IllegalArgumentException(type + " cannot be written; F32, F16, BF16 and Q8_0 can");
        }
        return put(name, new Item(type, shape.clone(), file -> write(file, type, values)));
    }

    /** A tensor of another file, block by block as it is there, in whatever type; that file has to stay open until this one is written. */
    public GgufWriter copy(String name, GgufFile from) {
        return put(name, new Item(from.type(name), from.shape(name), file -> copy(file, from.stored(name))));
    }

    private GgufWriter put(String name, Item item) {
        if (tensors.putIfAbsent(name, item) != null) {
            throw new IllegalArgumentException("the tensor \"" + name + "\" was given before");
        }
        return this;
    }

    /**
     * Writes the file.
     *
     * @throws org.thurstone.data.UserError if there is no room or no permission; nothing is left behind
     */
    public void write(Path file) {
        try (AtomicFile whole = AtomicFile.open(file)) {
            long at = write(whole, header());
            for (Item item : tensors.values()) {
                at += write(whole, new byte[(int) padding(at)]);
                item.content.write(whole);
                at += item.bytes();
            }
            whole.commit();
        }
    }

    private byte[] header() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        header.writeBytes(bytes(20, to -> to.putInt(3).putLong(tensors.size()).putLong(values.size())));
        values.forEach((key, value) -> {
            header.writeBytes(sized(key));
            header.writeBytes(value);
        });
        long offset = 0;
        for (var tensor : tensors.entrySet()) {
            Item item = tensor.getValue();
            header.writeBytes(sized(tensor.getKey()));
            long begin = offset;
            header.writeBytes(bytes(16 + 8 * item.shape.length, to -> {
                to.putInt(item.shape.length);
                for (int d = item.shape.length - 1; d >= 0; d--) {
                    to.putLong(item.shape[d]);
                }
                to.putInt(item.type.number()).putLong(begin);
            }));
            offset += item.bytes() + padding(item.bytes());
        }
        return header.toByteArray();
    }

    private static long padding(long length) {
        return (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
    }

    private static long write(AtomicFile file, byte[] bytes) {
        file.write(ByteBuffer.wrap(bytes));
        return bytes.length;
    }

    private static void write(AtomicFile file, StorageType type, Supplier<Tensor> values) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            DType wanted = type == StorageType.Q8_0 ? DType.FLOAT32 : type.exact();
            Tensor host = values.get().detach().to(Device.CPU).to(wanted).contiguous();
            host.read(memory -> {
                if (type == StorageType.Q8_0) {
                    quantize(file, memory);
                } else {
                    copy(file, memory);
                }
            });
        }
    }

    private static void copy(AtomicFile file, MemorySegment memory) {
        int chunk = 1 << 26;
        for (long at = 0; at < memory.byteSize(); at += chunk) {
            file.write(
                    memory.asSlice(at, Math.min(chunk, memory.byteSize() - at)).asByteBuffer());
        }
    }

    /** Blocks of 32: the scale is the largest magnitude through 127, as in ggml's reference. */
    private static void quantize(AtomicFile file, MemorySegment memory) {
        int block = StorageType.Q8_0.elements();
        long count = memory.byteSize() / Float.BYTES / block;
        int chunk = 1 << 14;
        float[] values = new float[chunk * block];
        for (long done = 0; done < count; done += chunk) {
            int now = (int) Math.min(chunk, count - done);
            MemorySegment.copy(
                    memory, ValueLayout.JAVA_FLOAT_UNALIGNED, done * block * Float.BYTES, values, 0, now * block);
            int blocks = now;
            file.write(ByteBuffer.wrap(bytes(now * StorageType.Q8_0.bytes(), to -> {
                for (int b = 0; b < blocks; b++) {
                    quantize(values, b * block, to);
                }
            })));
        }
    }

    /** Values as they come back from a type, in float32 and the current scope; rows have to be whole numbers of its blocks. */
    public static Tensor rounded(StorageType type, Tensor values) {
        if (type != StorageType.Q8_0) {
            return values.to(type.exact()).to(DType.FLOAT32);
        }
        int block = type.elements();
        float[] all = values.to(DType.FLOAT32).toFloats();
        byte[] stored = new byte[type.bytes()];
        for (int from = 0; from < all.length; from += block) {
            quantize(all, from, ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN));
            Blocks.q8(stored, 0, all, from);
        }
        return Tensor.of(all, values.shape());
    }

    private static void quantize(float[] values, int from, ByteBuffer to) {
        int block = StorageType.Q8_0.elements();
        float most = 0;
        for (int k = 0; k < block; k++) {
            most = Math.max(most, Math.abs(values[from + k]));
        }
        float scale = most / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        to.putShort(Float.floatToFloat16(scale));
        for (int k = 0; k < block; k++) {
            float scaled = values[from + k] * inverse;
            to.put((byte) (scaled < 0 ? -(int) (-scaled + 0.5f) : (int) (scaled + 0.5f)));
        }
    }
}
