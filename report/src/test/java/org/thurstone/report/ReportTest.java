package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.report.Samples.Answer;
import org.thurstone.report.Samples.Sample;
import org.thurstone.report.Samples.Verdict;

class ReportTest {

    private static final String EVIL = "</pre></style><script>alert('x')</script>\"'&<img src=x onerror=y>";

    private static String html(Section section) {
        return new Report("t", "", List.of(section), "1").html();
    }

    @Test
    void noTextOfAnyKindBecomesPartOfThePage() {
        LinkedHashMap<String, String> facts = new LinkedHashMap<>();
        facts.put(EVIL, EVIL);
        List<Point> points = List.of(Point.of(0, 0), Point.of(1, 1, 0, 2));
        List<Section> sections = List.of(
                new Headline(EVIL, List.of(new Headline.Figure(EVIL, EVIL, EVIL))),
                new Lines(EVIL, EVIL, Axis.of(EVIL), Axis.percent(EVIL), List.of(Series.of(EVIL, points))),
                new Bars(EVIL, EVIL, Axis.of(EVIL), List.of(Bars.Bar.of(EVIL, 1))),
                new Table(EVIL, EVIL, List.of(Table.Column.text(EVIL)), List.of(List.of(new Cell(EVIL, EVIL, 0)))),
                new Samples(
                        EVIL,
                        EVIL,
                        List.of(new Sample(EVIL, List.of(new Answer(EVIL, EVIL.repeat(20), Verdict.BAD, EVIL))))),
                new Code(EVIL, EVIL, EVIL + "\n# " + EVIL + "\n" + EVIL + ": " + EVIL),
                Note.warning(EVIL, EVIL),
                Facts.of(EVIL, facts));
        String page = new Report(EVIL, EVIL, List.of(new Panels(EVIL, sections)), EVIL).html();
        assertThat(page).doesNotContain("<script").doesNotContain("<img").doesNotContain("'x'");
        assertThat(page.split("</style>", -1)).hasSize(2);
        assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&#39;&amp;");
    }

    @Test
    void charactersThatHtmlForbidsOrThatReorderThePageAreMadeVisible() {
        assertThat(Html.escape("a\u0000b\u001b[31mc\u202ed\r\n\te\ud83e\udd8a\ud800f"))
                .isEqualTo("a\u2400b\u241b[31mc\ufffdd\n\te\ud83e\udd8a\ufffdf");
    }

    @Test
    void thePageAsksTheNetworkForNothingAndTheBrowserForbidsIt() {
        String page = SampleReport.report().html();
        assertThat(page).contains("Content-Security-Policy\" content=\"default-src 'none'");
        assertThat(page)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("<script")
                .doesNotContain("url(");
        assertThat(page).contains("made by Thurstone 0.1.0-sample");
    }

    @Test
    void theSameReportIsTheSameBytes() {
        assertThat(SampleReport.report().html()).isEqualTo(SampleReport.report().html());
    }

    @Test
    void aReportReplacesTheOldOneWhole(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("report.html");
        Files.writeString(file, "old");
        SampleReport.report().write(file);
        assertThat(Files.readString(file)).startsWith("<!doctype html>").endsWith("</html>\n");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> SampleReport.report().write(directory.resolve("none/report.html")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none");
    }

    @Test
    void emptySectionsSayThatTheyAreEmpty() {
        assertThat(html(new Lines("t", "", Axis.of("x"), Axis.of("y"), List.of())))
                .contains("no data");
        assertThat(html(new Samples("t", "", List.of()))).contains("no samples");
        assertThat(html(new Table("t", "", List.of(Table.Column.text("a")), List.of())))
                .contains("no rows");
        assertThat(html(new Bars("t", "", Axis.of("y"), List.of()))).doesNotContain("NaN");
    }

    @Test
    void longAnswersFoldWithoutTearingACharacterAndLoseNothing() {
        String fox = "\ud83e\udd8a";
        String text = "x" + fox.repeat(600);
        String page = html(new Samples(
                "t", "", List.of(new Sample("p", List.of(new Answer("a", text, Verdict.NEUTRAL, ""))))));
        assertThat(page).contains("<details>").contains("all 601 characters").doesNotContain("\ufffd");
        assertThat(page.split(fox, -1)).hasSize(601);
        String lines = html(new Samples("t", "", List.of(new Sample("line\n".repeat(60), List.of()))));
        assertThat(lines).contains("<details>");
        assertThat(lines.split("line\n", -1)).hasSize(61);
        assertThat(html(new Samples("t", "", List.of(new Sample("y".repeat(700), List.of())))))
                .doesNotContain("<details>");
    }

    @Test
    void barsReachFromZeroToTheirValueOnEitherSide() {
        // From −1 to 3, zero stands at a quarter: −1 is the first quarter, 3 the other three.
        String page = html(new Bars("t", "", Axis.of("y"), List.of(Bars.Bar.of("a", -1), Bars.Bar.of("b", 3, 2, 3))));
        assertThat(page)
                .contains("left:0%;width:25%")
                .contains("left:25%;width:75%")
                .contains("left:75%;width:25%");
        assertThat(html(new Bars("t", "", Axis.of("y"), List.of(Bars.Bar.of("a", Double.NaN), Bars.Bar.of("b", 1)))))
                .contains("<div class=\"value\">–")
                .doesNotContain("NaN");
    }

    @Test
    void recipesShowTheirKeysAndCommentsAndFoldWhenLong() {
        assertThat(html(new Code("t", "", "loss:\n  - beta: 0.1 # small\nfile: a#b\n")))
                .contains("<pre><b>loss</b>:\n  - <b>beta</b>: 0.1 <i># small</i>\n<b>file</b>: a#b</pre>");
        assertThat(html(new Code("t", "", "a: 1\n".repeat(49)))).contains("show all 49 lines");
    }
}
