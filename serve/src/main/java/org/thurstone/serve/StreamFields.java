package org.thurstone.serve;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether an answer is streamed, and whether its usage is in the stream. */
record StreamFields(boolean stream, boolean usage) {

    static StreamFields read(Fields fields) {
        boolean stream = fields.flag("stream");
        Optional<JsonNode> options = fields.find("stream_options");
        if (options.isEmpty()) {
            return new StreamFields(stream, false);
        }
        if (!stream) {
            throw ApiException.bad("stream_options", "stream_options is only for 'stream': true");
        }
        Fields inner = Fields.of(options.get(), "stream_options");
        boolean usage = inner.flag("include_usage");
        // Padding against those who watch the network; none is added.
        inner.only("include_obfuscation", "false", !inner.flag("include_obfuscation"));
        inner.end();
        return new StreamFields(true, usage);
    }
}
