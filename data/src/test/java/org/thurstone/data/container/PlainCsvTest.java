package org.thurstone.data.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainCsvTest {

    @TempDir
    Path directory;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("votes.csv"), bytes);
    }

    private static List<String> plain(Path path, CellTexts texts) {
        List<String> rows = new ArrayList<>();
        try (PlainCsv csv = Containers.plainCsv(path).orElseThrow()) {
            while (csv.advance()) {
                StringBuilder row = new StringBuilder().append(csv.line());
                for (int column = 0; column < csv.header().size(); column++) {
                    assertThat(texts.text(csv.number(column, texts))).isEqualTo(csv.text(column));
                    assertThat(csv.blank(column)).isEqualTo(csv.text(column).isBlank());
                    row.append('|').append(csv.header().get(column)).append('=').append(csv.text(column));
                }
                rows.add(row.toString());
            }
            assertThat(csv.rows()).isEqualTo(rows.size());
            rows.add(csv.ended() ? "all" : "more");
        }
        return rows;
    }

    private static List<String> parsed(Path path) {
        List<String> rows = new ArrayList<>();
        try (RowSource source = Containers.open(path)) {
            for (Optional<RawRow> row = source.next(); row.isPresent(); row = source.next()) {
                if (!(row.get() instanceof RawRow.Fields fields)) {
                    break;
                }
                StringBuilder text = new StringBuilder().append(fields.line());
                fields.fields()
                        .properties()
                        .forEach(cell -> text.append('|')
                                .append(cell.getKey())
                                .append('=')
                                .append(cell.getValue().stringValue()));
                rows.add(text.toString());
            }
        }
        return rows;
    }

    /** Long enough that lines, cells and characters are cut by the ends of blocks. */
    @Test
    void rowsAreThoseOfTheParser() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (String end : List.of("\n", "\r\n")) {
            StringBuilder text = new StringBuilder("\uFEFF left,right ,größe").append(end);
            while (text.length() < 700_000) {
                for (int cell = 0; cell < 3; cell++) {
                    String quote = random.nextInt(3) == 0 ? "\"" : "";
                    text.append(cell == 0 ? "" : ",")
                            .append(quote)
                            .append("modèle-".repeat(random.nextInt(3)))
                            .append(random.nextInt(2000))
                            .append(random.nextInt(50) == 0 ? " " : "")
                            .append(quote.isEmpty() || random.nextInt(10) > 0 ? "" : ", and \t")
                            .append(quote);
                }
                text.append(random.nextInt(1000) == 0 ? end + end : end);
            }
            text.append("a,,c");
            Path path = file(text.toString().getBytes(StandardCharsets.UTF_8));
            List<String> rows = plain(path, new CellTexts());
            assertThat(rows.removeLast()).isEqualTo("all");
            assertThat(rows).isEqualTo(parsed(path));
        }
    }

    @Test
    void readingEndsWhereAParserIsNeeded() throws IOException {
        List<String> odd = List.of(
                "\"c\"\"\",d",
                "\"c\" ,d",
                " \"c\",d",
                "\"c\"x,d",
                "\"c\nf\",d",
                "\"c,d",
                "c,\"d\"\rf",
                "c,d\rf",
                "c",
                "c,d,e",
                "c,\"d",
                "c,d\r");
        for (String row : odd) {
            Path path = file(("left,right\na,b\n\n" + row + (row.endsWith("\r") ? "" : "\na,b\n"))
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(plain(path, new CellTexts())).containsExactly("2|left=a|right=b", "more");
        }
        byte[] latin = "left,right\na,b\nc,é\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(plain(file(latin), new CellTexts())).containsExactly("2|left=a|right=b", "more");
        for (String header : List.of("\"le\"\"ft\",right", "left,left", "")) {
            Path path = file((header + "\na,b\n").getBytes(StandardCharsets.UTF_8));
            assertThat(plain(path, new CellTexts())).containsExactly("more");
        }
    }

    @Test
    void cellsInQuotesAreThoseWithout() throws IOException {
        Path path = file("\"left\",\"right\"\n\"a\",\"\"\n\"b, c\",d\n\"\",\" e \"".getBytes(StandardCharsets.UTF_8));
        List<String> rows = plain(path, new CellTexts());
        assertThat(rows).containsExactly("2|left=a|right=", "3|left=b, c|right=d", "4|left=|right= e ", "all");
        assertThat(rows.subList(0, 3)).isEqualTo(parsed(path));
    }

    @Test
    void equalTextsHaveOneNumber() throws IOException {
        CellTexts texts = new CellTexts();
        StringBuilder text = new StringBuilder("left,right\n");
        for (int k = 0; k < 5000; k++) {
            text.append("item ")
                    .append(k % 700)
                    .append(",a much longer name of item ")
                    .append(k % 900)
                    .append('\n');
        }
        plain(file(text.toString().getBytes(StandardCharsets.UTF_8)), texts);
        assertThat(texts.size()).isEqualTo(1600);
    }

    @Test
    void onlyCsvFilesAreRead() throws IOException {
        Path json = Files.writeString(directory.resolve("votes.jsonl"), "{\"left\": \"a\"}\n");
        assertThat(Containers.plainCsv(json)).isEmpty();
    }
}
