package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;

class VoteFilesTest {

    @TempDir
    private Path dir;

    @Test
    void arenaBattlesAreReadAsJsonLinesAndAsAList() throws IOException {
        String one = """
            {"question_id": "q1", "model_a": "gpt", "model_b": "llama", "winner": "model_a", "judge": "u1", "tstamp": 1700000000.5}
            """;
        String two = """
            {"question_id": "q2", "model_a": "llama", "model_b": "gpt", "winner": "tie (bothbad)", "judge": "u2", "tstamp": 1700000001}
            """;
        for (Path file : List.of(write("a.jsonl", one + two), write("a.json", "[" + one + "," + two + "]"))) {
            Battles battles = battles(file);
            assertThat(battles.battle(0).left()).isEqualTo("gpt");
            assertThat(battles.battle(0).annotator()).isEqualTo("u1");
            assertThat(battles.battle(0).group()).isEqualTo("q1");
            assertThat(battles.battle(0).time()).isEqualTo(1_700_000_000.5);
            assertThat(battles.outcome(1)).isEqualTo(Outcome.BOTH_BAD);
        }
        VoteFile skipped =
                VoteFiles.read(dir.resolve("a.jsonl"), VoteReadOptions.USUAL.with(VoteReadOptions.BothBad.SKIP));
        assertThat(skipped.votes().size()).isEqualTo(1);
        assertThat(skipped.remarks()).anyMatch(r -> r.contains("left out"));
    }

    @Test
    void columnsCanBeNamedAndUnicodeIsKept() throws IOException {
        Path matches = write("m.csv", """
            tourney_date,winner_name,loser_name,surface
            20050103,José Müller,王 伟,Clay
            20050104,王 伟,José Müller,Hard
            """);
        Columns columns = Columns.USUAL
                .withWinnerAndLoser("winner_name", "loser_name")
                .withWhen("tourney_date")
                .withBy("surface");
        VoteFile file = VoteFiles.read(matches, VoteReadOptions.USUAL.with(columns));
        assertThat(file.votes().items()).containsExactly("José Müller", "王 伟");
        assertThat(((Battles) file.votes()).time(1) - ((Battles) file.votes()).time(0))
                .isEqualTo(86_400);
        assertThat(file.by().keySet()).containsExactly("Clay", "Hard");
        assertThat(file.by().get("Clay")).extracting(Votes::size).isEqualTo(1L);
    }

    @Test
    void countedVotesAreTheSameWithoutBattles() throws IOException {
        Path file = write("v.csv", "left,right,winner,weight\na,b,left,2\nb,a,tie,0.5\na,c,right,1\na,b,left,0\n");
        VoteReadOptions weighted = VoteReadOptions.USUAL.with(Columns.USUAL.with(Role.WEIGHT, "weight"));
        VoteFile kept = VoteFiles.read(file, weighted);
        Votes counted = VoteFiles.read(file, weighted.keeping(false)).votes();
        assertThat(counted).isInstanceOf(Tally.class);
        assertThat(counted.tally().wins(0.5)).isDeepEqualTo(kept.votes().tally().wins(0.5));
        assertThat(kept.remarks()).contains("1 row of weight or count 0 is left out");
    }

    @Test
    void styleIsReadFromColumnsOrTexts() throws IOException {
        Path columns = write("c.csv", "model_a,model_b,winner,price_a,price_b,gap\nx,y,model_a,3,1,-0.5\n");
        Battles priced =
                battles(columns, VoteReadOptions.USUAL.with(Columns.USUAL.withControls(List.of("price", "gap"))));
        assertThat(priced.covariate(0, 0)).isEqualTo(0.5);
        assertThat(priced.covariate(0, 1)).isEqualTo(-0.5);
        Path texts = write("t.jsonl", """
            {"model_a": "x", "model_b": "y", "winner": "model_b",
            """.strip() + """
                 "conversation_a": [{"role": "user", "content": "hello there"}, {"role": "assistant", "content": "# Hi\\n- one\\n- **two**"}],
                """.strip() + """
                     "conversation_b": [{"role": "assistant", "content": "Hi"}]}
                    """.strip() + "\n");
        Battles styled =
                battles(texts, VoteReadOptions.USUAL.with(Columns.USUAL.withControls(List.of("length", "markdown"))));
        assertThat(styled.covariate(0, 0)).isCloseTo((21 - 3) / 24.0, within(1e-12));
        assertThat(styled.covariate(0, 1)).isEqualTo(1);
    }

