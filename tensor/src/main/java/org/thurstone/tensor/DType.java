package org.thurstone.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types that Thurstone computes with. */
public enum DType {
    FLOAT32(ScalarType.Float, 4, "F32"),
    FLOAT64(ScalarType.Double, 8, "F64"),
    BFLOAT16(ScalarType.BFloat16, 2, "BF16"),
    FLOAT16(ScalarType.Half, 2, "F16"),
    INT64(ScalarType.Long, 8, "I64"),
    INT32(ScalarType.Int, 4, "I32"),
    BOOL(ScalarType.Bool, 1, "BOOL");

    final ScalarType torch;
    private final int bytes;
    private final String safetensorsName;

    DType(ScalarType torch, int bytes, String safetensorsName) {
        this.torch = torch;
        this.bytes = bytes;
        this.safetensorsName = safetensorsName;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /** The name in a safetensors header. */
    public String safetensorsName() {
        return safetensorsName;
    }

    public boolean floating() {
        return this == FLOAT32 || this == FLOAT64 || this == BFLOAT16 || this == FLOAT16;
    }

    /**
     * The floating type that a user names: {@code float32}, {@code float64}, {@code float16} or {@code bfloat16}, with the usual short forms.
     *
     * @throws IllegalArgumentException if the name is not one of these
     */
    public static DType floating(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "float32", "fp32", "f32", "float" -> FLOAT32;
            case "float64", "fp64", "f64", "double" -> FLOAT64;
            case "float16", "fp16", "f16", "half" -> FLOAT16;
            case "bfloat16", "bf16" -> BFLOAT16;
            default ->
                throw new IllegalArgumentException("unknown dtype \"" + name
                        + "\" (expected float32, float64, float16 or bfloat16; fp32, fp64, fp16 or bf16 for short)");
        };
    }

    static DType of(ScalarType type) {
        for (DType d : values()) {
            if (d.torch.value == type.value) { // libtorch hands out equal objects, not the same ones
                return d;
            }
        }
        throw new IllegalArgumentException("element type " + type + " is not one that Thurstone computes with");
    }
}
