package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.data.format.Files4Tests.gzip;
import static org.thurstone.data.format.Files4Tests.json;
import static org.thurstone.data.format.Files4Tests.shared;
import static org.thurstone.data.format.Files4Tests.write;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;

class ReadingTest {

    private static final String GOOD = "{'prompt':'p','chosen':'a','rejected':'b'}";

    @TempDir
    Path directory;

    private Dropped dropped(Path path) {
        try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(1))) {
            rows.forEachRemaining(row -> {});
            return rows.dropped();
        }
    }

    private List<Long> lines(Path path) {
        try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(1))) {
            return rows.stream().map(Row::line).toList();
        }
    }

    @Test
    void gzipIsFoundByItsBytesNotItsName() {
        byte[] text = json(GOOD, GOOD).getBytes(StandardCharsets.UTF_8);
        assertThat(Examples.readAll(write(directory, "named.jsonl", gzip(text))))
                .hasSize(2);
        assertThat(Examples.readAll(write(directory, "plain.jsonl.gz", text))).hasSize(2);
    }

    @Test
    void aByteOrderMarkCarriageReturnsAndBlankLinesDoNoHarm() {
        String text = "\uFEFF" + json(GOOD, "", "  ", GOOD).replace("\n", "\r\n");
        assertThat(lines(write(directory, "rows.jsonl", text))).containsExactly(1L, 4L);
        assertThat(lines(write(directory, "last.jsonl", json(GOOD, GOOD).stripTrailing())))
                .containsExactly(1L, 2L);
    }

    @Test
    void aLineSeparatorCharacterIsPartOfTheText() {
        Path path = write(
                directory, "rows.jsonl", json("{'prompt':'p','chosen':'a\u2028b\u0085','rejected':'😀 e\u0301'}"));
        Comparison c = (Comparison) Examples.readAll(path).getFirst();
        assertThat(c.chosen().text()).isEqualTo(Text.raw("a\u2028b\u0085"));
        assertThat(c.rejected().text()).isEqualTo(Text.raw("😀 e\u0301"));
    }

    @Test
    void anEmptyFileHasNoExamples() {
        for (String name : List.of("e.jsonl", "e.json", "e.csv")) {
            assertThat(Examples.readAll(write(directory, name, ""))).isEmpty();
        }
        assertThat(Examples.readAll(write(directory, "brackets.json", "[]"))).isEmpty();
        assertThat(Examples.readAll(write(directory, "header.csv", "prompt,chosen,rejected\n")))
                .isEmpty();
    }

    @Test
    void oneLineMayBeTenMegabytesLong() {
        String big = "x".repeat(10_000_000);
        Path path = write(directory, "rows.jsonl", json("{'prompt':'p','chosen':'" + big + "','rejected':'b'}", GOOD));
        List<Example> examples = Examples.readAll(path);
        assertThat(examples).hasSize(2);
        assertThat(((Comparison) examples.getFirst()).chosen().text().plain()).hasSize(10_000_000);
    }

    @Test
    void everyBadRowIsExplainedByLine() {
        Path path = write(
                directory,
                "rows.jsonl",
                json(
                        GOOD,
                        "{'prompt':'p','chosen':'a','rejected':",
                        "{'prompt':'p','chosen':'a'}",
                        "{'prompt':'p','chosen':'','rejected':'b'}",
                        "{'prompt':'p','chosen':'a','rejected':'a'}",
                        "{'prompt':'p','prompt':'q','chosen':'a','rejected':'b'}",
                        "[1]",
                        "{'prompt':'p','chosen':'a','rejected':'b'} x",
                        "{'prompt':7,'chosen':'a','rejected':'b'}",
                        "{'prompt':'p','chosen':'a','rejected':'b','weight':-1}",
                        "{'prompt':'p','chosen':'a','rejected':'b','margin':NaN}"));
        assertThat(dropped(path).first())
                .extracting(bad -> bad.line() + " " + bad.reason())
                .satisfiesExactly(
                        r -> assertThat(r).startsWith("2 not JSON at column"),
                        r -> assertThat(r).isEqualTo("3 'rejected' is missing"),
                        r -> assertThat(r).isEqualTo("4 'chosen' is empty"),
                        r -> assertThat(r).isEqualTo("5 chosen and rejected are identical"),
                        r -> assertThat(r).contains("6 ", "uplicate", "prompt"),
                        r -> assertThat(r).isEqualTo("7 the row is a list, not a JSON object {…}"),
                        r -> assertThat(r).startsWith("8 not JSON"),
                        r -> assertThat(r).isEqualTo("9 'prompt' is 7, not a text"),
                        r -> assertThat(r).isEqualTo("10 weight -1.0 is not a finite number of at least 0"),
                        r -> assertThat(r).isEqualTo("11 'margin' is NaN, not a finite number"));
    }

    @Test
    void aRatingThatIsNotANumberIsBad() {
        Path path = write(
                directory,
                "rows.jsonl",
                json(
                        "{'prompt':'p','completion':'a','rating':NaN}",
                        "{'prompt':'p','completion':'a','rating':'five'}"));
        assertThat(dropped(path).first())
                .extracting(Dropped.BadLine::reason)
                .containsExactly("'rating' is NaN, not a finite number", "'rating' is \"five\", not a finite number");
    }

    @Test
    void tooManyBadRowsAtTheEndStopWithTheFirstOfThem() {
        List<String> rows = new ArrayList<>(Collections.nCopies(100, GOOD));
        rows.set(41, "{broken");
        Path one = write(directory, "one.jsonl", json(rows.toArray(String[]::new)));
        assertThat(Examples.readAll(one)).hasSize(99);
        rows.set(70, "{'prompt':'p','chosen':'','rejected':'b'}");
        Path two = write(directory, "two.jsonl", json(rows.toArray(String[]::new)));
        assertThatThrownBy(() -> Examples.readAll(two))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 of 100 rows are bad (2.0 %; at most 1 % may be)")
                .hasMessageContaining(two + ":42: not JSON")
                .hasMessageContaining(two + ":71: 'chosen' is empty");
        assertThat(Examples.readAll(two, ReadOptions.DEFAULT.withBadShare(0.02)))
                .hasSize(98);
    }

    @Test
    void aFileThatIsClearlyBadStopsEarly() {
        String[] rows = new String[5000];
        Arrays.setAll(rows, i -> i < 30 || i % 2 == 0 ? GOOD : "{'prompt':'p','chosen':'a'}");
        Path path = write(directory, "rows.jsonl", json(rows));
        assertThatThrownBy(() -> Examples.readAll(path))
                .hasMessageContaining("of 1,000 rows are bad")
                .hasMessageContaining("more");
        assertThatThrownBy(() -> Examples.readAll(path, ReadOptions.DEFAULT.withBadShare(0)))
                .hasMessageContaining("1 of 32 rows are bad");
    }

    @Test
    void anArrayIsReadElementByElement() {
        String row = "{\n 'prompt': 'p',\n 'chosen': 'a',\n 'rejected': 'b'\n}";
        Path path = write(directory, "rows.json", json("[", row + ",", "7,", row, "]"));
        assertThat(lines(path)).containsExactly(2L, 8L);
        assertThat(dropped(path).first())
                .containsExactly(new Dropped.BadLine(7, "the row is a number, not a JSON object {…}"));
        assertThat(lines(write(directory, "spread.json", json(row, row)))).containsExactly(1L, 6L);
        assertThat(lines(write(directory, "lines.json", json(GOOD, GOOD)))).containsExactly(1L, 2L);
        assertThat(lines(write(directory, "array.jsonl", json("[" + GOOD + "]"))))
                .containsExactly(1L);
    }

    @Test
    void aBrokenArrayNamesItsLine() {
        Path path = write(directory, "rows.json", json("[" + GOOD + ",", GOOD, GOOD + "]"));
        assertThatThrownBy(() -> Examples.readAll(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(path + ":3: not JSON");
        Path cut = write(directory, "cut.json", json("[" + GOOD + ","));
        assertThatThrownBy(() -> Examples.readAll(cut))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(cut + ":");
        Path twice = write(
                directory, "twice.json", json("[{'prompt':'p','chosen':'a','chosen':'c','rejected':'b'},", GOOD + "]"));
        assertThat(dropped(twice).first().getFirst().reason()).containsIgnoringCase("duplicate");
    }

    @Test
    void csvCellsMaySpanLinesAndHoldConversations() {
        Path path = write(
                directory,
                "rows.csv",
                "prompt,chosen,rejected,weight\n\"p,\n\"\"q\"\"\",a,b,2\np2,c,d,\np3,e\n"
                        + "\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"u\"\"}]\",f,g,1\n");
        try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(1))) {
            List<Row<Example>> all = rows.stream().toList();
            assertThat(all).extracting(Row::line).containsExactly(2L, 4L, 6L);
            assertThat(all.getFirst().value().prompt().text()).isEqualTo(Text.raw("p,\n\"q\""));
            assertThat(all.getFirst().value().provenance().weight()).isEqualTo(2);
            assertThat(all.get(2).value().prompt().text()).isEqualTo(Files4Tests.chat("user", "u"));
            assertThat(rows.dropped().first())
                    .containsExactly(new Dropped.BadLine(5, "the row has 2 cells, the header 4"));
        }
        Path ratings = write(directory, "r.tsv", "prompt\tcompletion\tlabel\np\ta\tTrue\np\tb\tfalse\n");
        assertThat(Examples.readAll(ratings))
                .extracting(e -> ((Rating) e).value())
                .containsExactly(1.0, 0.0);
    }

    @Test
    void csvMayHaveSemicolonsForCommas() {
        Path path = write(directory, "german.csv", "prompt;chosen;rejected\r\n\"a;b\";\"c, d\";e\r\n");
        Comparison read = (Comparison) Examples.readAll(path).getFirst();
        assertThat(read.prompt().text()).isEqualTo(Text.raw("a;b"));
        assertThat(read.left().text()).isEqualTo(Text.raw("c, d"));
    }

    /** A table is known by its lines, whatever the file is called, unless it is called JSON. */
    @Test
    void csvIsRecognisedUnderOtherNames() {
        for (String name : List.of("rows.txt", "rows", "rows.dat", "rows.csv.bak")) {
            for (String separator : List.of(",", ";", "\t")) {
                Path path = write(directory, name, "prompt,chosen,rejected\na,\"b,x\",c\n".replace(",", separator));
                Comparison read = (Comparison) Examples.readAll(path).getFirst();
                assertThat(read.left().text()).as(name).isEqualTo(Text.raw("b" + separator + "x"));
            }
        }
        assertThat(Examples.readAll(write(directory, "rows.txt", json(GOOD)))).hasSize(1);
        assertThatThrownBy(() -> Examples.readAll(write(directory, "rows.jsonl", "a,b\nc,d\n")))
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> Examples.readAll(write(directory, "prose.txt", "One, two, three.\nFour, five.\n")))
                .hasMessageContaining("not JSON");
    }

    @Test
    void linesAboveTheHeaderAreSkippedIfBlankAndShownIfNot() {
        Path blank = write(directory, "blank.csv", "\n \nprompt,chosen,rejected\n\na,b,c\n");
        assertThat(Examples.readAll(blank)).hasSize(1);
        Path title = write(directory, "title.csv", "# answers\nprompt,chosen,rejected\na,b,c\n");
        assertThatThrownBy(() -> Examples.readAll(title))
                .hasMessageContaining("title.csv:2: the row has 3 cells, the header 1 (\"# answers\")");
    }

    @Test
    void spreadsheetsAndWideTextsAreNamed() {
        Path sheet = write(directory, "x.xlsx", new byte[] {'P', 'K', 3, 4, 0});
        assertThatThrownBy(() -> Examples.readAll(sheet))
                .hasMessageContaining("is a spreadsheet; save the sheet as CSV");
        for (java.nio.charset.Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path path = write(directory, "w.csv", "prompt,chosen,rejected\na,b,c\n".getBytes(wide));
            assertThatThrownBy(() -> Examples.readAll(path)).hasMessageContaining("UTF-16; save it as UTF-8");
        }
    }

    @Test
    void badCsvIsRefusedByLine() {
        assertThatThrownBy(() -> Examples.readAll(write(directory, "twice.csv", "prompt,prompt\na,b\n")))
                .hasMessageContaining(":1: the header names the column 'prompt' twice");
        assertThatThrownBy(() -> Examples.readAll(write(directory, "open.csv", "prompt,chosen,rejected\np,\"a,b\n")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("open.csv:");
    }

    @Test
    void filesThatCannotBeReadSayWhy() {
        assertThatThrownBy(() -> Examples.readAll(directory.resolve("none.jsonl")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("none.jsonl: no such file");
        assertThatThrownBy(() -> Examples.readAll(directory)).hasMessageContaining("it is a directory");
        byte[] zipped = gzip(
                json(Collections.nCopies(5000, GOOD).toArray(String[]::new)).getBytes(StandardCharsets.UTF_8));
        Path cut = write(directory, "cut.jsonl.gz", Arrays.copyOf(zipped, zipped.length - 20));
        assertThatThrownBy(() -> Examples.readAll(cut))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("ends badly after line");
        Path zstd = write(directory, "z.jsonl.zst", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0});
        assertThatThrownBy(() -> Examples.readAll(zstd)).hasMessageContaining("compressed with zstd");
        Path wide = write(directory, "w.jsonl", GOOD.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> Examples.readAll(wide)).hasMessageContaining("UTF-16; save it as UTF-8");
        Path mixed = write(
                directory,
                "mixed.csv",
                "prompt,chosen,rejected\na,b,c\ncaf\u00e9,b,c\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Examples.readAll(mixed))
                .hasMessageEndingWith("mixed.csv:3: not UTF-8; save the file as UTF-8");
        Path parquet = write(directory, "x.parquet", "PAR1....");
        assertThatThrownBy(() -> Examples.readAll(parquet)).hasMessageContaining("org.thurstone:thurstone-parquet");
        Path garbage = write(directory, "g.jsonl", new byte[] {(byte) 0xFF, 1, 2, '\n', (byte) 0xC3});
        assertThatThrownBy(() -> Examples.readAll(garbage))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("g.jsonl:1: not JSON");
    }

    @Test
    void nothingIsHeldOfRowsThatWerePassedOn() throws Exception {
        Path path = directory.resolve("many.jsonl.gz");
        String text = "x".repeat(500);
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(path), 1 << 16))) {
            for (int i = 0; i < 60_000; i++) {
                out.write(json("{'prompt':'" + i + "','chosen':'" + text + "','rejected':'b'}")
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
        List<WeakReference<Example>> some = new ArrayList<>();
        long count = 0;
        try (RowReader<Example> rows = Examples.read(path)) {
            while (rows.hasNext()) {
                Example example = rows.next().value();
                if (count++ % 2_000 == 0) {
                    some.add(new WeakReference<>(example));
                }
            }
            System.gc();
            assertThat(some).allSatisfy(reference -> assertThat(reference.get()).isNull());
        }
        assertThat(count).isEqualTo(60_000);
    }

    @Test
    void realTranscriptsAllReadButThoseWithoutAnAnswer() {
        Path path = shared("data/hh_rlhf/harmless-base.jsonl.gz");
        try (RowReader<Example> rows = Examples.read(path)) {
            List<Row<Example>> all = rows.stream().toList();
            assertThat(rows.format()).isEqualTo("HH-RLHF transcripts");
            // Four rows end in "Assistant: " and nothing: counted by hand from the file.
            assertThat(rows.dropped().first())
                    .extracting(Dropped.BadLine::line)
                    .containsExactly(87L, 517L, 926L, 1104L);
            assertThat(all).hasSize((int) rows.dropped().rows() - 4).allSatisfy(row -> {
                Comparison c = (Comparison) row.value();
                assertThat(c.chosen().text()).isInstanceOf(Text.Chat.class);
                assertThat(((Text.Chat) c.prompt().text()).messages().getLast().role())
                        .isEqualTo(org.thurstone.data.Role.USER);
            });
        }
    }

    @Test
    void realUltraFeedbackHasMarginsAndSixBadRows() {
        Path path = shared("data/ultrafeedback_sample/train_clean.jsonl.gz");
        try (RowReader<Example> rows = Examples.read(path)) {
            List<Example> all = rows.stream().map(Row::value).toList();
            // Four identical pairs and two empty answers, counted from the file by other means.
            assertThat(all).hasSize(994);
            assertThat(rows.dropped().count()).isEqualTo(6);
            assertThat(all)
                    .allSatisfy(e -> assertThat(((Comparison) e).margin()).isPresent());
        }
    }
}
