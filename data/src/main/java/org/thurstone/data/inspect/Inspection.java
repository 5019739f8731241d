package org.thurstone.data.inspect;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.format.ColumnCount;
import org.thurstone.data.format.Dropped;
import org.thurstone.data.format.Effects;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.Prompts;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.RowReader;
import org.thurstone.data.format.Unread;

/**
 * The summary of a file.
 *
 * @param format the name of its format
 * @param kinds how many good rows there are of each kind of example
 * @param prompts how many different prompts; like {@code duplicates} and {@code contradictions} within about 1 % if not {@code exact}
 * @param exact whether those three were counted, and not estimated from a sample, as in files of more than 260,000 rows
 * @param multiTurn the share of prompts with more than one turn of the user
 * @param conversations the share of prompts that are conversations and not raw text
 * @param lengths of the parts (prompt, chosen, rejected, tied, completion); exact below 1024, above at most 1 % too small
 * @param duplicates rows that say again what an earlier row said
 * @param pairs figures of the comparisons
 * @param annotators how many rows each of them gave, as far as they are named
 * @param weights figures of the weights
 * @param dropped the bad rows
 * @param read the columns that were read
 * @param unread the columns that were not
 * @param effects what weight, label and other columns did, a line each
 * @param remarks on how the file was read, such as a header that was mended
 */
public record Inspection(
        Path file,
        String format,
        Map<String, Long> kinds,
        long prompts,
        boolean exact,
        double multiTurn,
        double conversations,
        List<Part> lengths,
        long duplicates,
        PairFigures pairs,
        Map<String, Long> annotators,
        Weights weights,
        Dropped dropped,
        List<ColumnCount> read,
        Unread unread,
        List<String> effects,
        List<String> remarks) {

    /**
     * The lengths of one part of the examples.
     *
     * @param unit characters (whole ones, not UTF-16 units) or words (what white space separates)
     */
    public record Part(
            String part, String unit, long count, double mean, long p05, long p50, long p95, long p99, long max) {}

    /**
     * About the comparisons. The counts are of comparisons.
     *
     * @param contradictions pairs of the same prompt of which each was preferred at least once
     * @param shorterWins the share of the decided pairs of unequal length whose chosen is the shorter (in characters); empty without any
     */
    public record PairFigures(
            long count,
            long ties,
            long graded,
            long soft,
            long margins,
            long contradictions,
            OptionalDouble shorterWins) {}

    /** Weights of the rows: how many are not 1, and their range; all 1 in an empty file. */
    public record Weights(long notOne, double min, double mean, double max) {}

    /**
     * Reads a file once.
     *
     * @throws org.thurstone.data.UserError if it cannot be read at all; bad rows are only reported
     */
    public static Inspection of(Path file) {
        return of(file, ReadOptions.DEFAULT);
    }

    /**
     * Reads a file once, in the format of the options; how many bad rows they allow does not matter here. A file that holds prompts and no
     * answers is inspected for what it is, unless the options name a format.
     */
    public static Inspection of(Path file, ReadOptions options) {
        if (options.format().isPresent() || !Prompts.isAlone(file, options)) {
            return ofExamples(file, options);
        }
        Census census = new Census();
        try (RowReader<Prompt> rows = Prompts.readAlone(file, options.withBadShare(1))) {
            rows.forEachRemaining(row -> census.add(row.value()));
            return of(rows, file, census, List.of());
        }
    }

    private static Inspection ofExamples(Path file, ReadOptions options) {
        Census census = new Census();
        Effects effects = new Effects();
        try (RowReader<Example> rows = Examples.read(file, options.withBadShare(1))) {
            rows.forEachRemaining(row -> {
                census.add(row.value());
                effects.add(row.value());
            });
            return of(rows, file, census, effects.lines(rows.read()));
        }
    }

    private static Inspection of(RowReader<?> read, Path file, Census c, List<String> effects) {
        double rows = Math.max(1, c.rows);
        return new Inspection(
                file,
                read.format(),
                Map.copyOf(c.kinds),
                c.prompts.distinct(),
                c.prompts.exact() && c.examples.exact() && c.pairs.exact(),
                c.multiTurn / rows,
                c.conversations / rows,
                parts(c),
                c.examples.repeats(),
                new PairFigures(
                        c.comparisons,
                        c.ties,
                        c.graded,
                        c.soft,
                        c.margins,
                        c.contradictions(),
                        c.decided == 0
                                ? OptionalDouble.empty()
                                : OptionalDouble.of((double) c.shorterWins / c.decided)),
                Map.copyOf(c.annotators),
                c.rows == 0
                        ? new Weights(0, 1, 1, 1)
                        : new Weights(c.weighted, c.weightMin, c.weightSum / rows, c.weightMax),
                read.dropped(),
                read.read(),
                read.unread(),
                effects,
                read.remarks());
    }

    private static List<Part> parts(Census census) {
        return census.characters.keySet().stream()
                .flatMap(part ->
                        List.of(part(part, "characters", census.characters), part(part, "words", census.words))
                                .stream())
                .toList();
    }

    private static Part part(String part, String unit, Map<String, Lengths> lengths) {
        Lengths.Summary s = lengths.getOrDefault(part, new Lengths()).summary();
        return new Part(part, unit, s.count(), s.mean(), s.p05(), s.p50(), s.p95(), s.p99(), s.max());
    }

    /** The good rows. */
    public long rows() {
        return dropped.rows() - dropped.count();
    }

    /** The inspection as text for a terminal. */
    public String toText() {
        return InspectionText.of(this);
    }

    /** The inspection as maps, lists, texts and numbers, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file.toString());
        map.put("format", format);
        map.put("rows", rows());
        map.put("kinds", kinds);
        map.put("prompts", prompts);
        map.put("exact", exact);
        map.put("multi_turn", multiTurn);
        map.put("conversations", conversations);
        map.put("lengths", lengths.stream().map(Inspection::map).toList());
        map.put("duplicates", duplicates);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", pairs.count());
        figures.put("ties", pairs.ties());
        figures.put("graded", pairs.graded());
        figures.put("soft", pairs.soft());
        figures.put("margins", pairs.margins());
        figures.put("contradictions", pairs.contradictions());
        pairs.shorterWins().ifPresent(share -> figures.put("shorter_wins", share));
        map.put("comparisons", figures);
        map.put("annotators", annotators);
        map.put(
                "weights",
                Map.of(
                        "not_one",
                        weights.notOne(),
                        "min",
                        weights.min(),
                        "mean",
                        weights.mean(),
                        "max",
                        weights.max()));
        map.put("read", read.stream().map(ColumnCount::name).toList());
        map.put("not_read", unread.columns().stream().map(Inspection::map).toList());
        map.put("effects", effects);
        map.put("remarks", remarks);
        map.put("bad_rows", dropped.count());
        map.put(
                "first_bad_rows",
                dropped.first().stream()
                        .map(bad -> Map.<String, Object>of("line", bad.line(), "reason", bad.reason()))
                        .collect(Collectors.toList()));
        return map;
    }

    private static Map<String, Object> map(ColumnCount column) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("column", column.name());
        map.put("rows", column.rows());
        map.put("first_line", column.first());
        return map;
    }

    private static Map<String, Object> map(Part p) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("part", p.part());
        map.put("unit", p.unit());
        map.put("count", p.count());
        map.put("mean", p.mean());
        map.put("p05", p.p05());
        map.put("p50", p.p50());
        map.put("p95", p.p95());
        map.put("p99", p.p99());
        map.put("max", p.max());
        return map;
    }
}
