package org.thurstone.rank.agreement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import tools.jackson.databind.JsonNode;

/**
 * Labels from files in which each row is one label (columns for item, annotator and label) or one item (a column for each annotator).
 *
 * @param labels for the coefficients
 * @param verdicts the same as verdicts on pairs, where the columns say which label means what; else empty
 */
public record LabelFile(Labels labels, List<Verdict> verdicts) {

    private static final List<String> ITEM =
            List.of("item", "question", "item_id", "question_id", "prompt_id", "pair_id", "idx", "index", "id");
    private static final List<String> ANNOTATOR = List.of("annotator", "worker", "rater", "coder", "judge", "user");
    private static final List<String> LABEL =
            List.of("label", "answer", "value", "vote", "rating", "winner", "preference");

    /**
     * The names of the columns; empty ones are found by their usual names.
     *
     * @param wide the annotators' columns, where a row is an item; a blank cell is not a label
     * @param meanings which labels mean that the first answer is better, that the second is, and that neither is
     */
    public record Columns(
            Optional<String> item,
            Optional<String> annotator,
            Optional<String> label,
            List<String> wide,
            Optional<PairLabels> meanings) {

        /** Everything by its usual name. */
        public static final Columns USUAL =
                new Columns(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        public Columns {
            wide = List.copyOf(wide);
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
     * @throws UserError if a column is missing, a label has no meaning, an annotator labelled an item twice, or there is nothing
     */
    public static LabelFile read(List<Path> files, Columns columns) {
        Parser reading = new Parser(columns);
        for (Path file : files) reading.read(file);
        if (reading.labels.isEmpty()) {
            throw new UserError("there are no labels in "
                    + String.join(", ", files.stream().map(Path::toString).toList()));
        }
        return new LabelFile(Labels.of(reading.labels), List.copyOf(reading.verdicts));
    }

    /** A row of a file of true labels. */
    static Labels.Label truth(Fields row, Optional<String> item) {
        return new Labels.Label(
                Parser.text(row, Parser.column(row, item, ITEM, "item")), "truth", Parser.text(row, "truth"));
    }

    private static final class Parser {
        private final Columns columns;
        private final List<Labels.Label> labels = new ArrayList<>();
        private final List<Verdict> verdicts = new ArrayList<>();
        private final Map<Key, String> places = new HashMap<>();

        private record Key(String item, String annotator) {}

        Parser(Columns columns) {
            this.columns = columns;
        }

        void read(Path file) {
            long before = labels.size();
            try (RowReader<Fields> rows = RowReader.of(file, "labels", fields -> fields)) {
                while (rows.hasNext()) {
                    Row<Fields> row = rows.next();
                    try {
                        read(row.value(), row.line(), file);
                    } catch (BadRow e) {
                        throw new UserError(file + ":" + row.line() + ": " + e.getMessage());
                    }
                }
            }
            if (labels.size() == before) throw new UserError("there are no labels in " + file);
        }

        private void read(Fields row, long line, Path file) {
            List<String> wide = columns.wide().isEmpty() ? usualWide(row) : columns.wide();
            if (wide.isEmpty()) {
                String item = text(row, column(row, columns.item(), ITEM, "item"));
                String annotator = text(row, column(row, columns.annotator(), ANNOTATOR, "annotator"));
                add(row, item, annotator, text(row, column(row, columns.label(), LABEL, "label")), file + ":" + line);
                return;
            }
            String item = columns.item().isPresent()
                            || row.firstOf(ITEM.toArray(String[]::new)).isPresent()
                    ? text(row, column(row, columns.item(), ITEM, "item"))
                    : String.valueOf(line);
            boolean any = false;
            for (String annotator : wide) {
                String label = row.find(annotator).map(Parser::shown).orElse("");
                any |= row.has(annotator);
                if (!label.isBlank()) add(row, item, annotator, label, file + ":" + line);
            }
            if (!any)
                throw new BadRow("none of the columns " + String.join(", ", wide) + " is there, only " + row.keys());
        }

        private static List<String> usualWide(Fields row) {
            List<String> wide = new ArrayList<>();
            for (int n = 1; row.has("annotator" + n); n++) wide.add("annotator" + n);
            return wide;
        }

        private static String column(Fields row, Optional<String> named, List<String> usual, String what) {
            if (named.isPresent()) {
                if (!row.has(named.get())) {
                    throw new BadRow("there is no " + what + " under '" + named.get() + "', only " + row.keys());
                }
                return named.get();
            }
            return row.firstOf(usual.toArray(String[]::new))
                    .orElseThrow(() -> new BadRow(
                            "which column is the " + what + "? There are " + row.keys() + "; name it with --" + what));
        }

        private static String text(Fields row, String column) {
            String text = shown(row.get(column));
            if (text.isBlank()) throw new BadRow("'" + column + "' is empty");
            return text;
        }

        /** The label as text; 2.0 becomes 2, so that a whole number is one label however it is written. */
        private static String shown(JsonNode node) {
            if (node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue())) {
                return String.valueOf(node.longValue());
            }
            return node.isString() ? node.stringValue().strip() : node.toString();
        }

        private void add(Fields row, String item, String annotator, String label, String place) {
            boolean turned = false;
            String said = label;
            if (columns.meanings().isPresent()) {
                Verdict verdict =
                        verdict(row, item, annotator, label, columns.meanings().get());
                verdicts.add(verdict);
                // Two annotators may have seen a pair in different orders: the labels are compared as if the order were
                // that of the alphabet.
                turned = verdict.models()
                        .filter(m -> m.first().compareTo(m.second()) > 0)
                        .isPresent();
                said = turned ? columns.meanings().get().label(turned(verdict.winner())) : label;
            }
            String earlier = places.putIfAbsent(new Key(item, annotator), (turned ? "turned " : "") + place);
            if (earlier == null) {
                labels.add(new Labels.Label(item, annotator, said));
            } else if (earlier.startsWith("turned ") == turned) {
                throw new UserError(place + ": '" + annotator + "' labelled the item '" + item + "' before, at "
                        + earlier.replaceFirst("^turned ", "") + "; one label each");
            }
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
