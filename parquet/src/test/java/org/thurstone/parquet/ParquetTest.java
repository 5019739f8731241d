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
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
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
    void ratedListsReadAsRankings() throws SQLException {
        Path path = parquet(
                "rated.parquet",
                "SELECT 'i' AS instruction, [{'response': 'a', 'overall_score': 3.5::DOUBLE},"
                        + " {'response': 'b', 'overall_score': 9::DOUBLE}] AS completions");
        Ranking r = (Ranking) Examples.readAll(path).getFirst();
        assertThat(r.values()).contains(List.of(3.5, 9.0));
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
