package org.thurstone.rank.agreement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.ColumnNames;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import tools.jackson.databind.JsonNode;

/**
 * Labels from files in which each row is one label (columns for item, annotator and label) or one item (a column for each annotator).
 *
 * @param labels for the coefficients; if an annotator labelled an item several times, the first of these labels
 * @param verdicts the same as verdicts on pairs, where the columns say which label means what; else empty
 * @param repeats items that an annotator labelled several times
 * @param missing how often each word stood where a label was missing; the empty word for empty cells
 * @param truth the known labels of the column with true labels; empty without one
 */
public record LabelFile(
        Labels labels, List<Verdict> verdicts, List<Repeat> repeats, Map<String, Integer> missing, TrueLabels truth) {

    public LabelFile {
        verdicts = List.copyOf(verdicts);
        repeats = List.copyOf(repeats);
        missing = Map.copyOf(missing);
    }

    /**
     * The labels that one annotator gave one item.
     *
     * @param labels in the order of the rows, at least two
     */
    public record Repeat(String item, String annotator, List<String> labels) {
        public Repeat {
            labels = List.copyOf(labels);
        }
    }

    private static final List<String> ITEM =
            List.of("item", "question", "item_id", "question_id", "prompt_id", "pair_id", "idx", "index", "id");
    private static final List<String> ANNOTATOR = List.of("annotator", "worker", "rater", "coder", "judge", "user");
    private static final List<String> LABEL =
            List.of("label", "answer", "value", "vote", "rating", "winner", "preference");

    /** The names of the column of a file of true labels. */
    private static final List<String> TRUTH =
            List.of("truth", "gold", "gold_label", "true_label", "label", "answer", "correct");

    /**
     * The names of the columns; empty ones are found by their usual names.
     *
     * @param wide the annotators' columns, where a row is an item
     * @param meanings which labels mean that the first answer is better, that the second is, and that neither is
     * @param truth the column with the true label, if there is one; it may be empty in most rows
     * @param cells how a label is read
     */
    public record Columns(
            Optional<String> item,
            Optional<String> annotator,
            Optional<String> label,
            List<String> wide,
            Optional<PairLabels> meanings,
            Optional<String> truth,
            LabelCells cells) {

        /** Everything by its usual name. */
        public static final Columns USUAL =
                new Columns(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        public Columns {
            wide = List.copyOf(wide);
        }

        /** Columns without true labels, whose cells are read as usual. */
        public Columns(
                Optional<String> item,
                Optional<String> annotator,
                Optional<String> label,
                List<String> wide,
                Optional<PairLabels> meanings) {
            this(item, annotator, label, wide, meanings, Optional.empty(), LabelCells.USUAL);
        }

        /** The same columns with another way to read labels. */
        public Columns with(LabelCells other) {
            return new Columns(item, annotator, label, wide, meanings, truth, other);
        }
    }

    /** The labels of verdicts on pairs. */
    public record PairLabels(String first, String second, String tie) {

        Optional<Verdict.Winner> winner(String label) {
            return label.equals(first)
                    ? Optional.of(Verdict.Winner.FIRST)
                    : label.equals(second)
                            ? Optional.of(Verdict.Winner.SECOND)
                            : label.equals(tie) ? Optional.of(Verdict.Winner.TIE) : Optional.empty();
        }

        String label(Verdict.Winner winner) {
            return switch (winner) {
                case FIRST -> first;
                case SECOND -> second;
                case TIE -> tie;
            };
        }
    }

    /**
     * Reads files; rows of one item may lie in several of them.
     *
     * @throws UserError if a column is missing, a label has no meaning or is not in the scale, or there is nothing
     */
    public static LabelFile read(List<Path> files, Columns columns) {
        Parser reading = new Parser(columns);
        for (Path file : files) reading.read(file);
        return reading.result();
    }

    /** The same file with other labels for the coefficients. */
    public LabelFile with(Labels others) {
        return new LabelFile(others, verdicts, repeats, missing, truth);
    }

    /** A row of a file of true labels; empty if the label is missing. */
    static Optional<Labels.Label> truth(Fields row, Optional<String> item, LabelCells cells) {
        String name = Parser.text(row, Parser.column(row, item, ITEM, "item"));
        String truth = Parser.column(row, Optional.empty(), TRUTH, "truth");
        return row.find(truth).flatMap(cells::read).map(label -> new Labels.Label(name, "truth", label));
    }

    private static final class Parser {
        private final Columns columns;
        private final Map<Key, Given> given = new LinkedHashMap<>();
        private final List<Verdict> verdicts = new ArrayList<>();
        private final Map<String, Integer> missing = new TreeMap<>();
        private final Map<String, String> truth = new HashMap<>();

        private record Key(String item, String annotator) {}

        /** The labels that an annotator gave an item, and whether the first was of a pair in the other order. */
        private record Given(List<String> labels, boolean isTurned) {}

        Parser(Columns columns) {
            this.columns = columns;
        }

        LabelFile result() {
            List<Labels.Label> labels = new ArrayList<>();
            List<Repeat> repeats = new ArrayList<>();
            given.forEach((key, all) -> {
                boolean isSet = columns.cells().separator().isPresent();
                labels.add(new Labels.Label(
                        key.item(),
                        key.annotator(),
                        isSet ? union(all.labels()) : all.labels().getFirst()));
                if (all.labels().size() > 1 && !isSet) {
                    repeats.add(new Repeat(key.item(), key.annotator(), all.labels()));
                }
            });
            return new LabelFile(
                    order(labels).map(order -> Labels.of(labels, order)).orElseGet(() -> Labels.of(labels)),
                    verdicts,
                    repeats,
                    missing,
                    new TrueLabels(truth));
        }

        /** The order that is given; verdicts go from the first answer over a tie to the second. */
        private Optional<LabelOrder> order(List<Labels.Label> labels) {
            if (!columns.cells().scale().isEmpty()) {
                return Optional.of(LabelOrder.given(columns.cells().scale()));
            }
            Set<String> used = labels.stream().map(Labels.Label::value).collect(Collectors.toSet());
            return columns.meanings()
                    .map(m -> LabelOrder.given(Stream.of(m.first(), m.tie(), m.second())
                            .filter(used::contains)
                            .toList()));
        }

        /** Rows with one label each make a set. */
        private static String union(List<String> labels) {
            Set<String> union = new TreeSet<>();
            labels.forEach(label -> union.addAll(LabelCells.parts(label)));
            return LabelCells.joined(union);
        }

        void read(Path file) {
            long before = given.size();
            int skipped = missingCount();
            boolean anyLabels = false;
            try (RowReader<Fields> rows = RowReader.of(file, "labels", fields -> fields)) {
                while (rows.hasNext()) {
                    Row<Fields> row = rows.next();
                    try {
                        anyLabels |= read(row.value(), row.line());
                    } catch (BadRow e) {
                        throw new UserError(file + ":" + row.line() + ": " + e.getMessage());
                    }
                }
            }
            if (given.size() == before && !anyLabels) {
                int empty = missingCount() - skipped;
                throw new UserError("there are no labels in " + file
                        + (empty == 0 ? "" : ": " + Count.of(empty, "cell is", "cells are") + " empty or missing"));
            }
        }

        private int missingCount() {
            return missing.values().stream().mapToInt(n -> n).sum();
        }

        /** Reads a row; whether it has a label. */
        private boolean read(Fields row, long line) {
            List<String> wide = columns.wide().isEmpty() ? usualWide(row) : columns.wide();
            if (wide.isEmpty()) {
                String item = text(row, column(row, columns.item(), ITEM, "item"));
                String annotator = text(row, column(row, columns.annotator(), ANNOTATOR, "annotator"));
                truth(row, item);
                return label(row, item, annotator, column(row, columns.label(), LABEL, "label"));
            }
            boolean named =
                    columns.item().isPresent() || usual(row.names(), ITEM).isPresent();
            String item = named ? text(row, column(row, columns.item(), ITEM, "item")) : String.valueOf(line);
            truth(row, item);
            boolean anyColumn = false;
            boolean anyLabel = false;
            for (String annotator : wide) {
                Optional<String> column = ColumnNames.matching(row.names(), annotator);
                if (column.isPresent()) {
                    anyColumn = true;
                    anyLabel |= label(row, item, annotator, column.get());
                }
            }
            if (!anyColumn)
                throw new BadRow("none of the columns " + String.join(", ", wide) + " is there, only " + row.keys());
            return anyLabel;
        }

        private boolean label(Fields row, String item, String annotator, String column) {
            Optional<JsonNode> cell = row.find(column);
            Optional<String> label = cell.flatMap(columns.cells()::read);
            if (label.isEmpty()) {
                missing.merge(cell.map(LabelCells::shown).orElse("null"), 1, Integer::sum);
                return false;
            }
            List<String> scale = columns.cells().scale();
            if (!scale.isEmpty() && !scale.contains(label.get())) {
                throw new BadRow("the label '" + label.get() + "' is not in the scale " + String.join(", ", scale));
            }
            add(row, item, annotator, label.get());
            return true;
        }

        private void truth(Fields row, String item) {
            if (columns.truth().isEmpty()) return;
            String named = columns.truth().get();
            String column = ColumnNames.matching(row.names(), named)
                    .orElseThrow(() -> new BadRow("there is no true label under '" + named + "', only " + row.keys()));
            row.find(column).flatMap(columns.cells()::read).ifPresent(label -> {
                String other = truth.putIfAbsent(item, label);
                if (other != null && !other.equals(label)) {
                    throw new BadRow(
                            "the true label of '" + item + "' is " + label + " here and was " + other + " before");
                }
            });
        }

        private static List<String> usualWide(Fields row) {
            List<String> wide = new ArrayList<>();
            for (int n = 1; row.names().contains("annotator" + n); n++) wide.add("annotator" + n);
            return wide;
        }

        private static String column(Fields row, Optional<String> named, List<String> usual, String what) {
            List<String> names = row.names();
            return named.isPresent()
                    ? ColumnNames.matching(names, named.get())
                            .orElseThrow(() -> new BadRow(
                                    "there is no " + what + " under '" + named.get() + "', only " + row.keys()))
                    : usual(names, usual)
                            .orElseThrow(() -> new BadRow("which column is the " + what + "? There are " + row.keys()
                                    + (what.equals("truth") ? "; call it truth" : "; name it with --" + what)));
        }

        private static Optional<String> usual(List<String> names, List<String> usual) {
            return usual.stream()
                    .flatMap(name -> ColumnNames.matching(names, name).stream())
                    .findFirst();
        }

        private static String text(Fields row, String column) {
            String text = row.find(column).map(Parser::name).orElse("");
            if (text.isBlank()) throw new BadRow("'" + column + "' is empty");
            return text;
        }

        /** The name of an item or annotator; the number 2.0 is called 2. */
        private static String name(JsonNode node) {
            return node.isString() ? node.stringValue().strip() : LabelCells.shown(node);
        }

        private void add(Fields row, String item, String annotator, String label) {
            boolean isTurned = false;
            String said = label;
            if (columns.meanings().isPresent()) {
                Verdict verdict =
                        verdict(row, item, annotator, label, columns.meanings().get());
                verdicts.add(verdict);
                // Two annotators may have seen a pair in different orders: the labels are compared as if the order were
                // that of the alphabet.
                isTurned = verdict.models()
                        .filter(m -> m.first().compareTo(m.second()) > 0)
                        .isPresent();
                said = isTurned ? columns.meanings().get().label(turned(verdict.winner())) : label;
            }
            Given earlier =
                    given.putIfAbsent(new Key(item, annotator), new Given(new ArrayList<>(List.of(said)), isTurned));
            // The same pair in the other order is not a repetition: it shows position bias.
            if (earlier != null && earlier.isTurned() == isTurned)
                earlier.labels().add(said);
        }

        private static Verdict.Winner turned(Verdict.Winner winner) {
            return switch (winner) {
                case FIRST -> Verdict.Winner.SECOND;
                case SECOND -> Verdict.Winner.FIRST;
                case TIE -> Verdict.Winner.TIE;
            };
        }

        private static Verdict verdict(Fields row, String item, String annotator, String label, PairLabels meanings) {
            Verdict.Winner winner = meanings.winner(label)
                    .orElseThrow(() -> new BadRow("the label '" + label + "' is not one of " + meanings.first()
                            + " (first), " + meanings.second() + " (second) and " + meanings.tie() + " (tie)"));
            return new Verdict(item, annotator, winner, lengths(row), models(row));
        }

        private static Optional<Verdict.Lengths> lengths(Fields row) {
            for (String[] pair :
                    new String[][] {{"len_1", "len_2"}, {"length_1", "length_2"}, {"len_output_1", "len_output_2"}}) {
                if (row.has(pair[0]) && row.has(pair[1])) {
                    return Optional.of(new Verdict.Lengths(row.number(pair[0]), row.number(pair[1])));
                }
            }
            for (String[] pair : new String[][] {
                {"response1", "response2"},
                {"response_1", "response_2"},
                {"response 1", "response 2"},
                {"output_1", "output_2"}
            }) {
                if (row.isText(pair[0]) && row.isText(pair[1])) {
                    return Optional.of(
                            new Verdict.Lengths(characters(row.text(pair[0])), characters(row.text(pair[1]))));
                }
            }
            return Optional.empty();
        }

        private static int characters(String text) {
            return text.codePointCount(0, text.length());
        }

        private static Optional<Verdict.Models> models(Fields row) {
            for (String[] pair :
                    new String[][] {{"model_1", "model_2"}, {"model_a", "model_b"}, {"generator_1", "generator_2"}}) {
                if (row.isText(pair[0]) && row.isText(pair[1])) {
                    return Optional.of(new Verdict.Models(row.text(pair[0]), row.text(pair[1])));
                }
            }
            return Optional.empty();
        }
    }
}
