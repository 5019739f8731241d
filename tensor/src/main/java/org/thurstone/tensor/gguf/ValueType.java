package org.thurstone.tensor.gguf;

import java.util.Arrays;
import java.util.Optional;

/** The types of metadata. */
enum ValueType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 8),
    ARRAY(9, 12),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    final int number;

    /** Bytes that one takes; of texts and lists, at least. */
    final int bytes;

    ValueType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    static Optional<ValueType> of(long number) {
        return Arrays.stream(values()).filter(t -> t.number == number).findFirst();
    }

    boolean whole() {
        return switch (this) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
            default -> false;
        };
    }

    boolean floating() {
        return this == FLOAT32 || this == FLOAT64;
    }
}
