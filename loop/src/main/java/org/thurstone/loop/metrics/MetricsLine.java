package org.thurstone.loop.metrics;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.data.SealedLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row as a line: {@code {"time":"2026-11-23T10:00:00.120Z","stage":"iteration-1/train","step":3,"values":{"loss":0.69},"crc":"…"}}. JSON has no
 * NaN and no infinity, so these three are the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
final class MetricsLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private MetricsLine() {}

    static byte[] line(MetricsRow row) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", row.time().toString());
        line.put("stage", row.stage());
        line.put("step", row.step());
        ObjectNode values = line.putObject("values");
        row.values().forEach((name, value) -> {
            if (Double.isFinite(value)) values.put(name, value);
            else values.put(name, Double.toString(value));
        });
        return SealedLine.seal(JSON.writeValueAsString(line));
    }

    /** The row of a line; an {@link IllegalArgumentException} says what is wrong with it. */
    static MetricsRow row(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        // Rows of earlier versions have no checksum.
        if (SealedLine.isSealed(bytes, bytes.length) && !SealedLine.isSound(bytes, bytes.length)) {
            throw new IllegalArgumentException("it is damaged: it does not fit its checksum");
        }
        try {
            JsonNode node = JSON.readTree(line);
            Map<String, Double> values = new TreeMap<>();
            part(node, "values").properties().forEach(entry -> values.put(entry.getKey(), number(entry.getValue())));
            return new MetricsRow(
                    Instant.parse(part(node, "time").asString("")),
                    part(node, "stage").asString(""),
                    part(node, "step").asLong(0),
                    values);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"time\" is not an ISO instant such as 2026-11-23T10:00:00Z", e);
        }
    }

    private static JsonNode part(JsonNode node, String key) {
        JsonNode part = node.path(key);
        if (part.isMissingNode()) throw new IllegalArgumentException("no \"" + key + "\"");
        return part;
    }

    private static double number(JsonNode value) {
        if (value.isNumber()) return value.doubleValue();
        return switch (value.asString("")) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new IllegalArgumentException(
                        "a value is a number, \"NaN\", \"Infinity\" or \"-Infinity\", not " + value);
        };
    }
}
