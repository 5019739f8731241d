package org.thurstone.tensor.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.thurstone.tensor.TensorFileError;

/**
 * Reads numbers and texts one after the other. Every length is compared with the bytes that are left before anything is allocated for it: a file
 * may claim any length.
 */
final class Cursor {

    private static final ValueLayout.OfShort INTEGER16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INTEGER32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong INTEGER64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment bytes;
    private long at;

    Cursor(Path file, MemorySegment bytes, long at) {
        this.file = file;
        this.bytes = bytes;
        this.at = at;
    }

    long at() {
        return at;
    }

    TensorFileError wrong(String what) {
        return new TensorFileError(file, what);
    }

    /** Goes on by so many bytes, and gives where they begin. */
    long take(long count, Supplier<String> of) {
        if (count < 0 || count > bytes.byteSize() - at) {
            throw wrong(of.get() + " ends after the end of the file, which has " + bytes.byteSize()
                    + " bytes: it is cut off or damaged");
        }
        long from = at;
        at += count;
        return from;
    }

    int integer8(Supplier<String> of) {
        return bytes.get(ValueLayout.JAVA_BYTE, take(1, of));
    }

    int integer16(Supplier<String> of) {
        return bytes.get(INTEGER16, take(2, of));
    }

    int integer32(Supplier<String> of) {
        return bytes.get(INTEGER32, take(4, of));
    }

    long unsigned32(Supplier<String> of) {
        return Integer.toUnsignedLong(integer32(of));
    }

    long integer64(Supplier<String> of) {
        return bytes.get(INTEGER64, take(8, of));
    }

    /** The length of something of which each part takes some bytes. */
    long count(long bytesOfEach, Supplier<String> of) {
        long count = integer64(of);
        if (count < 0 || count > (bytes.byteSize() - at) / bytesOfEach) {
            throw wrong(of.get() + " is said to have the length " + Long.toUnsignedString(count) + ", and only "
                    + (bytes.byteSize() - at) + " bytes follow: the file is cut off or damaged");
        }
        return count;
    }

    /** A text of at most so many bytes. */
    String text(long most, Supplier<String> of) {
        long length = count(1, of);
        if (length > most) {
            throw wrong(of.get() + " has " + length + " bytes, and no more than " + most + " are allowed");
        }
        byte[] text = new byte[(int) length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, take(length, of), text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }
}
