package org.thurstone.worlds.language.sampling;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thurstone.data.RowsInParts;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes rows that are computed part by part, and knows the parts that an earlier process has finished.
 *
 * @param <R> a row
 * @param <T> the totals of a part
 */
public interface Parts<R, T> {

    /** The totals of a part that needs no computing, because an earlier process has finished it. */
    Optional<T> finished(int part);

    /** Takes the next part. */
    void take(List<R> rows, T totals);

    /** Passes rows on; no part is finished before. */
    static <R, T> Parts<R, T> passedTo(BiConsumer<List<R>, T> next) {
        return new Parts<>() {
            @Override
            public Optional<T> finished(int part) {
                return Optional.empty();
            }

            @Override
            public void take(List<R> rows, T totals) {
                next.accept(rows, totals);
            }
        };
    }

    /**
     * Appends rows to a file.
     *
     * @param totals a record, which is written to the file with its part
     * @param line a row as a line of JSON with its end; empty if it is left out
     */
    static <R, T> Parts<R, T> writtenTo(RowsInParts file, Class<T> totals, Function<R, String> line) {
        JsonMapper json = JsonMapper.shared();
        return new Parts<>() {
            @Override
            public Optional<T> finished(int part) {
                return part < file.finished() ? Optional.of(json.readValue(file.note(part), totals)) : Optional.empty();
            }

            @Override
            public void take(List<R> rows, T ofPart) {
                file.append(
                        json.writeValueAsString(ofPart), rows.stream().map(line).collect(Collectors.joining()));
            }
        };
    }
}
