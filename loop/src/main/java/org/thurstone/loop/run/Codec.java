package org.thurstone.loop.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.thurstone.data.Example;

/** Stores and reads the output of a stage. A value that is read equals the value that was written. */
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

    /** Stores a record as one JSON document. */
    static <T> Text<T> json(Class<T> type) {
        return new Text<>() {
            @Override
            public String write(T value) {
                return StateJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
            }

            @Override
            public T read(String text) {
                return StateJson.read(text, type);
            }
        };
    }

    /** The same with the names of components as they are, and NaN as a text: the form of replications' recorded results. */
    static <T> Text<T> recorded(Class<T> type) {
        return new Text<>() {
            @Override
            public String write(T value) {
                return StateJson.RECORDED.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
            }

            @Override
            public T read(String text) {
                return StateJson.RECORDED.readValue(text, type);
            }
        };
    }

    /** Stores a list of records as JSON lines. */
    static <T> Text<List<T>> jsonLines(Class<T> type) {
        return new Text<>() {
            @Override
            public String write(List<T> values) {
                return values.stream()
                        .map(v -> StateJson.MAPPER.writeValueAsString(v) + "\n")
                        .collect(Collectors.joining());
            }

            @Override
            public List<T> read(String text) {
                // Not String.lines(): a completion may hold line separators that JSON does not escape.
                return List.of(text.split("\n")).stream()
                        .filter(line -> !line.isEmpty())
                        .map(line -> StateJson.read(line, type))
                        .toList();
            }
        };
    }

    /** Examples of one kind. */
    static <E extends Example> Codec<List<E>> examples(Class<E> kind) {
        return new Examples<>(kind);
    }
}