    /** The four measures of LMArena, apart; markup inside code does not count. */
    @Test
    void styleIsLengthHeadersListsAndBoldWords() throws IOException {
        Path texts = write(
                "s.jsonl",
                "{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"model_b\","
                        + " \"response_a\": \"# A\\n## B\\n- one\\n1. two\\n__three__ ```\\n# no\\n- no\\n```\","
                        + " \"response_b\": \"# A\\n**b** and **c**\"}\n");
        Battles styled = battles(texts, VoteReadOptions.USUAL.with(Columns.USUAL.withControls(List.of("style"))));
        assertThat(styled.covariates()).containsExactly("length", "header", "list", "bold");
        assertThat(styled.covariate(0, 1)).isCloseTo((2 - 1) / 3.0, within(1e-12));
        assertThat(styled.covariate(0, 2)).isEqualTo(1);
        assertThat(styled.covariate(0, 3)).isCloseTo((1 - 2) / 3.0, within(1e-12));
    }

    /** Kaggle's arena files hold lists of answers as JSON in a text. */
    @Test
    void contentWrittenAsJsonInATextHasTheStyleOfItsText() throws IOException {
        VoteReadOptions reading = VoteReadOptions.USUAL.with(Columns.USUAL.withControls(List.of("length", "markdown")));
        String[] written = {
            "[\"\"# Hi\\n- one\"\",null,\"\"- **two**\"\"]",
            "{\"\"type\"\":\"\"text\"\",\"\"text\"\":\"\"# Hi\\n- one\\n- **two**\"\"}",
            "[{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"# Hi\\n- one\\n- **two**\"\"}]"
        };
        for (String answer : written) {
            Path file = write(
                    "kaggle.csv", "model_a,model_b,winner,response_a,response_b\nx,y,tie,\"" + answer + "\",Hi\n");
            VoteFile read = VoteFiles.read(file, reading);
            assertThat(((Battles) read.votes()).covariate(0, 0)).as(answer).isCloseTo(18 / 22.0, within(0.01));
            assertThat(((Battles) read.votes()).covariate(0, 1)).as(answer).isEqualTo(1);
            // Turns are read as such wherever they are.
            assertThat(read.remarks()
                            .contains("1 answer is written as JSON in a text; length and markdown measure the content"))
                    .isEqualTo(!answer.contains("role"));
        }
        for (String plain : List.of("[1, 2]", "{\"\"a\"\": 1}", "[see below]", "[]")) {
            Path file =
                    write("plain.csv", "model_a,model_b,winner,response_a,response_b\nx,y,tie,\"" + plain + "\",Hi\n");
            assertThat(VoteFiles.read(file, reading).remarks()).as(plain).noneMatch(r -> r.contains("JSON"));
        }
    }

