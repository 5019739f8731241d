package org.thurstone.tensor.gguf;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.tensor.DType;

/**
 * How a tensor's elements are stored: one by one, or in blocks of some elements that share a scale. The names and numbers are those of ggml.
 */
public enum StorageType {
    F32(0, 1, 4, Blocks::f32),
    F16(1, 1, 2, Blocks::f16),
    Q4_0(2, 32, 18, Blocks::q4From0),
    Q4_1(3, 32, 20, Blocks::q4From1),
    Q5_0(6, 32, 22, Blocks::q5From0),
    Q5_1(7, 32, 24, Blocks::q5From1),
    Q8_0(8, 32, 34, Blocks::q8),
    Q8_1(9, 32, 36),
    Q2_K(10, 256, 84, Blocks::q2),
    Q3_K(11, 256, 110, Blocks::q3),
    Q4_K(12, 256, 144, Blocks::q4),
    Q5_K(13, 256, 176, Blocks::q5),
    Q6_K(14, 256, 210, Blocks::q6),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18, Blocks::iq4),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136, Blocks::iq4Small),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8),
    F64(28, 1, 8),
    IQ1_M(29, 256, 56),
    BF16(30, 1, 2, Blocks::bf16),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    MXFP4(39, 32, 17);

    /** Unpacks one block. */
    interface Unpacking {
        void unpack(byte[] block, int at, float[] to, int index);
    }

    private final int number;
    private final int elements;
    private final int bytes;

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final Optional<Unpacking> unpacking;

    StorageType(int number, int elements, int bytes) {
        this(number, elements, bytes, Optional.empty());
    }

    StorageType(int number, int elements, int bytes, Unpacking unpacking) {
        this(number, elements, bytes, Optional.of(unpacking));
    }

    StorageType(int number, int elements, int bytes, Optional<Unpacking> unpacking) {
        this.number = number;
        this.elements = elements;
        this.bytes = bytes;
        this.unpacking = unpacking;
    }

    /** The type that a file gives by its number; empty for one that is not known. */
    static Optional<StorageType> of(long number) {
        return Arrays.stream(values()).filter(t -> t.number == number).findFirst();
    }

    /** The names of those that can be read. */
    public static String readableNames() {
        return Arrays.stream(values())
                .filter(StorageType::readable)
                .map(Enum::name)
                .collect(Collectors.joining(", "));
    }

    /** The number that a file has for it. */
    int number() {
        return number;
    }

    /** Elements of a block. */
    public int elements() {
        return elements;
    }

    /** Bytes of a block. */
    public int bytes() {
        return bytes;
    }

    /** Whether tensors of this type can be read, and not only listed. */
    public boolean readable() {
        return unpacking.isPresent();
    }

    /** Whether elements share a scale, so that they are rounded more than their width says. */
    public boolean quantized() {
        return elements > 1;
    }

    /** The element type that holds each value exactly. */
    public DType exact() {
        return switch (this) {
            case F16 -> DType.FLOAT16;
            case BF16 -> DType.BFLOAT16;
            default -> DType.FLOAT32;
        };
    }

    Unpacking unpacking() {
        return unpacking.orElseThrow();
    }
}
