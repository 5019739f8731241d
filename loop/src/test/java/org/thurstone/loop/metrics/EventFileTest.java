package org.thurstone.loop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    private static final Instant TIME = Instant.parse("2026-11-23T10:00:00.500Z");

    @TempDir
    Path run;

    /** RFC 3720, B.4: 32 bytes of zeros, of ones, and counting up; then masked by hand. */
    @Test
    void theChecksumIsCastagnolisAsTheRfcHasIt() {
        byte[] counting = new byte[32];
        for (int i = 0; i < 32; i++) counting[i] = (byte) i;
        byte[] ones = new byte[32];
        java.util.Arrays.fill(ones, (byte) 0xff);
        assertThat(EventFile.maskedCrc(new byte[32])).isEqualTo(masked(0x8a9136aaL));
        assertThat(EventFile.maskedCrc(ones)).isEqualTo(masked(0x62a8ab43L));
        assertThat(EventFile.maskedCrc(counting)).isEqualTo(masked(0x46dd794eL));
        assertThat(EventFile.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(masked(0xe3069283L));
    }

    private static int masked(long crc) {
        return (int) (((crc >> 15 | crc << 17) & 0xffffffffL) + 0xa282ead8L);
    }

    /** The bytes of one event, worked out by hand from event.proto: {@code step 300, tag "l", value 0.5}. */
    @Test
    void anEventIsTheBytesThatProtobufWouldWrite() throws Exception {
        Path file = run.resolve("events.out.tfevents.1");
        try (EventFile events = new EventFile(file, TIME)) {
            events.scalars(TIME, 300, Map.of("l", 0.5));
        }
        byte[] time = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(1_795_428_000.5)
                .array();
        List<byte[]> records = records(file);
        assertThat(records.get(0))
                .isEqualTo(bytes(
                        new int[] {0x09},
                        time,
                        new int[] {0x1a, 13},
                        "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
        assertThat(records.get(1)).isEqualTo(bytes(new int[] {0x09}, time, new int[] {
            0x10, 0xac, 0x02, 0x2a, 10, 0x0a, 8, 0x0a, 1, 'l', 0x15, 0, 0, 0, 0x3f
        }));
        assertThat(records).hasSize(2);
    }

    @Test
    void iterationsAreRunsOfOneChartAndAResumedRunHasEachPointOnce() throws Exception {
        InstantSource clock = InstantSource.fixed(TIME);
        try (MetricsLog log = MetricsLog.open(run, clock)) {
            log.log("supervised", 0, Map.of("loss", 1.0));
            log.log("iteration-1/train", 0, Map.of("loss", 2.0));
            log.log("iteration-2/train", 0, Map.of("loss", 3.0));
        }
        try (MetricsLog log = MetricsLog.open(run, InstantSource.fixed(TIME.plusSeconds(60)))) {
            log.forgetFrom("iteration-2/train");
            log.log("iteration-2/train", 0, Map.of("loss", 4.0));
            log.log("../../outside/train", 0, Map.of("loss", 5.0));
        }
        Path board = run.resolve(MetricsLog.TENSORBOARD);
        String name = "events.out.tfevents.1795428060.thurstone";
        try (Stream<Path> files = Files.walk(board)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> board.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            name, "iteration-1/" + name, "iteration-2/" + name, "_.._.._outside/" + name);
        }
        assertThat(records(board.resolve("iteration-2").resolve(name))).hasSize(2);
        assertThat(new String(
                        records(board.resolve("iteration-2").resolve(name)).get(1), StandardCharsets.ISO_8859_1))
                .contains("train/loss");
    }

    /** Reads TFRecord by its definition, and checks both checksums. */
    private static List<byte[]> records(Path file) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(masked(slowCrc(length)));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(slowCrc(data)));
            records.add(data);
        }
        return records;
    }

    /** CRC-32C bit by bit, from its polynomial. */
    private static long slowCrc(byte[] data) {
        int crc = -1;
        for (byte b : data) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
        }
        return ~crc & 0xffffffffL;
    }

    private static byte[] bytes(Object... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] raw) out.writeBytes(raw);
            else for (int value : (int[]) part) out.write(value);
        }
        return out.toByteArray();
    }
}
