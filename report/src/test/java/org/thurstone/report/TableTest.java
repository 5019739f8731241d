package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.report.Table.Column;

class TableTest {

    private static final Table TABLE = new Table(
            "Models",
            "",
            List.of(Column.text("model"), Column.highest("accuracy"), Column.lowest("loss"), Column.number("labels")),
            List.of(
                    List.of(Cell.text("start"), Cell.percent(0.5, 0.4, 0.6), Cell.number(0.69, 2), Cell.count(0)),
                    List.of(
                            Cell.text("狐 fox"),
                            Cell.percent(0.816, 0.79, 0.83),
                            Cell.number(0.31, 2),
                            Cell.count(1480)),
                    List.of(Cell.text("broken"), Cell.percent(Double.NaN), Cell.number(0.31, 2), Cell.missing())));

    @Test
    void theBestIsFoundAndEqualsShareIt() {
        assertThat(TABLE.best())
                .containsExactly(
                        List.of(false, false, false, false),
                        List.of(false, true, true, false),
                        List.of(false, false, true, false));
    }

    @Test
    void singleNumberIsNotMarkedBest() {
        Table table = new Table(
                "", "", List.of(Column.highest("a")), List.of(List.of(Cell.number(1, 0)), List.of(Cell.missing())));
        assertThat(table.best()).containsExactly(List.of(false), List.of(false));
    }

    @Test
    void htmlNumbersAreRightAlignedAndTheBestIsMarked() {
        assertThat(TableMarkup.of(TABLE))
                .contains("<th scope=\"col\" class=\"number\">accuracy</th>")
                .contains("<td class=\"number best\" data-column=\"accuracy\">81.6\u00a0%<small>79.0–83.0</small></td>")
                .contains(">–</td>");
    }

    @Test
    void onAConsoleColumnsAreAlignedEvenUnderWideCharacters() {
        assertThat(TerminalTable.of(TABLE, false)).isEqualTo("""
            Models
            model             accuracy   loss   labels
            ──────  ───────────────────  ─────  ──────
            start   50.0\u00a0% (40.0–60.0)   0.69        0
            狐 fox  81.6\u00a0% (79.0–83.0)*  0.31*   1,480
            broken                   –   0.31*       –
            """);
    }

    @Test
    void aStyledConsoleShowsTheBestInBoldInsteadOfAStar() {
        assertThat(TerminalTable.of(TABLE, true))
                .contains("\u001b[1m0.31\u001b[0m")
                .doesNotContain("*");
    }

    @Test
    void anUnknownIntervalIsNotShown() {
        assertThat(Cell.percent(0.5, Double.NaN, Double.NaN).detail()).isEmpty();
        assertThat(Cell.number(1, Double.NaN, Double.NaN, 1).detail()).isEmpty();
        assertThat(Cell.number(1, 0, Double.NaN, 1).detail()).isEqualTo("0.0––");
    }

    @Test
    void longNamesAreShortenedInTheirMiddle() {
        String name = "model-" + "😀".repeat(200) + "-v2";
        assertThat(Cell.name(name).shown()).startsWith("model-😀").contains("…").endsWith("😀-v2");
        assertThat(Cell.name(name)
                        .shown()
                        .codePointCount(0, Cell.name(name).shown().length()))
                .isEqualTo(73);
        assertThat(Cell.name("x".repeat(72)).shown()).isEqualTo("x".repeat(72));
    }

    /** Other programs read a number with an ASCII minus only; a name stays as it is. */
    @Test
    void numbersOfATerminalHaveAMinusThatProgramsRead() {
        Table table = new Table(
                "",
                "",
                List.of(Column.text("item"), Column.number("rating")),
                List.of(List.of(Cell.text("a\u2212b"), Cell.number(-1.5, -2, -1, 1))));
        assertThat(TerminalTable.of(table, false)).contains("a\u2212b", "-1.5 (-2.0 to -1.0)");
    }

    @Test
    void aCellCannotCommandTheTerminal() {
        Table table = new Table("", "", List.of(Column.text("a\u001b[2J")), List.of(List.of(Cell.text("b\nc\u0007"))));
        assertThat(TerminalTable.of(table, false)).isEqualTo("a [2J\n─────\nb c\n");
    }

    @Test
    void aRowOfTheWrongLengthIsRefused() {
        assertThatThrownBy(() -> new Table("t", "", List.of(Column.text("a")), List.of(List.of())))
                .hasMessageContaining("a row of 0 cells under 1 columns");
    }
}
