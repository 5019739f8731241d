package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.thurstone.report.Cell;
import org.thurstone.report.Headline;
import org.thurstone.report.Report;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;

/** Every page fits a phone, a laptop and a large screen: nothing overflows its box, in a real browser. */
class PageWidthTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<Integer> WIDTHS = List.of(390, 1100, 1600);

    /** Elements that stick out of the page, or whose text sticks out of their column. */
    private static final String MEASURE = """
        <script>
        addEventListener('load', () => {
          const found = [];
          for (const frame of document.querySelectorAll('iframe')) {
            const page = frame.contentDocument, width = frame.clientWidth;
            if (page.documentElement.scrollWidth > width) found.push(width + ': page is ' + page.documentElement.scrollWidth);
            for (const e of page.querySelectorAll('body *')) {
              if (e.closest('svg')) continue;
              const name = width + ': ' + e.tagName + '.' + e.className + ' "' + e.textContent.trim().slice(0, 30) + '"';
              if (e.getBoundingClientRect().right > width + 1) found.push(name + ' ends at ' + e.getBoundingClientRect().right);
              if (getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
                found.push(name + ' holds ' + e.scrollWidth + ' in ' + e.clientWidth);
            }
          }
          document.body.innerHTML = '<p id="found">' + found.length + ' found\\n' + found.slice(0, 20).join('\\n') + '</p>';
        });
        </script>
        """;

    /** Among the build's outputs, not a TempDir: a browser's helpers may still write there when it has ended. */
    private final Path directory;

    PageWidthTest() throws IOException {
        directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "widths");
    }

    @Test
    void boardFitsEveryWidth() throws Exception {
        List<String> rows = new ArrayList<>(List.of("left,right,winner,annotator,date"));
        for (int k = 0; k < 120; k++) {
            rows.add("an item with a long name " + k % 5 + ",item " + (k % 7 + 10) + ","
                    + (k % 3 == 0 ? "tie" : k % 2 == 0 ? "left" : "right") + ",ann " + k % 4 + ",2024-01-"
                    + (10 + k % 20));
        }
        Path votes = Files.write(directory.resolve("votes.csv"), rows);
        Path page = directory.resolve("board.html");
        assertThat(Shell.run("rank", votes.toString(), "--output", page.toString(), "--ties", "davidson")
                        .err())
                .isEmpty();
        fits(Files.readString(page));
    }

    @Test
    void curvesOfLossesFitEveryWidth() throws Exception {
        Shell shell =
                Shell.run("loss", "plot", "dpo", "ipo", "discopop", "{link: hinge, beta: 0.1}", "--format", "html");
        assertThat(shell.out()).contains("looks flat next to it");
        fits(shell.out());
    }

    @Test
    void reportOfATrainingFitsEveryWidth() throws Exception {
        Path model = TinyModel.write(directory.resolve("model"));
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < 24; k++) {
            rows.append("{\"prompt\": \"")
                    .append((char) ('a' + k))
                    .append("\", \"chosen\": \"ab\", \"rejected\": \"c\"}\n");
        }
        Path pairs = Files.writeString(directory.resolve("pairs.jsonl"), rows);
        Path run = directory.resolve("run");
        Shell shell = Shell.run(
                "train",
                "--model",
                model.toString(),
                "--data",
                pairs.toString(),
                "--held-out-share",
                "0.25",
                "--output",
                run.toString());
        assertThat(shell.code()).as(shell.err()).isZero();
        String report = Files.readString(run.resolve("report.html"));
        assertThat(report).doesNotContain("not finite");
        fits(report);
    }

    @Test
    void largeNumbersStayInTheirColumns() throws Exception {
        List<Column> columns = new ArrayList<>(List.of(Column.text("what")));
        List<Cell> cells = new ArrayList<>(List.of(Cell.text("a name of some length")));
        for (int k = 0; k < 8; k++) {
            columns.add(Column.number("figure " + k));
            cells.add(Cell.number(376_931_876.123 / (k + 1), 0.5, 9e8, 3));
        }
        List<Headline.Figure> figures = List.of(
                new Headline.Figure("376,931,876", "nats from the reference", "per held-out completion"),
                new Headline.Figure("18,340", "held-out loss", "was 0.693"),
                new Headline.Figure("84.3 %", "held-out accuracy", "95 % interval 80.1 % – 88.0 %"),
                new Headline.Figure("1,234,567,890,123", "tokens", ""));
        fits(new Report(
                        "Large numbers",
                        "",
                        List.of(
                                new Headline("All is large.", figures),
                                new Table("Figures", "", columns, List.of(cells))),
                        "test")
                .html());
    }

    private void fits(String html) throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": the page was not opened in a browser");
        String quoted = html.replace("&", "&amp;").replace("\"", "&quot;");
        StringBuilder frames = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><body>");
        for (int width : WIDTHS) {
            frames.append("<iframe style=\"border:0;width:")
                    .append(width)
                    .append("px;height:2000px\" srcdoc=\"")
                    .append(quoted)
                    .append("\"></iframe>");
        }
        Path page = Files.writeString(directory.resolve("frames.html"), frames + MEASURE);
        Matcher found = Pattern.compile("(?s)<p id=\"found\">(.*?)</p>").matcher(dom(page));
        assertThat(found.find()).isTrue();
        assertThat(found.group(1)).isEqualTo("0 found\n");
    }

    private String dom(Path page) throws Exception {
        Path dom = directory.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString()));
        command.addAll(List.of(("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                        + " --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars"
                        + " --window-size=1700,2000 --dump-dom")
                .split(" ")));
        command.add("--user-data-dir=" + directory.resolve("profile"));
        command.add(page.toUri().toString());
        Process browser = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(dom.toFile())
                .start();
        // Long enough for any machine: only a browser that hangs is meant.
        boolean ended = browser.waitFor(10, TimeUnit.MINUTES);
        if (!ended) {
            browser.destroyForcibly();
        }
        String text = Files.readString(dom, StandardCharsets.UTF_8);
        assertThat(ended).as("chromium does not hang").isTrue();
        return text;
    }
}
