package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.data.format.Files4Tests.json;
import static org.thurstone.data.format.Files4Tests.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import tools.jackson.databind.node.ObjectNode;

/** The columns of a file decide what it is; the odd row is bad; what is not read is listed. */
class FileColumnsTest {

    @TempDir
    Path directory;

    private record Result(
            String format, List<Example> examples, Dropped dropped, Unread unread, List<ColumnCount> read) {}

    private Result read(String... rows) {
        return read(write(directory, "rows.jsonl", json(rows)));
    }

    private static Result read(Path path) {
        try (RowReader<Example> rows = Examples.read(path, ReadOptions.DEFAULT.withBadShare(1))) {
            List<Example> examples = rows.stream().map(Row::value).toList();
            return new Result(rows.format(), examples, rows.dropped(), rows.unread(), rows.read());
        }
    }

    private Result rows(int count, IntFunction<String> row) {
        return read(IntStream.range(0, count).mapToObj(row).toArray(String[]::new));
    }

    @Test
    void oneNullLabelAmongTheFirstRowsIsOneBadRow() {
        for (int odd : List.of(3, 150)) {
            Result r = rows(
                    200,
                    i -> "{'prompt':'p" + i + "','completion':'a','label':" + (i == odd ? "null" : i % 2 == 0) + "}");
            assertThat(r.format).isEqualTo("TRL unpaired preference");
            assertThat(r.examples).hasSize(199).allMatch(Rating.class::isInstance);
            assertThat(r.dropped.first()).containsExactly(new Dropped.BadLine(odd + 1, "'label' is missing"));
        }
    }

    @Test
    void oneRowWithoutARatingIsOneBadRow() {
        Result r = rows(200, i -> "{'prompt':'p','completion':'a" + i + "'" + (i == 7 ? "" : ",'rating':" + i) + "}");
        assertThat(r.format).isEqualTo("ratings");
        assertThat(r.dropped.first()).containsExactly(new Dropped.BadLine(8, "'rating' is missing"));
    }

    @Test
    void labelsHaveManySpellings() {
        Map<String, List<String>> spellings = Map.of(
                "1",
                        List.of(
                                "true",
                                "1",
                                "1.0",
                                "'good'",
                                "'Yes'",
                                "'DESIRABLE'",
                                "'chosen'",
                                "'positive'",
                                "'thumbs up'",
                                "'thumbs_up'",
                                "'like'",
                                "' true '"),
                "0",
                        List.of(
                                "false",
                                "0",
                                "-1",
                                "-1.0",
                                "'bad'",
                                "'No'",
                                "'undesirable'",
                                "'Rejected'",
                                "'negative'",
                                "'thumbs down'",
                                "'Thumbs-Down'",
                                "'dislike'"));
        spellings.forEach((value, labels) -> labels.forEach(label -> assertThat(
                        read("{'prompt':'p','completion':'a','label':" + label + "}").examples)
                .as(label)
                .singleElement()
                .satisfies(e -> assertThat(((Rating) e).value()).isEqualTo(Double.parseDouble(value)))));
        for (String label : List.of("'meh'", "2", "0.5", "{}", "['good']")) {
            Result r = read(
                    "{'prompt':'p','completion':'a','label':1}",
                    "{'prompt':'p','completion':'b','label':" + label + "}");
            assertThat(r.examples).as(label).hasSize(1);
            assertThat(r.dropped.first().getFirst().reason()).startsWith("'label' is");
        }
    }

    @Test
    void theLabelOfAPairIsAProbabilityOrTheRowIsBad() {
        for (String label : List.of("'helpful'", "3", "-1")) {
            assertThat(read("{'prompt':'p','chosen':'a','rejected':'b','label':" + label + "}")
                            .dropped
                            .first()
                            .getFirst()
                            .reason())
                    .startsWith("'label' is ")
                    .contains("probability from 0 to 1 that chosen is better", "--columns label=");
        }
        assertThat(((Comparison) read("{'prompt':'p','chosen':'a','rejected':'b','label':false}")
                                .examples
                                .getFirst())
                        .chosen()
                        .text())
                .isEqualTo(Text.raw("b"));
        assertThat(((Comparison) read("{'prompt':'p','chosen':'a','rejected':'b','label':' '}")
                                .examples
                                .getFirst())
                        .confidence())
                .isEqualTo(1);
    }

