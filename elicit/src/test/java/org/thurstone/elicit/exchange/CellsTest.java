package org.thurstone.elicit.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "words",
                "=1+1",
                "=HYPERLINK(\"http://evil\")",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "＝1",
                "'=1",
                "''=1",
                "'",
                "'quoted'",
                "it's =",
                " =1",
                "-",
                "'-",
                "a\n=1"
            })
    void everyTextComesBackAndNoneIsAFormula(String text) {
        String cell = Cells.safe(text);
        assertThat(Cells.text(cell)).isEqualTo(text);
        assertThat(cell).doesNotMatch("(?s)[=+\\-@\\t\\r\\n＝＋－＠].*");
    }

    @Test
    void spreadsheetSafeTextIsUnchanged() {
        assertThat(List.of("", "words", "'quoted'", " =1", "2"))
                .allMatch(text -> Cells.safe(text).equals(text));
        assertThat(Cells.text("=1+1"))
                .as("an apostrophe that a spreadsheet took away")
                .isEqualTo("=1+1");
        assertThat(Cells.text("-2")).isEqualTo("-2");
    }

    @Test
    void aTextCannotBeginAnotherCell() {
        assertThat(Cells.row(List.of("a\",=1", "b;=2", "c\n=3", "")))
                .isEqualTo("\"a\"\",=1\",\"b;=2\",\"c\n=3\",\"\"\r\n");
    }
}
