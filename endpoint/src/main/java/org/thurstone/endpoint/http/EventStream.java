package org.thurstone.endpoint.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads server-sent events, or lines of JSON, however their bytes are cut into pieces. Comments, names of events and events without data are passed
 * over.
 */
public final class EventStream {

    private final Lines lines;
    private final List<String> data = new ArrayList<>();
    private final Consumer<String> events;
    private boolean first = true;

    private EventStream(Consumer<String> events, boolean jsonLines) {
        this.events = events;
        this.lines = new Lines(jsonLines ? this::jsonLine : this::line);
    }

    /**
     * A stream of {@code text/event-stream}.
     *
     * @param events takes the data of each event
     */
    public static EventStream ofEvents(Consumer<String> events) {
        return new EventStream(events, false);
    }

    /**
     * A stream with a JSON document on each line.
     *
     * @param documents takes each line
     */
    public static EventStream ofLines(Consumer<String> documents) {
        return new EventStream(documents, true);
    }

    public void feed(byte[] bytes) {
        lines.feed(bytes);
    }

    /** Takes the end of the stream; an event that is not ended by an empty line is complete then. */
    public void end() {
        lines.end();
        dispatch();
    }

    private void jsonLine(String line) {
        if (!line.isBlank()) {
            events.accept(line);
        }
    }

    private void line(String line) {
        String text = first && line.startsWith("\uFEFF") ? line.substring(1) : line;
        first = false;
        if (text.isEmpty()) {
            dispatch();
        } else if (text.startsWith("data:")) {
            String value = text.substring(5);
            data.add(value.startsWith(" ") ? value.substring(1) : value);
        } else if (text.equals("data")) {
            data.add("");
        } else if (data.isEmpty() && text.startsWith("{")) {
            events.accept(text); // an error that a server writes into the stream as it is
        }
    }

    private void dispatch() {
        String joined = String.join("\n", data);
        data.clear();
        if (!joined.isBlank()) {
            events.accept(joined);
        }
    }
}