    @Test
    void aLabelOfMinusOneIsNotADemonstration() {
        Result r = rows(40, i -> "{'prompt':'p','completion':'a" + i + "','label':" + (i % 2 == 0 ? 1 : -1) + "}");
        assertThat(r.examples).filteredOn(e -> ((Rating) e).value() == 0).hasSize(20);
    }

    @Test
    void columnsThatAreNotReadAreCounted() {
        Result r = rows(
                50,
                i -> "{'id':" + i + ",'prompt':'p" + i + "','chosen':'a','rejected':'b','extra':"
                        + (i < 3 ? "null" : "1") + ",'empty':null,'blank':' ','none':[]}");
        assertThat(r.unread.columns()).containsExactly(new ColumnCount("extra", 47, 4), new ColumnCount("id", 50, 1));
        assertThat(r.unread.toText()).isEqualTo("extra (47 rows), id (50 rows)");
        assertThat(r.read).extracting(ColumnCount::name).containsExactly("chosen", "prompt", "rejected");
    }

    @Test
    void keysWithinAColumnThatAreNotReadAreCounted() {
        Result r = read("{'instruction':'i','completions':[{'response':'a','overall_score':1,'model':'m'},"
                + "{'response':'b','overall_score':2,'custom_system_prompt':'s'}]}");
        assertThat(r.unread.columns())
                .extracting(ColumnCount::name)
                .containsExactly("completions[].custom_system_prompt", "completions[].model");
    }

    @Test
    void keysThatDifferInEveryRowDoNotFillTheMemory() {
        Result r = rows(1000, i -> "{'prompt':'p" + i + "','completion':'a','key" + i + "':1}");
        assertThat(r.unread.columns()).hasSize(Unread.LISTED);
        assertThat(r.unread.others()).isEqualTo(1000 - Unread.LISTED);
    }

    @Test
    void aColumnOfMostRowsDoesNotGiveWayToAnother() {
        Result r = rows(
                20,
                i -> i == 5
                        ? "{'question':'other','completion':'a'}"
                        : "{'prompt':'p','question':'other','completion':'a'}");
        assertThat(r.examples).hasSize(19);
        assertThat(r.dropped.first()).containsExactly(new Dropped.BadLine(6, "'prompt' is missing"));
        assertThat(r.unread.columns()).containsExactly(new ColumnCount("question", 19, 1));
    }

    @Test
    void rowsOfOneFileMayBeTextsAndConversations() {
        Result r = read(
                "{'prompt':'p','chosen':'a','rejected':'b'}",
                "{'prompt':'p','chosen':[{'role':'assistant','content':'a'}],'rejected':[{'role':'assistant','content':'b'}]}",
                "{'prompt':[{'role':'user','content':'p'}],'chosen':'a','rejected':'b'}",
                "{'prompt':'p','chosen':'a','rejected':'c'}");
        assertThat(r.examples)
                .extracting(e -> e.prompt().text())
                .containsExactly(
                        Text.raw("p"), Files4Tests.chat("user", "p"), Files4Tests.chat("user", "p"), Text.raw("p"));
    }

    @Test
    void listsOfTextsAreRefusedByName() {
        Result r = read("{'prompt':['a'],'chosen':['c'],'rejected':['e']}");
        assertThat(r.dropped.first().getFirst().reason())
                .isEqualTo("'prompt' is a list of texts, not one text or a list of turns {role, content}");
        assertThat(read("{'prompt':'p','chosen':['b'],'rejected':['c']}")
                        .dropped
                        .first()
                        .getFirst()
                        .reason())
                .startsWith("'chosen' is a list of texts");
        assertThat(read("{'prompt':'2+2','chosen':4,'rejected':5}")
                        .dropped
                        .first()
                        .getFirst()
                        .reason())
                .isEqualTo("'chosen' is 4, not a text");
    }

    @Test
    void whiteSpaceIsAnAnswerAndNothingIsNot() {
        Result r = read(
                "{'prompt':'p','completion':' '}",
                "{'prompt':'p','completion':''}",
                "{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'\\n'}]}");
        assertThat(r.examples)
                .extracting(e -> ((Demonstration) e).completion().text())
                .containsExactly(Text.raw(" "), Files4Tests.chat("assistant", "\n"));
        assertThat(r.dropped.first()).containsExactly(new Dropped.BadLine(2, "'completion' is empty"));
    }

