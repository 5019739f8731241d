package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurstone.rank.certainty.StrataDifferences;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;

/** The test of differences between strata, for a terminal and for a page. */
final class StrataTables {

    /** The sentence where there is no test. */
    static final String UNTESTED =
            "Differences between values are not tested: no two of them have ratings of the same two items or more that can"
                    + " be compared.";

    private StrataTables() {}

    /** All items together, in a sentence. */
    public static String sentence(StrataDifferences test) {
        return String.format(
                Locale.ROOT,
                "Wald's test of equal ratings in all %d strata: χ² = %.2f with %d degree%s of freedom, p = %.2g.",
                test.strata().size(),
                test.chiSquare(),
                test.freedom(),
                test.freedom() == 1 ? "" : "s",
                test.pValue());
    }

    /**
     * The items whose ratings differ most.
     *
     * @param most items shown, the smallest p-value first
     */
    public static Table table(String title, StrataDifferences test, int most) {
        List<List<Cell>> rows = new ArrayList<>();
        for (StrataDifferences.Item item :
                test.items().subList(0, Math.min(most, test.items().size()))) {
            rows.add(List.of(
                    Cell.name(item.item()),
                    Cell.text(shown(item.lowest())),
                    Cell.text(shown(item.highest())),
                    Cell.number(item.difference(), Math.abs(item.difference()) >= 100 ? 0 : 3),
                    Cell.number(item.chiSquare(), 2),
                    Cell.count(item.freedom()),
                    Cell.text(String.format(Locale.ROOT, "%.2g", item.pValue())),
                    Cell.text(String.format(Locale.ROOT, "%.2g", item.adjusted()))));
        }
        return new Table(
                title,
                "",
                List.of(
                        Table.Column.text("item"),
                        Table.Column.text("lowest in"),
                        Table.Column.text("highest in"),
                        Table.Column.number("difference"),
                        Table.Column.number("χ²"),
                        Table.Column.number("df"),
                        Table.Column.text("p"),
                        Table.Column.text("p (Holm)")),
                rows);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
