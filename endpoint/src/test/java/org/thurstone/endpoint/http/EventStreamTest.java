package org.thurstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final String ODD = ": PROCESSING\n\n"
            + "data:{\"a\":1}\r\n\r\n"
            + "event: ping\ndata: \n\n"
            + "id: 7\nevent: x\ndata: {\"b\":\ndata: 2}\n\n"
            + "retry: 10\r\rdata: {\"c\":\"🙂 é\"}\r\n\r\n"
            + "data\n\n"
            + "{\"error\": \"plain\"}\n\n"
            + "data: [DONE]";

    private static List<String> read(byte[] bytes, int size) {
        List<String> events = new ArrayList<>();
        EventStream stream = EventStream.ofEvents(events::add);
        for (int from = 0; from < bytes.length; from += size) {
            stream.feed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        stream.end();
        return events;
    }

    @Test
    void eventsAreTheSameByteByByteAndInOnePiece() {
        byte[] bytes = ODD.getBytes(StandardCharsets.UTF_8);
        List<String> expected =
                List.of("{\"a\":1}", "{\"b\":\n2}", "{\"c\":\"🙂 é\"}", "{\"error\": \"plain\"}", "[DONE]");
        for (int size = 1; size <= 11; size++) {
            assertThat(read(bytes, size)).as("pieces of %d bytes", size).isEqualTo(expected);
        }
        assertThat(read(bytes, bytes.length)).isEqualTo(expected);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        assertThat(read("\uFEFFdata: 1\n\n".getBytes(StandardCharsets.UTF_8), 1))
                .containsExactly("1");
    }

    @Test
    void linesOfJsonAreDocumentsHoweverTheyAreCut() {
        byte[] bytes = "{\"a\":\"é\"}\n\r\n{\"b\":2}".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            List<String> documents = new ArrayList<>();
            EventStream stream = EventStream.ofLines(documents::add);
            for (int from = 0; from < bytes.length; from += size) {
                stream.feed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
            }
            stream.end();
            assertThat(documents).containsExactly("{\"a\":\"é\"}", "{\"b\":2}");
        }
    }
}
