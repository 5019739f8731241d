package org.thurstone.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Ranking;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.format.ColumnCount;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;

class ParquetTest {

    @TempDir
    Path directory;

    private Path parquet(String name, String select) throws SQLException {
        Path path = directory.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + path + "' (FORMAT parquet)");
        }
        return path;
    }

    @Test
    void nestedConversationsReadAsTheyDoFromJson() throws SQLException {
        Path path = parquet(
                "chat [1]*.parquet",
                "SELECT [{'role': 'user', 'content': 'ü \"😀\" \n'}] AS prompt,"
                        + " [{'role': 'assistant', 'content': 'a'}] AS chosen,"
                        + " [{'role': 'assistant', 'content': 'b'}] AS rejected, 1.5::DOUBLE AS margin, NULL AS annotator");
        Comparison c = (Comparison) Examples.readAll(path).getFirst();
        assertThat(c.prompt().text()).isEqualTo(Text.chat(List.of(new Message(Role.USER, "ü \"😀\" \n"))));
        assertThat(c.rejected().text()).isEqualTo(Text.answer("b"));
        assertThat(c.margin()).hasValue(1.5);
    }

    @Test
    void columnsAreThoseOfTheFileWhateverItsDirectoriesAreCalled() throws Exception {
        String select = "SELECT 'p' AS prompt, 'a' AS chosen, 'b' AS rejected, 2.0::DOUBLE AS weight,"
                + " 'mine' AS filename, 7 AS file_row_number";
        Said expected = Said.of(parquet("plain.parquet", select));
        for (String name :
                List.of("weight=0.5", "chosen=c/weight=9", "annotator=x", "year=2024/filename=y", "prompt=v2")) {
            Files.createDirectories(directory.resolve(name));
            assertThat(Said.of(parquet(name + "/a.parquet", select))).as(name).isEqualTo(expected);
        }
    }

    @Test
    void ratedListsReadAsRankings() throws SQLException {
        Path path = parquet(
                "rated.parquet",
                "SELECT 'i' AS instruction, [{'response': 'a', 'overall_score': 3.5::DOUBLE},"
                        + " {'response': 'b', 'overall_score': 9::DOUBLE}] AS completions");
        Ranking r = (Ranking) Examples.readAll(path).getFirst();
        assertThat(r.values()).contains(List.of(3.5, 9.0));
    }

    /** What the rows of a file say, whatever holds them. */
    private record Said(String format, List<Example> examples, List<String> bad, List<String> notRead) {
        static Said of(Path path) {
            try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(1))) {
                List<Example> examples = rows.stream().map(Row::value).toList();
                return new Said(
                        rows.format(),
                        examples,
                        rows.dropped().first().stream()
                                .map(bad -> bad.line() + " " + bad.reason())
                                .toList(),
                        rows.unread().columns().stream()
                                .map(ColumnCount::toText)
                                .toList());
            }
        }
    }

    private void equalsJson(String name, String select, String... rows) throws Exception {
        Path json = Files.writeString(
                directory.resolve(name + ".jsonl"), String.join("\n", rows).replace('\'', '"'));
        assertThat(Said.of(parquet(name + ".parquet", select))).as(name).isEqualTo(Said.of(json));
    }

    @Test
    void rowsWithNullsAreReadAsRowsOfJsonWithoutThem() throws Exception {
        equalsJson(
                "unpaired",
                "SELECT * FROM (VALUES ('p', 'a', true, 2.0::DOUBLE, NULL), ('p', 'b', NULL, NULL, 'n'), ('p', 'c', false, NULL, NULL))"
                        + " t(prompt, completion, label, weight, note)",
                "{'prompt':'p','completion':'a','label':true,'weight':2}",
                "{'note':'n','completion':'b','prompt':'p'}",
                "{'label':false,'prompt':'p','completion':'c'}");
        equalsJson(
                "numbers",
                "SELECT 'p' AS prompt, chr(97 + i::INT) AS completion, (CASE WHEN i = 0 THEN 1 ELSE -1 END)::BIGINT AS label FROM range(2) t(i)",
                "{'prompt':'p','completion':'a','label':1}",
                "{'prompt':'p','completion':'b','label':-1}");
        equalsJson(
                "alpaca",
                "SELECT * FROM (VALUES ('i', 'x', 'o', [['q', 'r']], 's'), ('j', NULL, 'o', NULL, NULL), ('k', '', 'o', [], ''))"
                        + " t(instruction, input, output, history, system)",
                "{'instruction':'i','input':'x','output':'o','history':[['q','r']],'system':'s'}",
                "{'instruction':'j','output':'o'}",
                "{'output':'o','instruction':'k','history':[],'system':null}");
        equalsJson(
                "sharegpt",
                "SELECT [{'from': 'human', 'value': 'h'}] AS conversations, {'from': 'gpt', 'value': 'a'} AS chosen,"
                        + " {'from': 'gpt', 'value': 'b'} AS rejected, NULL AS system, 7 AS extra",
                "{'extra':7,'conversations':[{'from':'human','value':'h'}],'chosen':{'from':'gpt','value':'a'},'rejected':{'value':'b','from':'gpt'}}");
    }

    @Test
    void manyRowsComeInOrderOneByOne() throws SQLException {
        Path path = parquet(
                "many.parquet",
                "SELECT 'p' || i AS prompt, repeat('a', 300) || i AS chosen, repeat('b', 300) || i AS rejected"
                        + " FROM range(200000) t(i)");
        long expected = 0;
        try (RowReader<Example> rows = Examples.read(path)) {
            while (rows.hasNext()) {
                var row = rows.next();
                assertThat(row.line()).isEqualTo(expected + 1);
                assertThat(row.value().prompt().text()).isEqualTo(Text.raw("p" + expected));
                expected++;
            }
        }
        assertThat(expected).isEqualTo(200_000);
    }

    @Test
    void aRatingThatIsNotANumberIsABadRowWithItsNumber() throws SQLException {
        Path path = parquet(
                "nan.parquet",
                "SELECT 'p' AS prompt, 'c' AS completion, CASE WHEN i = 1 THEN 'NaN'::DOUBLE ELSE i::DOUBLE END AS rating"
                        + " FROM range(3) t(i)");
        try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(0.5))) {
            assertThat(rows.stream().map(row -> row.line()).toList()).containsExactly(1L, 3L);
            assertThat(rows.dropped().first().getFirst().line()).isEqualTo(2);
            assertThat(rows.dropped().first().getFirst().reason()).contains("'rating'", "not a finite number");
        }
    }

    @Test
    void aTruncatedFileIsRefusedByName() throws Exception {
        Path path = directory.resolve("cut.parquet");
        Files.write(path, "PAR1 and nothing".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Examples.readAll(path))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("cannot read " + path + " as Parquet");
    }
}
