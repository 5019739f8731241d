package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns of text, as wide as their widest cell. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(headings);
    }

    void add(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row needs a cell for each heading");
        }
        rows.add(cells);
    }

    void print(PrintWriter out) {
        List<Integer> widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .boxed()
                .toList();
        for (List<String> row : rows) {
            out.println(IntStream.range(0, row.size())
                    .mapToObj(c -> row.get(c) + " ".repeat(widths.get(c) - width(row.get(c))))
                    .collect(Collectors.joining("  ", "  ", ""))
                    .stripTrailing());
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
