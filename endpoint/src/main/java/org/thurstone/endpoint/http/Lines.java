package org.thurstone.endpoint.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Splits bytes into lines, however the bytes are cut into pieces. Lines end in LF, CRLF or CR; characters are decoded line by line. */
final class Lines {

    private final Consumer<String> to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterReturn;

    Lines(Consumer<String> to) {
        this.to = to;
    }

    void feed(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = b == '\r';
            if (b == '\n' || b == '\r') {
                flush();
            } else {
                line.write(b);
            }
        }
    }

    /** The last line, if it has no end. */
    void end() {
        if (line.size() > 0) {
            flush();
        }
    }

    private void flush() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        to.accept(text);
    }
}
