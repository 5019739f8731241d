package org.thurstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.report.Table.Column;

/** A reader sorts, filters and compares rows in a real browser. */
class TableScriptTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** Does what a reader does, and lists what the page then shows. Answers stand in the order of the assertions below. */
    private static final String READER = """
        <script>
        addEventListener('load', () => {
          const page = document.querySelector('iframe').contentDocument, said = [];
          const sections = [...page.querySelectorAll('section.sortable')];
          const names = s => [...s.querySelectorAll('tbody tr')].filter(r => !r.hidden && !r.classList.contains('rest'))
            .map(r => r.cells[0].textContent).join(' ');
          const heads = s => [...s.querySelectorAll('th')];
          const press = (s, c) => heads(s)[c].querySelector('button').click();
          const sorted = s => heads(s).map(h => h.getAttribute('aria-sort') || '-').join(' ');
          const choose = (list, value) => { list.value = value; list.dispatchEvent(new Event('change')); };
          const [few, many] = sections;
          said.push(names(few));
          press(few, 1); said.push(names(few) + ' | ' + sorted(few));
          press(few, 1); said.push(names(few) + ' | ' + sorted(few));
          press(few, 1); said.push(names(few) + ' | ' + sorted(few));
          press(few, 0); said.push(names(few) + ' | ' + sorted(few));
          press(few, 2); said.push(names(few) + ' | ' + sorted(few));
          press(few, 2); press(few, 2);
          const [one, other] = few.querySelectorAll('.compare select');
          const answer = few.querySelector('.difference');
          said.push(answer.textContent);
          few.querySelectorAll('tbody tr')[0].cells[1].click();
          few.querySelectorAll('tbody tr')[1].cells[1].click();
          said.push(answer.textContent);
          said.push(few.querySelectorAll('tr.chosen').length + ' ' + one.value + ' ' + other.value);
          choose(other, '2'); said.push(answer.textContent);
          choose(other, '3'); said.push(answer.textContent);
          choose(other, '0'); said.push(answer.textContent);
          said.push(String(names(many).split(' ').length / 2) + ' ' + many.querySelector('.count').textContent);
          const search = many.querySelector('input');
          search.value = 'RÉSUMÉ 11'; search.dispatchEvent(new Event('input'));
          said.push(names(many) + ' | ' + many.querySelector('.count').textContent);
          search.value = 'zephyr'; search.dispatchEvent(new Event('input'));
          said.push(names(many) + ' | ' + many.querySelector('.count').textContent);
          search.value = ''; search.dispatchEvent(new Event('input'));
          const rest = many.querySelector('.rest-of-rows button');
          said.push(rest.textContent); rest.click();
          said.push(String(names(many).split(' ').length / 2) + ' ' + rest.parentElement.hidden);
          said.push(String(page.querySelectorAll('img').length));
          const list = document.createElement('pre');
          list.id = 'said';
          list.textContent = said.join('\\n');
          document.body.replaceChildren(list);
        });
        </script>
        """;

    private static List<Cell> row(String name, Cell number, String places) {
        return List.of(Cell.text(name), number, Cell.text(places));
    }

    @Test
    void rowsAreSortedFilteredAndCompared() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + ": the table was not opened in a browser");
        Table few = new Table(
                "Few",
                "",
                List.of(Column.text("item"), Column.number("rating"), Column.text("places")),
                List.of(
                        row("delta", Cell.number(1.5, 1, 2, 1), "1–3"),
                        row("<img>", Cell.number(-0.5, 1), "10–12"),
                        row("Bravo", Cell.missing(), "–"),
                        row("alpha", Cell.number(1200, 0), "2–9")));
        RowDifferences differences = new RowDifferences(
                new double[] {1.5, -0.5, Double.NaN, 1200},
                new int[] {0, 0, 0, 1},
                "log-odds",
                3,
                1.959964,
                "95 %",
                (RowDifferences.PairErrors) (i, j) -> 0.8,
                Optional.of(new RowDifferences.Chances(
                        -4, 2, new double[] {0, 0.1, 0.5, 0.8, 1}, new double[] {0, 0.1, 0.2, 0.1, 0}, "")));
        Table many = new Table(
                "Many",
                "",
                List.of(Column.text("item"), Column.number("rating")),
                IntStream.range(0, 250)
                        .mapToObj(i -> List.of(Cell.text("résumé " + i), Cell.number(-i, 0)))
                        .toList());
        List<String> said = read(new Report(
                "t",
                "",
                List.of(new SortableTable(few, List.of(0), Optional.of(differences)), SortableTable.of(many, 0)),
                "1"));
        assertThat(said)
                .containsExactly(
                        "delta <img> Bravo alpha",
                        // Numbers with the largest first, what is missing last; then the other way; then as it was.
                        "alpha delta <img> Bravo | - descending -",
                        "<img> delta alpha Bravo | - ascending -",
                        "delta <img> Bravo alpha | - - -",
                        "<img> alpha Bravo delta | ascending - -",
                        // 2–9 comes before 10–12.
                        "delta alpha <img> Bravo | - - ascending",
                        "Choose two rows, here or by clicking on them, for their difference with its own interval.",
                        "delta less <img> is 2.000 log-odds (95 % interval 0.432 to 3.568, standard error 0.800);"
                                + " p\u00a0= 0.0124. delta wins 80.0\u00a0% of battles (56.5 to 95.7\u00a0%), and 10.0\u00a0% are"
                                + " ties. The p-value is of a pair that was chosen before the order was known.",
                        "2 0 1",
                        "The votes do not determine the rating of Bravo.",
                        "The votes do not make delta and alpha comparable.",
                        "Choose two different rows.",
                        "40 250 rows",
                        "résumé 11 résumé 110 résumé 111 résumé 112 résumé 113 résumé 114 résumé 115 résumé 116 résumé"
                                + " 117 résumé 118 résumé 119 résumé 211 | 12 of 250 rows",
                        " | 0 of 250 rows",
                        "Show all 250 rows",
                        "250 true",
                        "0");
    }

    private static List<String> read(Report report) throws Exception {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "table");
        String quoted = report.html().replace("&", "&amp;").replace("\"", "&quot;");
        Path page = Files.writeString(
                directory.resolve("frame.html"),
                "<!doctype html><meta charset=\"utf-8\"><body><iframe style=\"width:1000px;height:1000px\" srcdoc=\""
                        + quoted + "\"></iframe>" + READER);
        Path dom = directory.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString()));
        command.addAll(List.of(("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
                        + " --disable-background-networking --disable-component-update --disable-sync --dump-dom")
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
        Matcher said = Pattern.compile("(?s)<pre id=\"said\">(.*?)</pre>").matcher(text);
        assertThat(said.find()).as(text).isTrue();
        return said.group(1)
                .replace("&nbsp;", "\u00a0")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .lines()
                .toList();
    }
}
