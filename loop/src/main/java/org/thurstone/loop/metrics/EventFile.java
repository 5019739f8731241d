package org.thurstone.loop.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;
import org.thurstone.data.GrowingFile;

/**
 * A TensorBoard event file of scalars. Consists of two formats, one inside the other; both are small enough to be written here without a library.
 *
 * <p><b>TFRecord</b> (tensorflow {@code record_writer.h}), all little-endian: {@code uint64 length, uint32 masked crc of length, data,
 * uint32 masked crc of data}. The crc is CRC-32C (Castagnoli, RFC 3720), rotated and shifted so that a crc of a crc stays useful.
 *
 * <p><b>Event</b> ({@code event.proto}, {@code summary.proto}): {@code Event {1: double wall_time, 2: int64 step, 3: string file_version, 5:
 * Summary}}, {@code Summary {1: repeated Value}}, {@code Value {1: string tag, 2: float simple_value}}. The first event names the version.
 */
final class EventFile implements AutoCloseable {

    private static final int DOUBLE = 1;
    private static final int BYTES = 2;
    private static final int FLOAT = 5;

    private final GrowingFile file;

    /** A new file; whatever was there under the name is overwritten. */
    EventFile(Path file, Instant time) {
        this.file = GrowingFile.open(file);
        this.file.cut(0);
        ByteArrayOutputStream event = wallTime(time);
        bytes(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        append(event.toByteArray());
    }

    /** One event with one value per tag. TensorBoard keeps scalars as 32-bit floats. */
    void scalars(Instant time, long step, Map<String, Double> values) {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        values.forEach((tag, scalar) -> {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            bytes(value, 1, tag.getBytes(StandardCharsets.UTF_8));
            key(value, 2, FLOAT);
            value.writeBytes(
                    little(4).putInt(Float.floatToIntBits(scalar.floatValue())).array());
            bytes(summary, 1, value.toByteArray());
        });
        ByteArrayOutputStream event = wallTime(time);
        key(event, 2, 0);
        varint(event, step);
        bytes(event, 5, summary.toByteArray());
        append(event.toByteArray());
    }

    private void append(byte[] data) {
        byte[] length = little(8).putLong(data.length).array();
        file.append(little(16 + data.length)
                .put(length)
                .putInt(maskedCrc(length))
                .put(data)
                .putInt(maskedCrc(data))
                .array());
    }

    @Override
    public void close() {
        file.close();
    }

    /** The crc as TFRecord stores it: rotated right by 15, plus a constant. */
    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static ByteArrayOutputStream wallTime(Instant time) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        key(event, 1, DOUBLE);
        event.writeBytes(little(8).putDouble(time.toEpochMilli() / 1000.0).array());
        return event;
    }

    private static void bytes(ByteArrayOutputStream to, int field, byte[] data) {
        key(to, field, BYTES);
        varint(to, data.length);
        to.writeBytes(data);
    }

    private static void key(ByteArrayOutputStream to, int field, int wireType) {
        varint(to, ((long) field << 3) | wireType);
    }

    private static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) to.write((int) ((rest & 0x7f) | 0x80));
        to.write((int) rest);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean isEventFile(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith("events.out.tfevents.") && Files.isRegularFile(file);
    }
}