    @Test
    void contentInPartsHasTheStyleOfItsText() throws IOException {
        String text = "# Hi\\n- one\\n- **two**";
        List<String> spellings = List.of(
                "\"%s\"",
                "[{\"type\": \"text\", \"text\": \"%s\"}]",
                "[\"%s\"]",
                "{\"type\": \"text\", \"text\": \"%s\"}",
                "[{\"type\": \"image_url\", \"image_url\": {}}, {\"type\": \"text\", \"text\": \"%s\"}]");
        VoteReadOptions reading = VoteReadOptions.USUAL.with(Columns.USUAL.withControls(List.of("length", "markdown")));
        for (String spelling : spellings) {
            String content = spelling.formatted(text);
            String turns = "[{\"role\": \"user\", \"content\": [\"?\"]}, {\"role\": \"assistant\", \"content\": "
                    + content + "}, {\"role\": \"assistant\", \"content\": null}]";
            for (String answer : List.of("\"conversation_%s\": " + turns, "\"response_%s\": " + content)) {
                Path file = write(
                        "parts.jsonl",
                        "{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"tie\", " + answer.formatted("a") + ", "
                                + answer.replaceFirst(": .*", ": \"Hi\"").formatted("b") + "}\n");
                VoteFile read = VoteFiles.read(file, reading);
                double length = answer.startsWith("\"c") ? 22 : 20;
                assertThat(((Battles) read.votes()).covariate(0, 0))
                        .as(answer)
                        .isCloseTo((length - 2) / (length + 2), within(0.003));
                assertThat(((Battles) read.votes()).covariate(0, 1)).as(answer).isEqualTo(1);
                assertThat(read.remarks().stream().filter(r -> r.contains("part of an answer")))
                        .isEqualTo(
                                spelling.contains("image")
                                        ? List.of("1 part of an answer is not text (image_url); length and markdown"
                                                + " measure the text only")
                                        : List.of());
            }
        }
        Path odd = write(
                "odd.jsonl",
                "{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"tie\", \"response_a\": [3],"
                        + " \"response_b\": \"\"}\n");
        assertThatThrownBy(() -> VoteFiles.read(odd, reading))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "odd.jsonl:1: \"response_a\" has content that is neither a text nor a list of parts");
    }

    @Test
    void cellsThatAreListsOrObjectsAreRefusedByName() throws IOException {
        Columns by = Columns.USUAL.withBy("language");
        Columns weighted = by.with(Role.WEIGHT, "weight");
        for (String column :
                List.of("model_a", "model_b", "winner", "language", "judge", "question_id", "tstamp", "id", "weight")) {
            for (String value : List.of("{\"name\": \"x\"}", "[\"x\"]", "{}", "[]", "[[1]]")) {
                Map<String, String> row = new LinkedHashMap<>();
                row.put("model_a", "\"x\"");
                row.put("model_b", "\"y\"");
                row.put("winner", "\"tie\"");
                row.put("language", "\"en\"");
                row.put(column, value);
                String json = row.entrySet().stream()
                        .map(e -> "\"" + e.getKey() + "\": " + e.getValue())
                        .collect(Collectors.joining(", ", "{", "}\n"));
                Path file = write("cell.jsonl", json);
                assertThatThrownBy(() -> VoteFiles.read(
                                file, VoteReadOptions.USUAL.with(column.equals("weight") ? weighted : by)))
                        .as(json)
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("cell.jsonl:1: \"" + column + "\" is "
                                + (value.startsWith("[") ? "a list" : "an object"));
            }
        }
        Path turns = write(
                "turns.jsonl",
                "{\"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"tie\", \"prompt\": [{\"role\": \"user\", \"content\": \"?\"}]}\n");
        assertThat(battles(turns).battle(0).group()).isEqualTo("[{\"role\":\"user\",\"content\":\"?\"}]");
    }

    @Test
    void nativeComparisonsAreBattlesOfTextsOrOfNamedKeys() throws IOException {
        Path file = write("own.jsonl", """
            {"kind": "comparison", "prompt": {"id": "p", "text": "?"}, "left": "yes", "right": "no", "preference": {"probability": 0.75}, "annotator": "ann", "weight": 2, "policy": "new", "other": "old"}
            {"kind": "comparison", "prompt": {"id": "p", "text": "?"}, "left": "no", "right": "yes", "preference": "tie", "policy": "old", "other": "new"}
            """);
        Tally texts = battles(file).tally();
        assertThat(texts.items()).containsExactly("no", "yes");
        assertThat(texts.wins(0)).isDeepEqualTo(new double[][] {{0, 0.5}, {1.5, 0}});
        Columns named = Columns.USUAL.with(Role.LEFT, "policy").with(Role.RIGHT, "other");
        Battles policies = battles(file, VoteReadOptions.USUAL.with(named));
        assertThat(policies.items()).containsExactly("new", "old");
        assertThat(policies.battle(0).annotator()).isEqualTo("ann");
    }

    @Test
    void prefLibOrdersWithTiesAndEdges() throws IOException {
        String header =
                "# TITLE: t\n# ALTERNATIVE NAME 1: tuna\n# ALTERNATIVE NAME 2: egg\n# ALTERNATIVE NAME 3: squid\n";
        Rankings ties = (Rankings) VoteFiles.read(write("v.toi", header + "3: 2,{1,3}\n2: 3\n"), VoteReadOptions.USUAL)
                .votes();
        assertThat(ties.items()).containsExactly("egg", "squid", "tuna");
        assertThat(ties.all().getFirst().blocks()).isEqualTo(List.of(List.of(0), List.of(1, 2)));
        assertThat(ties.all().getFirst().weight()).isEqualTo(3);
        assertThat(ties.all().getFirst().tied()).isTrue();
        assertThat(ties.all().getLast().length()).isEqualTo(1);
        Rankings below = (Rankings)
                VoteFiles.read(dir.resolve("v.toi"), VoteReadOptions.USUAL.with(VoteReadOptions.Unlisted.BELOW))
                        .votes();
        assertThat(below.all().getLast().blocks()).isEqualTo(List.of(List.of(1), List.of(0, 2)));
        assertThat(below.all().getLast().open()).isTrue();
        Votes graph = VoteFiles.read(write("g.wmd", header + "1,2,5.0\n2,1,1\n2,3,0\n"), VoteReadOptions.USUAL)
                .votes();
        assertThat(graph.items()).containsExactly("egg", "tuna");
        assertThat(graph.tally().wins(0)).isDeepEqualTo(new double[][] {{0, 1}, {5, 0}});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "left,right,winner;a,a,tie|:2: \"a\" is compared with itself",
                "left,right,winner;a,b,left;a,b,maybe|:3: \"winner\" is \"maybe\", which is neither",
                "left,right,winner;a,b,|:2: \"winner\" does not say who won",
                "left,right,winner,weight;a,b,a,-1|:2: \"weight\" is -1; a weight is a number from 0 to 1e15",
                "left,right,winner,weight;a,b,a,NaN|:2: \"weight\" is NaN",
                "left,right,winner,weight;a,b,a,many|:2: \"weight\" is \"many\", not a number",
                "id,left,right,winner;7,a,b,a;7,b,a,a|:3: the id 7 was given before, in line 2",
                "left,right,winner;a,b|:2: the row has 2 cells, the header 3",
                "left,right,winner;,b,b|:2: \"left\" is empty",
                "x,y,z;1,2,3|:2: no column contains the winner",
                "left,right,winner|is empty",
            })
    void badInputIsNamedWithItsLine(String lines, String message) throws IOException {
        Path file = write("bad.csv", lines.replace(';', '\n') + "\n");
        Columns columns = lines.contains("weight")
                ? Columns.USUAL.with(Role.WEIGHT, "weight")
                : lines.startsWith("id") ? Columns.USUAL.with(Role.ID, "id") : Columns.USUAL;
        assertThatThrownBy(() -> VoteFiles.read(file, VoteReadOptions.USUAL.with(columns)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("bad.csv")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void emptyFileIsReported(String text) throws IOException {
        for (String name : List.of("e.csv", "e.jsonl", "e.soc")) {
            assertThatThrownBy(() -> VoteFiles.read(write(name, text), VoteReadOptions.USUAL))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void rowsWithinAnObjectAreNamed() throws IOException {
        Path file = write("v.json", "{\"votes\": [{\"left\": \"a\", \"right\": \"b\", \"winner\": \"a\"}]}");
        assertThatThrownBy(() -> VoteFiles.read(file, VoteReadOptions.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("votes. It is a list of rows: write the list alone to the file");
    }

    @Test
    void otherEncodingsAreRefusedByLine() throws IOException {
        Path latin = dir.resolve("latin.csv");
        Files.write(latin, "left,right,winner\na,b,a\nJosé,b,b\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> VoteFiles.read(latin, VoteReadOptions.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("latin.csv:");
        Path utf16 = dir.resolve("wide.csv");
        Files.write(utf16, "left,right,winner\na,b,a\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> VoteFiles.read(utf16, VoteReadOptions.USUAL)).hasMessageContaining("UTF-16");
        Path soc = dir.resolve("latin.soc");
        Files.write(soc, "# ALTERNATIVE NAME 1: é\n1: 1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> VoteFiles.read(soc, VoteReadOptions.USUAL)).hasMessageContaining("UTF-8");
    }

    @Test
    void namedColumnsMustExist() throws IOException {
        Path file = write("v.csv", "left,right,winner\na,b,a\n");
        assertThatThrownBy(() -> VoteFiles.read(file, VoteReadOptions.USUAL.with(Columns.USUAL.withBy("language"))))
                .hasMessageContaining("there is no column \"language\" (--by)");
        assertThatThrownBy(() -> VoteFiles.read(file, VoteReadOptions.USUAL.with(Columns.USUAL.withWhen("wen"))))
                .hasMessageContaining("--when");
        assertThatThrownBy(() ->
                        VoteFiles.read(file, VoteReadOptions.USUAL.with(Columns.USUAL.withControls(List.of("length")))))
                .hasMessageContaining("length_a");
    }

    private Battles battles(Path file) {
        return battles(file, VoteReadOptions.USUAL);
    }

    private static Battles battles(Path file, VoteReadOptions reading) {
        return (Battles) VoteFiles.read(file, reading).votes();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }
}
