package org.thurstone.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.Example;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.ColumnCount;
import org.thurstone.data.format.Dropped;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of the shapes in which data sets are shared, with their columns and the keys of their turns in any order, nulls in the place of missing keys
 * and the other way round, a column that no format reads, and one row that lacks a column: in JSON lines, as one JSON document and in Parquet they
 * say the same, the odd row is bad by its line, and the column is named.
 */
class VariantsTest {

    @TempDir
    private Path directory;

    /**
     * @param odd the column that a row cannot do without
     * @param rows in single quotes; N is the number of the row
     */
    record Shape(String format, String odd, List<String> rows) {

        static Shape of(String format, String odd, String... rows) {
            return new Shape(format, odd, List.of(rows));
        }

        @Override
        public String toString() {
            return rows.getFirst();
        }
    }

    private static final String CALL =
            "'tool_calls':[{'type':'function','function':{'name':'w','arguments':{'c':'x','n':N}}}]";

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.of(
                        "TRL preference, explicit prompt",
                        "chosen",
                        "{'prompt':'pN','chosen':'aN','rejected':'b','margin':1.5}",
                        "{'prompt':'qN','chosen':'a','rejected':'bN','weight':2}"),
                Shape.of(
                        "TRL preference, explicit prompt",
                        "rejected",
                        "{'instruction':'Translate','input':'catN','chosen':'chat','rejected':'chien'}",
                        "{'instruction':'TranslateN','input':null,'chosen':'chien','rejected':'chat'}"),
                Shape.of(
                        "TRL preference, explicit prompt",
                        "question",
                        "{'system':'You are a pirate.','question':'HiN','chosen':'Arr!','rejected':'Hello.'}",
                        "{'system':null,'question':'HoN','chosen':'Hello.','rejected':'Arr!'}"),
                Shape.of(
                        "TRL preference, conversational",
                        "rejected",
                        "{'prompt':[{'role':'user','content':'uN'}],'chosen':[{'role':'assistant','content':'a'}],'rejected':[{'role':'assistant','content':'b'}]}",
                        "{'prompt':[{'role':'user','content':'w?N'}],'chosen':[{'role':'assistant','content':'l',"
                                + CALL
                                + "}],'rejected':[{'role':'assistant','content':'l'," + CALL.replace("'x'", "'y'")
                                + "}]}"),
                Shape.of(
                        "TRL preference, conversational",
                        "chosen",
                        "{'prompt':'HiN"
                                + " ','chosen':[{'role':'user','content':'HiN'},{'role':'assistant','content':'a'}],'rejected':[{'role':'user','content':'HiN'},{'role':'assistant','content':'b'}]}"),
                Shape.of(
                        "TRL preference, conversational",
                        "chosen",
                        "{'conversations':[{'from':'human','value':'hN'}],'chosen':{'from':'gpt','value':'a'},'rejected':{'from':'gpt','value':'b'},'system':'s'}",
                        "{'conversations':[{'from':'human','value':'iN'}],'chosen':{'from':'gpt','value':'c'},'rejected':{'from':'gpt','value':'d'},'system':null}"),
                Shape.of(
                        "two responses with a verdict (Auto-J, PandaLM)",
                        "response 1",
                        "{'prompt':'pN','response 1':'a','response 2':'b','label':0}",
                        "{'prompt':'qN','response 1':'a','response 2':'b','label':2}"),
                Shape.of(
                        "TRL unpaired preference",
                        "label",
                        "{'prompt':'pN','completion':'a','label':true,'weight':2}",
                        "{'prompt':'qN','completion':'b','label':false,'weight':null}"),
                Shape.of(
                        "TRL unpaired preference",
                        "label",
                        "{'prompt':'pN','completion':'a','label':'good'}",
                        "{'prompt':'qN','completion':'b','label':'bad'}"),
                Shape.of(
                        "TRL unpaired preference",
                        "label",
                        "{'prompt':'pN','completion':'a','label':1}",
                        "{'prompt':'qN','completion':'b','label':-1}"),
                Shape.of(
                        "TRL unpaired preference",
                        "kto_tag",
                        "{'messages':[{'role':'user','content':'uN'},{'role':'assistant','content':'a'}],'kto_tag':true}",
                        "{'messages':[{'role':'user','content':'vN'},{'role':'assistant','content':'b'}],'kto_tag':false}"),
                Shape.of(
                        "ratings",
                        "rating",
                        "{'prompt':'pN','completion':'a','rating':1.5}",
                        "{'prompt':'qN','completion':'b','rating':-2}"),
                Shape.of(
                        "UltraFeedback (rated lists)",
                        "completions",
                        "{'instruction':'iN','completions':[{'response':'a','overall_score':1.5},{'response':'b','overall_score':9.0}]}"),
                Shape.of(
                        "prompt–completion (supervised: TRL, Alpaca, ShareGPT)",
                        "output",
                        "{'instruction':'AddN','input':'2 2','output':'4','history':[['a','b']]}",
                        "{'instruction':'SubN','input':'','output':'0','history':null}"),
                Shape.of(
                        "prompt–completion (supervised: TRL, Alpaca, ShareGPT)",
                        "messages",
                        "{'messages':[{'role':'user','content':'w?N'},{'role':'assistant','content':null," + CALL
                                + "},{'role':'tool','content':'sunny','tool_call_id':'7'},{'role':'assistant','content':'Sun.'}],'tools':[{'name':'w'}]}",
                        "{'messages':[{'role':'user','content':'2+2N'},{'role':'assistant','content':'4','reasoning_content':'two','weight':0},{'role':'user','content':'u'},{'role':'assistant','content':'a','weight':1}],'tools':null}"),
                Shape.of(
                        "prompt–completion (supervised: TRL, Alpaca, ShareGPT)",
                        "conversations",
                        "{'conversations':[{'from':'human','value':'w?N'},{'from':'function_call','value':'{\\'name\\':\\'w\\',\\'arguments\\':{\\'c\\':\\'x\\'}}'},{'from':'observation','value':'20'},{'from':'gpt','value':'d'}],'tools':'[{\\'name\\':\\'w\\'}]'}",
                        "{'conversations':[{'from':'system','value':'s'},{'from':'human','value':'hN'},{'from':'gpt','value':'g'}],'tools':null}"));
    }

    /** What a file says, whatever holds its rows. */
    private record Said(String format, List<Example> examples, List<Dropped.BadLine> bad, List<ColumnCount> unread) {
        static Said of(Path path) {
            try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(1))) {
                List<Example> examples = rows.stream().map(Row::value).toList();
                return new Said(
                        rows.format(),
                        examples,
                        rows.dropped().first(),
                        rows.unread().columns());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rowsSayTheSameInEveryOrderAndContainer(Shape shape) throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String row = shape.rows.get(i % shape.rows.size());
            rows.add((ObjectNode)
                    Json.MAPPER.readTree(row.replace('\'', '"').replaceAll("N(?=\\W)", String.valueOf(i))));
        }
        Said plain = Said.of(lines("plain", rows));
        assertThat(plain.format).isEqualTo(shape.format);
        assertThat(plain.examples).hasSize(6);
        assertThat(plain.unread).isEmpty();
        for (int round = 0; round < 5; round++) {
            Random random = new Random(round);
            List<ObjectNode> varied = new ArrayList<>();
            rows.forEach(row -> varied.add((ObjectNode) varied(row, random)));
            varied.get(random.nextInt(6)).put("zz extra", "e");
            int odd = random.nextInt(7);
            ObjectNode lacking = rows.get(odd % 6).deepCopy();
            lacking.remove(shape.odd);
            varied.add(odd, lacking);
            Said said = Said.of(lines("varied" + round, varied));
            assertThat(said.format).isEqualTo(shape.format);
            assertThat(said.examples).isEqualTo(plain.examples);
            assertThat(said.bad).singleElement().satisfies(bad -> {
                assertThat(bad.line()).isEqualTo(odd + 1);
                assertThat(bad.reason()).endsWith("is missing");
            });
            assertThat(said.unread).extracting(ColumnCount::name).containsExactly("zz extra");
            assertThat(Said.of(document("varied" + round, varied)).examples).isEqualTo(plain.examples);
            assertThat(Said.of(parquet("varied" + round))).isEqualTo(said);
        }
    }

    /** Keys in another order, at every depth; nulls there or not. */
    private static JsonNode varied(JsonNode node, Random random) {
        if (node instanceof ArrayNode array) {
            ArrayNode other = Json.MAPPER.createArrayNode();
            array.forEach(item -> other.add(varied(item, random)));
            return other;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        List<String> keys = new ArrayList<>(object.propertyNames());
        Collections.shuffle(keys, random);
        ObjectNode other = Json.MAPPER.createObjectNode();
        for (String key : keys) {
            if (!object.get(key).isNull() || random.nextBoolean()) {
                other.set(key, varied(object.get(key), random));
            }
        }
        return other;
    }

    private Path lines(String name, List<ObjectNode> rows) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".jsonl"),
                rows.stream().map(row -> row + "\n").collect(Collectors.joining()));
    }

    private Path document(String name, List<ObjectNode> rows) throws IOException {
        return Files.writeString(directory.resolve(name + ".json"), rows.toString());
    }

    /** DuckDB gives all rows, and all turns of a column, the same keys, with nulls where they have none. */
    private Path parquet(String name) throws Exception {
        Path path = directory.resolve(name + ".parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_json('" + directory.resolve(name + ".jsonl")
                    + "', format = 'newline_delimited', sample_size = -1)) TO '" + path + "' (FORMAT parquet)");
        }
        return path;
    }
}
