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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
                "SELECT [{'role': 'user', 'content': 'ü \"😀\" \n"
                        + "'}] AS prompt, [{'role': 'assistant', 'content': 'a'}] AS chosen, [{'role': 'assistant',"
                        + " 'content': 'b'}] AS rejected, 1.5::DOUBLE AS margin, NULL AS annotator");
        Comparison c = (Comparison) Examples.readAll(path).getFirst();
        assertThat(c.prompt().text()).isEqualTo(Text.chat(List.of(new Message(Role.USER, "ü \"😀\" \n"))));
        assertThat(c.rejected().text()).isEqualTo(Text.answer("b"));
        assertThat(c.margin()).hasValue(1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw"})
    void everyCompressionIsRead(String compression) throws SQLException {
        Path path = directory.resolve(compression + ".parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT 'p' || (i % 3) AS prompt, 'a' AS chosen, 'b' || i AS rejected FROM range(99) t(i))"
                            + " TO '"
                            + path + "' (FORMAT parquet, COMPRESSION " + compression + ")");
        }
        List<Example> examples = Examples.readAll(path);
        assertThat(examples).hasSize(99);
        assertThat(((Comparison) examples.get(98)).rejected().text()).isEqualTo(Text.raw("b98"));
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
                "SELECT * FROM (VALUES ('p', 'a', true, 2.0::DOUBLE, NULL), ('p', 'b', NULL, NULL, 'n'), ('p', 'c',"
                        + " false, NULL, NULL)) t(prompt, completion, label, weight, note)",
                "{'prompt':'p','completion':'a','label':true,'weight':2}",
                "{'note':'n','completion':'b','prompt':'p'}",
                "{'label':false,'prompt':'p','completion':'c'}");
        equalsJson(
                "numbers",
                "SELECT 'p' AS prompt, chr(97 + i::INT) AS completion, (CASE WHEN i = 0 THEN 1 ELSE -1 END)::BIGINT AS"
                        + " label FROM range(2) t(i)",
                "{'prompt':'p','completion':'a','label':1}",
                "{'prompt':'p','completion':'b','label':-1}");
        equalsJson(
                "alpaca",
                "SELECT * FROM (VALUES ('i', 'x', 'o', [['q', 'r']], 's'), ('j', NULL, 'o', NULL, NULL), ('k', '',"
                        + " 'o', [], '')) t(instruction, input, output, history, system)",
                "{'instruction':'i','input':'x','output':'o','history':[['q','r']],'system':'s'}",
                "{'instruction':'j','output':'o'}",
                "{'output':'o','instruction':'k','history':[],'system':null}");
        equalsJson(
                "sharegpt",
                "SELECT [{'from': 'human', 'value': 'h'}] AS conversations, {'from': 'gpt', 'value': 'a'} AS chosen,"
                        + " {'from': 'gpt', 'value': 'b'} AS rejected, NULL AS system, 7 AS extra",
                "{'extra':7,'conversations':[{'from':'human','value':'h'}],'chosen':{'from':'gpt','value':'a'},'rejected':{'value':'b','from':'gpt'}}");
    }

    /** Parquet gives every turn of a column the same keys, and fills with null those that a turn does not have. */
    @Test
    void turnsWithToolsAndReasoningReadAsTheyDoFromJson() throws Exception {
        String calls = "'tool_calls': [{'type': 'function', 'function': {'name': 'w', 'arguments': {'c': 'x'}}}]";
        equalsJson(
                "tools",
                "SELECT [{'role': 'user', 'content': 'w?', 'tool_calls': NULL, 'weight': NULL},"
                        + " {'role': 'assistant', 'content': NULL, " + calls + ", 'weight': NULL},"
                        + " {'role': 'tool', 'content': 'sun', 'tool_calls': NULL, 'weight': NULL},"
                        + " {'role': 'assistant', 'content': 'd', 'tool_calls': [], 'weight': 0}] AS messages,"
                        + " '[{\"name\": \"w\"}]' AS tools",
                "{'tools':[{'name':'w'}],'messages':[{'content':'w?','role':'user'},{'role':'assistant','content':null,"
                        + calls + "},{'role':'tool','content':'sun'},{'role':'assistant','content':'d','weight':0}]}");
        equalsJson(
                "factory",
                "SELECT [{'from': 'human', 'value': 'w?'},"
                        + " {'from': 'function_call', 'value': '{\"name\": \"w\", \"arguments\": {\"c\": \"x\"}}'},"
                        + " {'from': 'observation', 'value': 'sun'}, {'from': 'gpt', 'value': 'd'}] AS conversations",
                "{'messages':[{'role':'user','content':'w?'},{'role':'assistant','content':''," + calls
                        + "},{'role':'tool','content':'sun'},{'role':'assistant','content':'d'}]}");
        equalsJson(
                "thoughts",
                "SELECT [{'role': 'user', 'content': '2+2', 'reasoning_content': NULL},"
                        + " {'role': 'assistant', 'content': '4', 'reasoning_content': 'two and two'}] AS messages",
                "{'messages':[{'role':'user','content':'2+2'},{'reasoning_content':'two and"
                        + " two','role':'assistant','content':'4'}]}");
        equalsJson(
                "pairs of calls",
                "SELECT [{'role': 'user', 'content': 'w?'}] AS prompt, [{'role': 'assistant', 'content': 'l', " + calls
                        + "}] AS chosen, [{'role': 'assistant', 'content': 'l', " + calls.replace("'x'", "'y'")
                        + "}] AS rejected",
                "{'rejected':[{'role':'assistant','content':'l'," + calls.replace("'x'", "'y'")
                        + "}],'chosen':[{'role':'assistant','content':'l'," + calls
                        + "}],'prompt':[{'role':'user','content':'w?'}]}");
    }

    @Test
    void manyRowsComeInOrderOneByOne() throws SQLException {
        Path path = parquet(
                "many.parquet",
                // more than the 122,880 of a row group
                "SELECT 'p' || i AS prompt, repeat('a', 30) || i AS chosen, repeat('b', 30) || i AS rejected"
                        + " FROM range(125000) t(i)");
        long expected = 0;
        try (RowReader<Example> rows = Examples.read(path)) {
            while (rows.hasNext()) {
                var row = rows.next();
                assertThat(row.line()).isEqualTo(expected + 1);
                assertThat(row.value().prompt().text()).isEqualTo(Text.raw("p" + expected));
                expected++;
            }
        }
        assertThat(expected).isEqualTo(125_000);
    }

    @Test
    void aRatingThatIsNotANumberIsABadRowWithItsNumber() throws SQLException {
        Path path = parquet(
                "nan.parquet",
                "SELECT 'p' AS prompt, 'c' AS completion, CASE WHEN i = 1 THEN 'NaN'::DOUBLE ELSE i::DOUBLE END AS"
                        + " rating FROM range(3) t(i)");
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
