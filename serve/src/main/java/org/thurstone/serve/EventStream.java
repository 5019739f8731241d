package org.thurstone.serve;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Server-sent events: a line of JSON each, sent at once. The connection closes with the stream. */
final class EventStream {

    private final HttpServletResponse response;
    private Optional<OutputStream> out = Optional.empty();

    EventStream(HttpServletResponse response) {
        this.response = response;
    }

    /** Whether the status was sent, so that no other can be. */
    boolean begun() {
        return out.isPresent();
    }

    /** @throws ClientGone if it cannot be sent */
    void send(ObjectNode event) {
        send(Fields.JSON.writeValueAsString(event));
    }

    /** The end of a complete stream. */
    void done() {
        send("[DONE]");
    }

    private void send(String data) {
        try {
            OutputStream to = open();
            to.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            throw new ClientGone();
        }
    }

    private OutputStream open() throws IOException {
        if (out.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("Connection", "close");
            out = Optional.of(response.getOutputStream());
        }
        return out.get();
    }
}
