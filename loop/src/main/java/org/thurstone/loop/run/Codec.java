package org.thurstone.loop.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.thurstone.data.Example;
import org.thurstone.data.format.LosslessJson;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How the output of a stage is stored. Reading what was written gives an equal value. */
public sealed interface Codec<T> {

    /** A file of text. */
    non-sealed interface Text<T> extends Codec<T> {

        String write(T value);

        T read(String text);
    }

    /** A file of examples in the lossless form that every command reads. */
    record Examples<E extends Example>(Class<E> kind) implements Codec<List<E>> {}

    /** A directory that the stage itself has written, such as a checkpoint. */
    non-sealed interface Directory<T> extends Codec<T> {

        T read(Path directory);
    }

    /** One JSON document of a record. */
    static <T> Text<T> json(Class<T> type) {
        return new Text<>() {
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

    /** One record per line. */
    static <T> Text<List<T>> jsonLines(Class<T> type) {
        return new Text<>() {
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

    /** Examples of one kind. */
    static <E extends Example> Codec<List<E>> examples(Class<E> kind) {
        return new Examples<>(kind);
    }

    /** The mapper for all of them: strict, so that a file of another version is refused and not half understood. */
    final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(LosslessJson.module())
                .build();

        private Json() {}
    }
}
