package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.report.Table.Column;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SortableTableTest {

    private static final String EVIL = "</script><script>alert(1)</script>\"'&";

    private static Table table(int rows) {
        return new Table(
                "Items",
                "",
                List.of(Column.text("item"), Column.number("rating")),
                IntStream.range(0, rows)
                        .mapToObj(i -> List.of(Cell.text("item " + i), Cell.number(i, 1)))
                        .toList());
    }

    private static String html(Section section) {
        return new Report("t", "", List.of(section), "1").html();
    }

    private static RowDifferences differences(double[] estimates, RowDifferences.Errors errors, String unit) {
        return new RowDifferences(
                estimates, new int[estimates.length], unit, 3, 1.96, "95 %", errors, Optional.empty());
    }

    private static JsonNode data(RowDifferences differences) {
        int rows = differences.estimates().length;
        Matcher found = Pattern.compile("(?s)<script type=\"application/json\" class=\"differences\">(.*?)</script>")
                .matcher(html(new SortableTable(table(rows), List.of(0), Optional.of(differences))));
        assertThat(found.find()).isTrue();
        return new JsonMapper().readTree(found.group(1));
    }

    /** The error of a pair as the script of the page decodes it. */
    private static double decoded(JsonNode pairs, int i, int j) {
        String codes = pairs.get("codes").asString();
        int at = DifferenceData.DIGITS * (i * (i - 1) / 2 + j);
        int code = 0;
        for (int d = 0; d < DifferenceData.DIGITS; d++) {
            code = 64 * code + DifferenceData.ALPHABET.indexOf(codes.charAt(at + d));
        }
        return Math.exp(pairs.get("least").asDouble() + code * pairs.get("step").asDouble());
    }

    @Test
    void withoutScriptsTheTableIsThereAndWhatNeedsThemIsHidden() {
        String page = html(SortableTable.of(table(300), 0));
        assertThat(page).contains("<td class=\"named\" data-column=\"item\">item 299</td>");
        assertThat(page.replaceAll("(?s)<script>.*?</script>", ""))
                .contains("<div class=\"controls\" hidden>")
                .contains("<p class=\"rest-of-rows\" hidden>")
                .doesNotContain("class=\"compare\"");
    }

    /** Another script, whatever its name slips through, does not run. */
    @Test
    void theOnlyScriptThatThePageAllowsIsItsOwn() {
        String page = html(SortableTable.of(table(3), 0));
        Matcher script = Pattern.compile("(?s)<script>(.*?)</script>").matcher(page);
        assertThat(script.find()).isTrue();
        assertThat(page).contains("script-src '" + Script.hash(script.group(1)) + "'\">");
        assertThat(script.find()).isFalse();
        assertThat(Script.hash("alert(1)")).isEqualTo("sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=");
        assertThat(html(table(3))).doesNotContain("<script").doesNotContain("script-src");
    }

    @Test
    void namesOfItemsAndUnitsDoNotBecomeMarkup() {
        Table table = new Table(
                EVIL,
                EVIL,
                List.of(Column.text(EVIL), Column.number(EVIL)),
                List.of(List.of(Cell.text(EVIL), Cell.number(1, 0)), List.of(Cell.text("b"), Cell.number(2, 0))));
        RowDifferences differences = differences(new double[] {1, 2}, new RowDifferences.NoErrors(EVIL), EVIL);
        String page = html(new SortableTable(table, List.of(0), Optional.of(differences)));
        assertThat(page.split("</script>", -1)).hasSize(3);
        assertThat(page).doesNotContain("<script>alert");
        assertThat(data(differences).get("unit").asString()).isEqualTo(EVIL);
    }

    /** The error of every pair, to a hundred-thousandth, whatever the sizes. */
    @Test
    void errorsOfPairsAreReadBack() {
        double[] estimates = {0.5, Double.NaN, -1, 2, 0.25};
        RowDifferences.PairErrors errors = (i, j) -> 0.01 * (1 + i) * (1 + j) * (i + j == 5 ? 1000 : 1);
        JsonNode data = data(differences(estimates, errors, "log-odds"));
        assertThat(data.get("estimates").get(1).isNull()).isTrue();
        int[] rated = {0, 2, 3, 4};
        for (int a = 0; a < rated.length; a++) {
            for (int b = 0; b < a; b++) {
                double exact = errors.of(rated[a], rated[b]);
                assertThat(decoded(data.get("pairs"), a, b)).isCloseTo(exact, within(3e-5 * exact));
            }
        }
    }

    @Test
    void errorsThatAreAllEqualAreReadBack() {
        JsonNode data = data(differences(new double[] {0, 1, 2}, (RowDifferences.PairErrors) (i, j) -> 0.2, "points"));
        assertThat(decoded(data.get("pairs"), 2, 1)).isCloseTo(0.2, within(1e-12));
    }

    /** What the page embeds grows with the rows where it has one error per row. */
    @Test
    void oneErrorPerRowIsEmbeddedAsItIs() {
        RowDifferences.Errors rows = new RowDifferences.RowErrors(new double[] {0.1, Double.NaN}, "about");
        JsonNode data = data(differences(new double[] {0, 1}, rows, "log-odds"));
        assertThat(data.get("rows").get(0).asDouble()).isEqualTo(0.1);
        assertThat(data.get("rows").get(1).isNull()).isTrue();
        assertThat(data.get("remark").asString()).isEqualTo("about");
    }

    @Test
    void columnsOfNamesAndNumbersOfRowsAreChecked() {
        assertThatThrownBy(() -> SortableTable.of(table(2), 2)).hasMessageContaining("no columns of names [2]");
        assertThatThrownBy(() -> SortableTable.of(table(2))).hasMessageContaining("no columns of names");
        RowDifferences three = differences(new double[3], new RowDifferences.NoErrors(""), "");
        assertThatThrownBy(() -> new SortableTable(table(2), List.of(0), Optional.of(three)))
                .hasMessageContaining("2 rows, and 3 estimates");
    }

    /** A name without blanks is broken, and does not make the table a list. */
    @Test
    void longWordsAreBroken() {
        Table table = new Table(
                "",
                "",
                List.of(Column.text("a"), Column.number("b")),
                List.of(List.of(Cell.text("x".repeat(200)), Cell.count(1))));
        assertThat(TableMarkup.of(table)).startsWith("<table>").contains("<td class=\"broken\"");
    }
}
