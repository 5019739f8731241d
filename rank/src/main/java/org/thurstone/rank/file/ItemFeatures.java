package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.recipe.Names;

/**
 * Numbers that describe items, such as the size and the price of a model: a row per item.
 *
 * @param source of the features, for messages
 * @param names of the features
 * @param values of each item, in the order of the names; finite
 * @param lines where each item's row begins in the source; empty where there are no lines
 * @param unread columns that hold no numbers
 */
public record ItemFeatures(
        String source,
        List<String> names,
        Map<String, List<Double>> values,
        Map<String, Long> lines,
        List<String> unread) {

    private static final List<String> ITEM = List.of("item", "name", "model", "key", "player", "team");
    private static final int SHOWN = 5;

    public ItemFeatures {
        names = List.copyOf(names);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        lines = Map.copyOf(lines);
        unread = List.copyOf(unread);
        if (names.isEmpty()) {
            throw new IllegalArgumentException(source + " has no feature");
        }
        for (Map.Entry<String, List<Double>> item : values.entrySet()) {
            if (item.getValue().size() != names.size()
                    || !item.getValue().stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("\"" + item.getKey() + "\" has the features " + item.getValue()
                        + ", not a finite number for each of " + names);
            }
        }
    }

    /** Features in memory. */
    public static ItemFeatures of(List<String> names, Map<String, List<Double>> values) {
        return new ItemFeatures("the features", names, values, Map.of(), List.of());
    }

    /**
     * Reads a file with a row per item: CSV, JSON or Parquet, gzipped or not. The item is in a column called item, name, model, key, player or team, unless
     * another is named.
     *
     * @param item the column with the item; empty for one of the usual names
     * @param wanted the columns to read; empty for all that hold a number, or true or false, in the first row that fills them
     * @throws UserError if it cannot be read, or a cell is no number: with its line
     */
    public static ItemFeatures read(Path path, Optional<String> item, List<String> wanted) {
        try (RowSource source = Containers.open(path)) {
            List<RawRow.Fields> rows = new ArrayList<>();
            for (Optional<RawRow> row = source.next(); row.isPresent(); row = source.next()) {
                switch (row.get()) {
                    case RawRow.Broken broken ->
                        throw new UserError(path + ":" + broken.line() + ": " + broken.reason());
                    case RawRow.Fields fields -> rows.add(fields);
                }
            }
            if (rows.isEmpty()) {
                throw new UserError(path + " is empty; it must hold a row per item, such as a CSV file with the columns"
                        + " item,size,price");
            }
            return of(path, rows, item, wanted);
        }
    }

    private static ItemFeatures of(Path path, List<RawRow.Fields> rows, Optional<String> item, List<String> wanted) {
        List<Cell> cells = rows.stream().map(row -> new Cell(row.fields())).toList();
        Header header = Header.of(cells);
        String items;
        List<String> columns;
        try {
            items = item.map(named -> header.named(named, "item"))
                    .or(() -> header.firstOf(ITEM))
                    .orElseThrow(() -> new IllegalArgumentException("no column is called "
                            + String.join(", ", ITEM) + "; name the one with the item, as in --set item=NAME, one of: "
                            + header.shown()));
            columns = wanted.isEmpty()
                    ? numeric(header, items)
                    : wanted.stream().map(name -> header.named(name, "columns")).toList();
        } catch (IllegalArgumentException e) {
            throw new UserError(path + ":" + rows.getFirst().line() + ": " + e.getMessage(), e);
        }
        if (columns.isEmpty()) {
            throw new UserError(
                    path + ": no column besides \"" + items + "\" holds numbers; there are: " + header.shown());
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        Map<String, Long> lines = new HashMap<>();
        for (int r = 0; r < rows.size(); r++) {
            long line = rows.get(r).line();
            try {
                Cell cell = cells.get(r);
                String name = cell.text(items)
                        .orElseThrow(
                                () -> new IllegalArgumentException("\"" + items + "\" is empty; a row is of an item"))
                        .strip();
                Long before = lines.putIfAbsent(name, line);
                if (before != null) {
                    throw new IllegalArgumentException(
                            "the features of \"" + name + "\" were given before, in line " + before);
                }
                List<Double> of = new ArrayList<>();
                for (String column : columns) {
                    of.add(value(cell, column, name));
                }
                values.put(name, List.copyOf(of));
            } catch (IllegalArgumentException e) {
                throw new UserError(path + ":" + line + ": " + e.getMessage(), e);
            }
        }
        List<String> unread = wanted.isEmpty()
                ? header.names().stream()
                        .filter(name -> !name.equals(items) && !columns.contains(name))
                        .toList()
                : List.of();
        return new ItemFeatures(path.toString(), columns, values, lines, unread);
    }

    /** The columns of which the first value is a number. */
    private static List<String> numeric(Header header, String items) {
        return header.names().stream()
                .filter(name -> !name.equals(items))
                .filter(name -> header.first().stream()
                        .flatMap(cell -> cell.node(name).stream())
                        .findFirst()
                        .filter(first -> !first.isContainer())
                        .map(first -> number(first.isString() ? first.stringValue() : first.asString()))
                        .filter(Optional::isPresent)
                        .isPresent())
                .toList();
    }

    private static double value(Cell cell, String column, String item) {
        String text = cell.text(column)
                .orElseThrow(() -> new IllegalArgumentException("\"" + column + "\" of \"" + item
                        + "\" is empty; it must hold a number (--set columns=[…] names the columns to read)"));
        return number(text)
                .orElseThrow(() -> new IllegalArgumentException("\"" + column + "\" of \"" + item + "\" is \"" + text
                        + "\", not a number (--set columns=[…] names the columns to read)"));
    }

    /** A finite number; 1 and 0 for true and false. */
    private static Optional<Double> number(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> Optional.of(1.0);
            case "false", "no" -> Optional.of(0.0);
            default -> Code.number(text.strip()).filter(Double::isFinite);
        };
    }

    /**
     * The features of some items, a row for each.
     *
     * @throws UserError if one has none; the message says which, and what is there
     */
    public double[][] of(List<String> items) {
        List<String> missing =
                items.stream().filter(item -> !values.containsKey(item)).toList();
        if (!missing.isEmpty()) {
            String first = missing.getFirst();
            throw new UserError(source + " has no row for the item \"" + first + "\""
                    + Names.hint(first, values.keySet())
                    + (missing.size() > 1 ? ", nor for " + (missing.size() - 1) + " more" : "")
                    + "; every item that is ranked needs its features");
        }
        return items.stream()
                .map(item -> values.getOrDefault(item, List.of()).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** What was not used: rows of items that have no votes, and columns without numbers. */
    public List<String> remarks(List<String> items) {
        List<String> remarks = new ArrayList<>();
        List<String> others =
                values.keySet().stream().filter(name -> !items.contains(name)).toList();
        if (!others.isEmpty()) {
            remarks.add(source + " has features of items without votes, which are not used: "
                    + others.stream().limit(SHOWN).map(this::placed).collect(Collectors.joining(", "))
                    + (others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : ""));
        }
        if (!unread.isEmpty()) {
            remarks.add("Not read from " + source + ", because they hold no numbers: " + String.join(", ", unread));
        }
        return remarks;
    }

    private String placed(String item) {
        Long line = lines.get(item);
        return line == null ? "\"" + item + "\"" : "\"" + item + "\" (line " + line + ")";
    }
}