    @Test
    void effectsOfWeightsAndLabelsAreReported() {
        Effects effects = new Effects();
        read(
                        "{'prompt':'p','chosen':'a','rejected':'b','weight':0.5,'margin':1}",
                        "{'prompt':'p','chosen':'a','rejected':'c','weight':2,'label':0}",
                        "{'prompt':'p','chosen':'a','rejected':'d','label':0.7}",
                        "{'prompt':'p','chosen':'a','rejected':'e','label':1}")
                .examples
                .forEach(effects::add);
        assertThat(effects.lines())
                .containsExactly(
                        "weight: 2 rows are not 1 (0.5 to 2)",
                        "label: 1 row with the second better, 1 row with a probability",
                        "margin: 1 row has one");
    }

    /** The same rows with their columns in any order, nulls instead of missing keys and the other way round. */
    @Test
    void orderOfColumnsAndNullsChangeNothing() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add("{'prompt':'p" + i + "','completion':'a" + i + "','label':" + (i == 4 ? "null" : i % 3 == 0)
                    + ",'weight':" + (i % 5 == 0 ? "null" : "2") + ",'note':" + (i % 2 == 0 ? "null" : "'n'") + "}");
        }
        Result plain = read(rows.toArray(String[]::new));
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            List<String> varied = rows.stream().map(row -> varied(row, random)).toList();
            Result r = read(varied.toArray(String[]::new));
            assertThat(r.format).isEqualTo(plain.format);
            assertThat(r.examples).isEqualTo(plain.examples);
            assertThat(r.dropped.first()).isEqualTo(plain.dropped.first());
            assertThat(r.unread).isEqualTo(plain.unread);
        }
    }

    private static String varied(String row, Random random) {
        ObjectNode node = (ObjectNode) Json.MAPPER.readTree(row.replace('\'', '"'));
        List<String> keys = new ArrayList<>(node.propertyNames());
        Collections.shuffle(keys, random);
        ObjectNode varied = Json.MAPPER.createObjectNode();
        for (String key : keys) {
            if (!(node.get(key).isNull() && random.nextBoolean())) {
                varied.set(key, node.get(key));
            }
        }
        if (random.nextBoolean()) {
            varied.putNull("nothing");
        }
        return varied.toString();
    }

    @Test
    void csvReadsAsJsonDoes() {
        Result json = read(
                "{'prompt':'p','completion':'a','label':'good','weight':2,'note':'x'}",
                "{'prompt':'q','completion':'b','label':null}",
                "{'prompt':'r','completion':'c','label':-1}");
        Result csv = read(write(
                directory, "rows.csv", "prompt, completion , label,weight,note\np,a,good,2,x\nq,b,,,\nr,c,-1,,\n"));
        assertThat(csv.format).isEqualTo(json.format);
        assertThat(csv.examples).isEqualTo(json.examples);
        assertThat(csv.dropped.first()).extracting(Dropped.BadLine::reason).containsExactly("'label' is missing");
        assertThat(csv.unread.columns()).extracting(ColumnCount::name).containsExactly("note");
    }

    @Test
    void headerWithBlanksIsCorrectedAndReported() {
        Path path = write(directory, "rows.csv", "prompt, chosen, rejected\np,a,b\n");
        try (RowReader<Example> rows = Examples.read(path)) {
            assertThat(((Comparison) rows.next().value()).rejected().text()).isEqualTo(Text.raw("b"));
            assertThat(rows.remarks()).containsExactly("white space around 2 column names in the header was left out");
        }
    }

    private static final ReadOptions NAMED =
            ReadOptions.DEFAULT.withColumns(ReadOptions.parseColumns("chosen=good, rejected = bad"));

    @Test
    void columnsCanBeNamed() {
        Path path = write(directory, "rows.jsonl", json("{'prompt':'p','good':'a','bad':'b','chosen':'x'}"));
        Comparison c = (Comparison) Examples.readAll(path, NAMED).getFirst();
        assertThat(c.chosen().text()).isEqualTo(Text.raw("a"));
        assertThat(c.rejected().text()).isEqualTo(Text.raw("b"));
        try (RowReader<Example> rows = Examples.read(path, NAMED)) {
            rows.forEachRemaining(row -> {});
            assertThat(rows.unread().toText()).isEqualTo("chosen (left out) (1 row)");
        }
        Path csv = write(directory, "rows.csv", "prompt,good,bad\np,a,b\n");
        assertThat(Examples.readAll(csv, NAMED).getFirst()).isEqualTo(c);
    }

    @Test
    void aColumnCanBeLeftOut() {
        Path path = write(directory, "rows.jsonl", json("{'prompt':'p','completion':'a','label':'sports'}"));
        assertThat(Examples.readAll(path, ReadOptions.DEFAULT.withColumns(Map.of("label", ""))))
                .singleElement()
                .isInstanceOf(Demonstration.class);
    }

    @Test
    void namesOfColumnsAreChecked() {
        assertThatThrownBy(() -> ReadOptions.DEFAULT.withColumns(Map.of("choosen", "good")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no format reads a column 'choosen'")
                .hasMessageContaining("chosen");
        Path path = write(directory, "rows.jsonl", json("{'prompt':'p','goood':'a','bad':'b'}"));
        assertThatThrownBy(() -> Examples.readAll(path, NAMED))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no column 'good'")
                .hasMessageContaining("goood");
        assertThatThrownBy(() -> ReadOptions.parseColumns("chosen"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chosen=good,rejected=bad");
    }

    @Test
    void turnsThatPythonPrintedAreNotTexts() {
        Path path = write(
                directory,
                "rows.csv",
                "prompt,chosen,rejected\np,\"[{'content': 'a', 'role': 'assistant'}]\",b\np,c,d\n");
        assertThat(read(path).dropped.first().getFirst().reason())
                .startsWith("'chosen' is a list as Python prints it, and not JSON");
        Path turn = write(
                directory,
                "turn.csv",
                "conversations,chosen,rejected\n"
                        + "\"[{\"\"from\"\":\"\"human\"\",\"\"value\"\":\"\"h\"\"}]\",\"{\"\"from\"\":\"\"gpt\"\",\"\"value\"\":\"\"a\"\"}\",b\n");
        assertThat(((Comparison) read(turn).examples.getFirst()).chosen().text())
                .isEqualTo(Text.answer("a"));
    }

    @Test
    void brokenJsonIsExplainedInPlainWords() {
        Path path = write(
                directory,
                "cr.jsonl",
                json("{'prompt':'p','completion':'a'}", "{'prompt':'p','completion':'b'}")
                        .replace('\n', '\r'));
        assertThatThrownBy(() -> Examples.readAll(path))
                .hasMessageContaining(
                        "cr.jsonl:1: the lines of the file end with a carriage return (CR) alone; save it with LF or CRLF");
        for (String broken :
                List.of("{'a':1} x", "{'a':1}{'b':2}", "{'a':", "{'a':'b", "{'a':tru}", "// x", "# x", "{'a':1}]")) {
            assertThatThrownBy(() -> Examples.readAll(write(directory, "b.jsonl", json(broken))))
                    .as(broken)
                    .hasMessageContaining("b.jsonl:1: not JSON")
                    .message()
                    .doesNotContain("Jackson", "Feature", "JsonToken", "tools.", "Source", "VALUE", "JSON String");
        }
    }

    @Test
    void loneSurrogateIsReported() {
        Path path = write(
                directory,
                "half.jsonl",
                json("{'prompt':'p 😀','completion':'a'}", "{'prompt':'Once \\ud83d','completion':'a'}"));
        try (RowReader<Example> rows = Examples.read(path)) {
            rows.forEachRemaining(row -> {});
            assertThat(rows.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("1 row (first: line 2) with half a character");
        }
    }

    @Test
    void promptsWithAnswersInNoFormatAreNotPrompts() {
        Path path = write(directory, "rows.jsonl", json("{'prompt':'p','good_answer':'a','bad_answer':'b','id':1}"));
        assertThatThrownBy(() -> Prompts.isAlone(path, ReadOptions.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Not understood: bad_answer, good_answer")
                .hasMessageContaining("prompt or instruction (and input), chosen, rejected");
        // Who trains on the file reads the same.
        assertThatThrownBy(() -> Examples.readAll(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Not understood: bad_answer, good_answer")
                .hasMessageContaining("--columns chosen=bad_answer");
        for (String row : List.of(
                "{'prompt':'p','id':1}",
                "{'question':'q','answer':'4','difficulty':'hard'}",
                "{'messages':[{'role':'user','content':'u'}]}",
                "{'question_id':81,'category':'writing','turns':['a','b']}")) {
            assertThat(Prompts.isAlone(write(directory, "p.jsonl", json(row)), ReadOptions.DEFAULT))
                    .as(row)
                    .isTrue();
        }
    }
}
