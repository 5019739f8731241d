package org.thurstone.tensor;

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

    static DType of(ScalarType type) {
        for (DType d : values()) {
            if (d.torch.value == type.value) { // libtorch hands out equal objects, not the same ones
                return d;
            }
        }
        throw new IllegalArgumentException("element type " + type + " is not one that Thurstone computes with");
    }
}
