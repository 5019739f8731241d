package org.thurstone.loop.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Collectors;
import org.thurstone.data.Text;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How a stage's output is kept as text. Reading what was written gives an equal value. */
public interface Stored<T> {

    String write(T value);

    T read(String text);

    /** One JSON document of a record. */
    static <T> Stored<T> json(Class<T> type) {
        return new Stored<>() {
            @Override
            public String write(T value) {
                return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
            }

            @Override
            public T read(String text) {
                return Json.MAPPER.readValue(text, type);
            }
        };
    }

    /** One record a line. */
    static <T> Stored<List<T>> jsonLines(Class<T> type) {
        return new Stored<>() {
            @Override
            public String write(List<T> values) {
                return values.stream()
                        .map(v -> Json.MAPPER.writeValueAsString(v) + "\n")
                        .collect(Collectors.joining());
            }

            @Override
            public List<T> read(String text) {
                // Not String.lines(): a completion may hold line separators that JSON does not escape.
                return List.of(text.split("\n")).stream()
                        .filter(line -> !line.isEmpty())
                        .map(line -> Json.MAPPER.readValue(line, type))
                        .toList();
            }
        };
    }

    /** A text says which of the two kinds it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Text.Raw.class, name = "raw"),
        @JsonSubTypes.Type(value = Text.Chat.class, name = "chat")
    })
    interface KindOfText {}

    /** The mapper for all of them: strict, so that a file of another version is refused and not half understood. */
    final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Text.class, KindOfText.class)
                .build();

        private Json() {}
    }
}
