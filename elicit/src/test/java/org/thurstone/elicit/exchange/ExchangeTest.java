package org.thurstone.elicit.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.Json;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.data.content.ItemList;
import org.thurstone.data.content.TokenPath;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Parked;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.TestQuestions;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.elicit.respondent.BothOrders;
import org.thurstone.elicit.respondent.FromFile;
import org.thurstone.elicit.respondent.Label;
import org.thurstone.elicit.respondent.Majority;
import org.thurstone.elicit.respondent.Ties;
import tools.jackson.databind.node.ObjectNode;

class ExchangeTest {

    private static final String RUN = "7c01";
    private static final AnswerImport IMPORT = new AnswerImport(RUN, false, "");
    private static final AnswerImport REPLACE = new AnswerImport(RUN, true, "");
    private static final Opening OPENING = new Opening(
            Path.of("none"), n -> TestQuestions.random(1, n), Optional.empty(), Map.of(), Map.of(), notice -> {});
    private static final Respondent FILE = new FromFile("").open(OPENING);

    @TempDir
    Path directory;

    private static MemoryLedger asked(List<Question> questions) {
        MemoryLedger ledger = new MemoryLedger();
        questions.forEach(q -> ledger.ask(Presentation.of(q), FILE.identity()));
        return ledger;
    }

    private Path export(Ledger ledger, String name) {
        Path file = directory.resolve(name);
        new QuestionExport(RUN, "").write(ledger, file, TestQuestions.random(3, "export"));
        return file;
    }

    private Path write(String name, String... lines) {
        Path file = directory.resolve(name);
        try {
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** A row that answers a question: fields and values of JSON. */
    private static String row(Question question, String answer) {
        return "{\"id\": \"" + Presentation.of(question).key() + "\", " + answer + "}";
    }

    private static Optional<Judgement> shown(Ledger ledger, Question question) {
        Presentation p = Presentation.of(question);
        return ledger.find(p, FILE.identity()).map(a -> p.asShown(a.judgement()));
    }

    /** Fills in a file as a program or a spreadsheet would. */
    private Path fill(Path exported, String name, Consumer<ObjectNode> fill) throws IOException {
        StringBuilder out = new StringBuilder();
        boolean csv = name.endsWith(".csv");
        try (RowSource rows = Containers.open(exported)) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                ObjectNode fields = ((RawRow.Fields) row.get()).fields();
                fill.accept(fields);
                if (csv) {
                    out.append(out.isEmpty() ? String.join(",", fields.propertyNames()) + "\n" : "");
                    List<String> cells = new ArrayList<>();
                    fields.values()
                            .forEach(v -> cells.add("\""
                                    + (v.isString() ? v.stringValue() : v.toString()).replace("\"", "\"\"") + "\""));
                    out.append(String.join(",", cells)).append('\n');
                } else {
                    out.append(Json.line(fields));
                }
            }
        }
        Path file = directory.resolve(name);
        Files.writeString(file, out);
        return file;
    }

    /** Texts that files and spreadsheets find hard. */
    private static List<Question> difficult() {
        Prompt chat = new Prompt(
                "c",
                Text.chat(List.of(
                        new Message(Role.SYSTEM, "be brief"),
                        new Message(Role.USER, "=SUM(A1)"),
                        new Message(Role.ASSISTANT, "ok"),
                        new Message(Role.USER, "go on"))));
        String words = "word ".repeat(4000);
        return List.of(
                Question.pair(
                        chat, new Completion(Text.answer("=1+1")), new Completion(Text.answer("-2, \"so\"; x"), false)),
                TestQuestions.pair("@you", "+1\r\n=2", "'=1"),
                TestQuestions.pair("[{\"a\": 1}]", "[{\"role\":\"user\",\"content\":\"x\"}]", "{}"),
                TestQuestions.pair("", "", " "),
                TestQuestions.pair("half \ud83d", "\ud83d", "😀\u2028\u0000"),
                TestQuestions.pair("long", words, words.replace("word", "ward") + "!"),
                TestQuestions.pair("numbers", "7", "7.50"));
    }

    /** Pairs and edits of contents other than text. */
    private static List<Question> contents() {
        Prompt path = new Prompt("path", TokenPath.of(7));
        Completion edited = new Completion(new TokenPath(List.of(1, 2), Optional.of(List.of("=a", " b"))));
        return List.of(
                Question.pair(
                        path, edited, new Completion(new TokenPath(List.of(3), Optional.of(List.of("[1, 2]"))), false)),
                Question.pair(path, new Completion(TokenPath.of()), new Completion(TokenPath.of(5))),
                Question.pair(
                        TestQuestions.prompt("slate"),
                        new Completion(ItemList.of("a", "b, c")),
                        new Completion(new ItemList(
                                List.of(new ItemList.Item("b", OptionalInt.of(3), Map.of("price", "4.20")))))),
                Question.of(Question.Form.EDIT, path, List.of(edited), Optional.empty(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask.jsonl", "ask.csv"})
    void contentsThatAreNoTextAreExportedAndImported(String name) throws IOException {
        List<Question> questions = contents();
        MemoryLedger ledger = asked(questions);
        Completion better = new Completion(TokenPath.of(1, 2, 3));
        Path filled = fill(export(ledger, name), "filled-" + name, row -> {
            if (row.get("form").stringValue().equals("edit")) {
                row.put("edited", LosslessJson.of(better).toString());
            } else {
                row.put("preference", "right");
            }
        });
        assertThat(IMPORT.read(filled, ledger)).isEqualTo(new AnswerImport.Summary(questions.size(), 0, 0, 0, 0));
        for (Question q : questions) {
            assertThat(shown(ledger, q))
                    .contains(
                            q.form() == Question.Form.EDIT
                                    ? new Judgement.Edited(0, better)
                                    : new Judgement.Preferred(new Preference.Right()));
        }
        MemoryLedger other = asked(questions);
        Path mixed = fill(export(other, "mixed-" + name), "mixed-filled-" + name, row -> {
            if (row.get("form").stringValue().equals("edit")) {
                row.put("edited", "1 2 3");
            } else {
                row.put("preference", "right").set("left", row.get("right"));
            }
        });
        assertThatThrownBy(() -> IMPORT.read(mixed, other))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the left is not that of this id")
                .hasMessageContaining(
                        "'edited' is not the JSON of a content, such as {\"token-path\":{\"tokens\":[1,2]");
    }

    @Test
    void peopleSeeSummariesOfContentsInATable() throws IOException {
        assertThat(Files.readString(export(asked(contents()), "ask.csv")))
                .contains("\"'=a b\"", "\"[1, 2]\"", "\"a, b, c\"", "\"b\"", "\"7\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask.jsonl", "ask.csv"})
    void importedAnswersEqualImmediateAnswers(String name) throws IOException {
        List<Question> questions = new ArrayList<>(difficult());
        questions.addAll(TestQuestions.pairs(20));
        MemoryLedger ledger = asked(questions);
        Map<String, String> answers = new HashMap<>();
        questions.forEach(q -> answers.put(
                Presentation.of(q).key(),
                ((Judgement.Preferred) TestQuestions.byLength(Presentation.of(q))).preference()
                                instanceof Preference.Left
                        ? "left"
                        : "right"));
        Path filled = fill(export(ledger, name), "filled-" + name, row -> {
            row.put("preference", answers.get(row.get("id").stringValue()));
            row.put("annotator", "ann");
        });
        assertThat(IMPORT.read(filled, ledger)).isEqualTo(new AnswerImport.Summary(questions.size(), 0, 0, 0, 0));
        assertThat(ledger.open()).isEmpty();
        for (Question q : questions) {
            Answer answer = ledger.find(Presentation.of(q), FILE.identity()).orElseThrow();
            assertThat(shown(ledger, q))
                    .contains(new Judgement.Preferred(
                            answers.get(Presentation.of(q).key()).equals("left")
                                    ? new Preference.Left()
                                    : new Preference.Right()));
            assertThat(answer.by().annotator()).isEqualTo("ann");
        }
        assertThat(TestQuestions.inquiry(ledger).ask(FILE, questions)).hasSize(questions.size());
    }

    @Test
    void anExportIsBlindInSeededOrderAndHasEmptyAnswers() throws IOException {
        List<Question> questions = TestQuestions.pairs(30);
        MemoryLedger ledger = asked(questions);
        ledger.ask(Presentation.of(questions.getFirst()), Identity.of("llm"));
        Path file = export(ledger, "ask.jsonl");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(30);
        Question first = questions.getFirst();
        List<String> texts = Presentation.of(first).shown().stream()
                .map(c -> c.text().plain())
                .toList();
        assertThat(lines)
                .contains("{\"run\":\"7c01\",\"id\":\"" + Presentation.of(first).key()
                        + "\",\"form\":\"pair\",\"prompt\":\"prompt 0\",\"left\":\"" + texts.get(0) + "\",\"right\":\""
                        + texts.get(1)
                        + "\",\"preference\":null,\"skip\":null,\"rationale\":null,\"annotator\":null}");
        assertThat(String.join("", lines)).doesNotContain("p-prompt", "score", "source", "occasion");
        assertThat(lines).isNotEqualTo(lines.stream().sorted().toList());
        Path reversed = directory.resolve("reversed.jsonl");
        new QuestionExport(RUN, "").write(asked(questions.reversed()), reversed, TestQuestions.random(3, "export"));
        assertThat(reversed).hasSameBinaryContentAs(file);
        new QuestionExport(RUN, "").write(ledger, reversed, TestQuestions.random(4, "export"));
        assertThat(Files.readAllLines(reversed)).isNotEqualTo(lines).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void manyQuestionsAreExportedInAnOrderThatTheSeedDecides() throws IOException {
        MemoryLedger ledger = asked(IntStream.range(0, 20_000)
                .mapToObj(i -> TestQuestions.pair("" + i, "a", "b"))
                .toList());
        byte[] first = Files.readAllBytes(export(ledger, "one.jsonl"));
        assertThat(Files.readAllBytes(export(ledger, "two.jsonl"))).isEqualTo(first);
        List<String> prompts = new ArrayList<>();
        Files.readAllLines(directory.resolve("one.jsonl"))
                .forEach(line ->
                        prompts.add(Json.MAPPER.readTree(line).get("prompt").stringValue()));
        assertThat(Set.copyOf(prompts)).hasSize(20_000);
    }

    @Test
    void aTableIsSafeForSpreadsheets() throws IOException {
        Path file = export(asked(difficult()), "ask.csv");
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(Files.readString(file).substring(1))
                .startsWith(
                        "\"run\",\"id\",\"form\",\"prompt\",\"left\",\"right\",\"preference\",\"skip\",\"rationale\",\"annotator\"\r\n")
                .contains("\"'@you\"", "\"'+1\r\n=2\"", "\"''=1\"", "\"'=1+1\"")
                .doesNotContain("\"=", "\"+", "\"-", "\"@");
    }

    @Test
    void everyFormIsExportedAndImported() throws IOException {
        List<Completion> three = List.of(Completion.raw("x"), Completion.raw("y"), Completion.raw("z"));
        Question rank =
                Question.of(Question.Form.RANK, TestQuestions.prompt("rank"), three, Optional.of("experts"), "");
        Question rate = Question.rate(TestQuestions.prompt("rate"), Completion.raw("x"));
        Question verify =
                Question.of(Question.Form.VERIFY, TestQuestions.prompt("verify"), three, Optional.empty(), "");
        Question edit = Question.of(
                Question.Form.EDIT,
                TestQuestions.prompt("edit"),
                List.of(new Completion(Text.answer("teh"))),
                Optional.empty(),
                "");
        Map<String, Map<String, String>> answers = Map.of(
                "rank", Map.of("ranks", "2 1 2"),
                "rate", Map.of("scores", "3,5"),
                "verify", Map.of("scores", "true;0;-"),
                "edit", Map.of("edited", "=the"));
        for (String name : List.of("ask.jsonl", "ask.csv")) {
            MemoryLedger ledger = asked(List.of(rank, rate, verify, edit));
            Path filled = fill(export(ledger, name), "filled-" + name, row -> {
                answers.get(row.get("prompt").stringValue()).forEach(row::put);
                if (name.endsWith("csv") && row.get("prompt").stringValue().equals("edit")) {
                    row.put("edited", "'=the");
                }
            });
            assertThat(IMPORT.read(filled, ledger).taken()).isEqualTo(4);
            assertThat(shown(ledger, rank)).contains(new Judgement.Ordered(List.of(1, 0, 1)));
            assertThat(shown(ledger, rate)).contains(Judgement.Scored.of(3.5));
            assertThat(shown(ledger, verify))
                    .contains(new Judgement.Scored(
                            List.of(OptionalDouble.of(1), OptionalDouble.of(0), OptionalDouble.empty())));
            assertThat(shown(ledger, edit)).contains(new Judgement.Edited(0, new Completion(Text.answer("=the"))));
        }
        Path lists = write(
                "lists.jsonl",
                row(rank, "\"ranks\": [1, 2, 3]"),
                row(verify, "\"scores\": [true, null, 0]"),
                row(rate, "\"scores\": 2"));
        assertThat(IMPORT.read(lists, asked(List.of(rank, rate, verify))).taken())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"preference\": \"left\"| left",
                "\"preference\": \" Both bad \"| both-bad",
                "\"Preference\": \"TIE\"| tie",
                "\"grade\": -2, \"scale\": 3| {\"grade\":-2,\"scale\":3}",
                "\"grade\": \"−2\", \"scale\": \"3\"| {\"grade\":-2,\"scale\":3}",
                "\"preference\": {\"grade\": 1, \"scale\": 2}| {\"grade\":1,\"scale\":2}",
                "\"probability\": 0.7| {\"probability\":0.7}",
                "\"probability\": \"0,7\"| {\"probability\":0.7}",
                "\"preference\": {\"probability\": 0.7}| {\"probability\":0.7}",
            })
    void preferencesAreTakenInTheOrderShown(String answer, String expected) {
        Question question = TestQuestions.pair("q", "a", "b");
        MemoryLedger ledger = asked(List.of(question));
        IMPORT.read(write("a.jsonl", row(question, answer)), ledger);
        Judgement.Preferred said = (Judgement.Preferred) shown(ledger, question).orElseThrow();
        assertThat(LosslessJson.of(said.preference()).toString().replaceAll("^\"|\"$", ""))
                .isEqualTo(expected);
    }

    @Test
    void rationalesNamesCostsAndSkipsAreKept() {
        List<Question> questions = TestQuestions.pairs(4);
        MemoryLedger ledger = asked(questions);
        Path file = write(
                "a.jsonl",
                row(
                        questions.get(0),
                        "\"preference\": \"tie\", \"rationale\": \"both say so\", \"annotator\": \"ann\", \"cost\": 0.2"),
                row(questions.get(1), "\"preference\": \"skip\""),
                row(questions.get(2), "\"skip\": \"not my language\", \"annotator\": \"ben\""),
                row(questions.get(3), "\"preference\": \"left\", \"skip\": false"));
        assertThat(new AnswerImport(RUN, false, "cas").read(file, ledger).taken())
                .isEqualTo(4);
        List<Answer> answers = questions.stream()
                .map(q -> ledger.find(Presentation.of(q), FILE.identity()).orElseThrow())
                .toList();
        assertThat(answers).extracting(a -> a.by().annotator()).containsExactly("ann", "cas", "ben", "cas");
        assertThat(answers.getFirst().rationale()).contains("both say so");
        assertThat(answers.getFirst().cost()).isEqualTo(new Cost(0.2, 0, 0));
        assertThat(answers.get(1).judgement()).isEqualTo(new Judgement.Abstained("skipped"));
        assertThat(answers.get(2).judgement()).isEqualTo(new Judgement.Abstained("not my language"));
        assertThat(ledger.tallies().get("file").abstained()).isEqualTo(2);
    }

    @Test
    void emptyAnswersAreCountedAndAgreementCountsOnce() {
        List<Question> questions = TestQuestions.pairs(3);
        MemoryLedger ledger = asked(questions);
        Path file = write(
                "a.jsonl",
                row(questions.get(0), "\"preference\": \"left\", \"annotator\": \"ann\""),
                row(questions.get(0), "\"preference\": \"left\", \"annotator\": \"ben\""),
                row(questions.get(1), "\"preference\": \"\""),
                row(questions.get(2), "\"preference\": null"));
        assertThat(IMPORT.read(file, ledger)).isEqualTo(new AnswerImport.Summary(1, 0, 1, 2, 0));
        assertThat(IMPORT.read(file, ledger)).isEqualTo(new AnswerImport.Summary(0, 0, 2, 2, 0));
        assertThat(ledger.find(Presentation.of(questions.get(0)), FILE.identity())
                        .orElseThrow()
                        .by()
                        .annotator())
                .isEqualTo("ann");
    }

    /** One problem each: what the row says of the first of two pairs, and the words of the refusal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"preference\": \"first\"| 'preference' is \"first\", not left, right, tie, both-bad or skip",
                "\"grade\": 4, \"scale\": 3| there is no grade 4 on a scale of 3",
                "\"grade\": 1.5, \"scale\": 3| there is no grade 1.5 on a scale of 3",
                "\"grade\": 1, \"scale\": 0| there is no grade 1 on a scale of 0",
                "\"grade\": 1| 'grade' needs 'scale'",
                "\"grade\": \"good\", \"scale\": 3| 'grade' is \"good\", not a number",
                "\"probability\": 1.5| 'probability' is 1.5, not in 0 … 1",
                "\"probability\": NaN| 'probability' is",
                "\"probability\": \"1,000\"| 'probability' is \"1,000\", not a number",
                "\"scores\": [1, 2]| the question is of form pair, which 'scores' does not answer; fill in 'grade' or 'preference' or 'probability'",
                "\"edited\": \"x\"| the question is of form pair, which 'edited' does not answer",
                "\"preference\": \"left\", \"probability\": 1| it has several answers: preference, probability",
                "\"preference\": \"left\", \"skip\": \"x\"| it has an answer (preference) and is skipped",
                "\"preference\": \"left\", \"cost\": -1| 'cost' is -1, below 0",
                "\"preference\": \"left\", \"run\": \"ffff\"| it answers a question of run ffff, and this is run 7c01",
                "\"preference\": \"left\", \"people\": \"experts\"| was put to file, not to people called experts",
                "\"preference\": \"left\", \"prompt\": \"prompt 1\"| the prompt is not that of this id: was one column sorted without the others?",
                "\"preference\": \"left\", \"right\": \"other\"| the right is not that of this id",
                "\"preference\": [1]| 'preference' is",
            })
    void anAnswerThatCannotBeTakenIsRefusedWithItsLine(String answer, String reason) {
        List<Question> questions = TestQuestions.pairs(2);
        MemoryLedger ledger = asked(questions);
        Path file = write("a.jsonl", row(questions.get(1), "\"preference\": \"left\""), row(questions.get(0), answer));
        assertThatThrownBy(() -> IMPORT.read(file, ledger))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("nothing was imported, since 1 of 2 rows of " + file + " cannot be:")
                .hasMessageContaining(file + ":2: ")
                .hasMessageContaining(reason);
        assertThat(ledger.open()).as("all or nothing").hasSize(2);
    }

    @Test
    void wrongCountsOfScoresAndRanksAreRefused() {
        List<Completion> two = List.of(Completion.raw("x"), Completion.raw("y"));
        Question rank = Question.of(Question.Form.RANK, TestQuestions.prompt("rank"), two, Optional.empty(), "");
        Question verify = Question.of(Question.Form.VERIFY, TestQuestions.prompt("verify"), two, Optional.empty(), "");
        Question edit = Question.of(Question.Form.EDIT, TestQuestions.prompt("edit"), two, Optional.empty(), "");
        MemoryLedger ledger = asked(List.of(rank, verify, edit));
        BiConsumer<String, String> refused =
                (row, reason) -> assertThatThrownBy(() -> IMPORT.read(write("a.jsonl", row), ledger))
                        .hasMessageContaining(reason);
        refused.accept(row(rank, "\"ranks\": [1, 2, 3]"), "'ranks' has 3 values, and there are 2 alternatives");
        refused.accept(row(rank, "\"ranks\": [0, 1]"), "ranks are whole numbers from 1, the best");
        refused.accept(row(rank, "\"ranks\": \"1 -\""), "ranks are whole numbers from 1");
        refused.accept(row(verify, "\"scores\": [0.5, 1]"), "a verification is 1, correct, or 0");
        refused.accept(row(verify, "\"scores\": [1, \"NaN\"]"), "'scores' is \"NaN\", not a number");
        refused.accept(
                row(edit, "\"edited\": \"x\""), "'of' must say which alternative was edited: a number from 1 to 2");
        refused.accept(row(edit, "\"edited\": \"x\", \"of\": 3"), "a number from 1 to 2");
    }

    @Test
    void unknownIdsAndOtherRespondentsQuestionsAreRefused() {
        Question question = TestQuestions.pairs(1).getFirst();
        MemoryLedger ledger = asked(List.of(question));
        Question judged = TestQuestions.pair("judged", "a", "b");
        ledger.ask(Presentation.of(judged), Identity.of("llm"));
        Question unknown = TestQuestions.pair("unknown", "a", "b");
        Path file = write(
                "a.jsonl",
                row(unknown, "\"preference\": \"left\""),
                row(judged, "\"preference\": \"left\""),
                "{\"preference\": \"left\"}",
                "not JSON",
                "{\"id\": \"" + question.id() + "\", \"preference\": \"left\"}");
        assertThatThrownBy(() -> IMPORT.read(file, ledger))
                .hasMessageContaining("since 4 of 5 rows")
                .hasMessageContaining(file + ":1: no question of this run has the id "
                        + Presentation.of(unknown).key())
                .hasMessageContaining(file + ":2: question "
                        + Presentation.of(judged).key() + " was put to llm, which is not a file annotator")
                .hasMessageContaining(file + ":3: it has no 'id'")
                .hasMessageContaining(file + ":4: not JSON");
        IMPORT.read(write("b.jsonl", "{\"id\": \"" + question.id() + "\", \"preference\": \"left\"}"), ledger);
        assertThat(shown(ledger, question)).isPresent();
    }

    @Test
    void manyProblemsAreListedInPart() {
        List<Question> questions = TestQuestions.pairs(30);
        Path file = write(
                "a.jsonl",
                questions.stream().map(q -> row(q, "\"preference\": \"x\"")).toArray(String[]::new));
        assertThatThrownBy(() -> IMPORT.read(file, asked(questions)))
                .hasMessageContaining(file + ":20: ")
                .hasMessageEndingWith("and 10 more");
    }

    @Test
    void aFileWithoutAFieldForAnswersIsRefused() {
        Question question = TestQuestions.pairs(1).getFirst();
        assertThatThrownBy(() -> IMPORT.read(
                        write("a.jsonl", row(question, "\"prefrence\": \"left\"")), asked(List.of(question))))
                .hasMessageContaining("a.jsonl has no field for answers");
    }

    @Test
    void peopleWhoContradictAreRefusedWithBothLines() {
        List<Question> questions = TestQuestions.pairs(2);
        MemoryLedger ledger = asked(questions);
        Path file = write(
                "a.jsonl",
                row(questions.get(0), "\"preference\": \"left\", \"annotator\": \"ann\""),
                row(questions.get(1), "\"preference\": \"left\", \"annotator\": \"ann\""),
                row(questions.get(0), "\"preference\": \"tie\", \"annotator\": \"ben\""));
        for (AnswerImport each : List.of(IMPORT, REPLACE)) {
            assertThatThrownBy(() -> each.read(file, ledger))
                    .hasMessageContaining(
                            file + ":3: it contradicts line 1: ben says \"tie\" here, ann says \"left\" there");
        }
        assertThat(ledger.open()).hasSize(2);
    }

    @Test
    void aCorrectionIsMadeOnRequestUntilItsStageIsClosed() {
        List<Question> questions = TestQuestions.pairs(2);
        MemoryLedger ledger = asked(questions);
        IMPORT.read(
                write("a.jsonl", row(questions.get(0), "\"preference\": \"left\", \"annotator\": \"ann\"")), ledger);
        Path changed = write(
                "b.jsonl",
                row(questions.get(0), "\"preference\": \"right\", \"annotator\": \"ben\""),
                row(questions.get(1), "\"preference\": \"right\""));
        assertThatThrownBy(() -> IMPORT.read(changed, ledger))
                .hasMessageContaining(changed
                        + ":1: it contradicts what is recorded: ben says \"right\" here, ann says \"left\" there;"
                        + " import with --replace to correct it");
        assertThat(REPLACE.read(changed, ledger)).isEqualTo(new AnswerImport.Summary(1, 1, 0, 0, 0));
        assertThat(shown(ledger, questions.get(0))).contains(new Judgement.Preferred(new Preference.Right()));
        ledger.close("iteration-1/comparisons", questions);
        Path again = write("c.jsonl", row(questions.get(0), "\"preference\": \"tie\""));
        assertThatThrownBy(() -> REPLACE.read(again, ledger))
                .hasMessageContaining(again + ":1: it corrects an answer that cannot be corrected any more:"
                        + " iteration-1/comparisons has used it");
        assertThat(REPLACE.read(changed, ledger)).isEqualTo(new AnswerImport.Summary(0, 0, 2, 0, 0));
    }

    @Test
    void answerReplacesASkip() {
        List<Question> questions = TestQuestions.pairs(2);
        MemoryLedger ledger = asked(questions);
        Path skips = write(
                "a.jsonl",
                row(questions.get(0), "\"skip\": true, \"annotator\": \"ann\""),
                row(questions.get(1), "\"skip\": true, \"annotator\": \"ann\""),
                row(questions.get(1), "\"preference\": \"left\", \"annotator\": \"ben\""),
                row(questions.get(1), "\"skip\": true, \"annotator\": \"cas\""));
        assertThat(IMPORT.read(skips, ledger)).isEqualTo(new AnswerImport.Summary(2, 0, 1, 0, 0));
        Path answers = write(
                "b.jsonl", row(questions.get(0), "\"preference\": \"tie\""), row(questions.get(1), "\"skip\": true"));
        assertThat(IMPORT.read(answers, ledger)).isEqualTo(new AnswerImport.Summary(0, 1, 1, 0, 0));
        assertThat(shown(ledger, questions.get(0))).contains(new Judgement.Preferred(new Preference.Tie()));
        assertThat(shown(ledger, questions.get(1))).contains(new Judgement.Preferred(new Preference.Left()));
    }

    @Test
    void lateAnswersAreUsedAndCounted() {
        List<Question> questions = TestQuestions.pairs(2);
        MemoryLedger ledger = asked(questions);
        ledger.close("iteration-1/comparisons", questions.subList(0, 1));
        Path file = write(
                "a.jsonl",
                row(questions.get(0), "\"preference\": \"left\""),
                row(questions.get(1), "\"preference\": \"left\""));
        assertThat(IMPORT.read(file, ledger)).isEqualTo(new AnswerImport.Summary(2, 0, 0, 0, 1));
    }

    @Test
    void bothOrdersOfAPairAreTwoRows() throws IOException {
        Question question = TestQuestions.pair("q", "a", "b");
        MemoryLedger ledger = new MemoryLedger();
        Respondent both = BothOrders.of(FILE, Ties.TIE);
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(both, List.of(question)))
                .isInstanceOf(Parked.class);
        Path exported = export(ledger, "ask.csv");
        assertThatThrownBy(() -> IMPORT.read(
                        write("id.jsonl", "{\"id\": \"" + question.id() + "\", \"preference\": \"left\"}"), ledger))
                .hasMessageContaining("was put to people several times: add the order shown to the id");
        Path filled = fill(
                exported,
                "filled.csv",
                row -> row.put("preference", row.get("left").stringValue().equals("a") ? "left" : "right")
                        .put("annotator", "ann"));
        assertThat(IMPORT.read(filled, ledger).taken()).isEqualTo(2);
        assertThat(TestQuestions.inquiry(ledger)
                        .ask(both, List.of(question))
                        .get(question)
                        .judgement())
                .isEqualTo(new Judgement.Preferred(new Preference.Left()));
    }

    @Test
    void copiesOfAQuestionAreForDifferentPeople() throws IOException {
        Question question = TestQuestions.pair("q", "a", "b");
        MemoryLedger ledger = new MemoryLedger();
        Respondent three = new Majority(new FromFile(""), 3, Label.VOTE, Ties.TIE).open(OPENING);
        assertThatThrownBy(() -> TestQuestions.inquiry(ledger).ask(three, List.of(question)))
                .hasMessage("1 question waits for answers");
        Path exported = export(ledger, "ask.jsonl");
        Path alone = fill(
                exported, "alone.jsonl", row -> row.put("preference", "tie").put("annotator", "ann"));
        assertThatThrownBy(() -> IMPORT.read(alone, ledger))
                .hasMessageContaining("since 2 of 3 rows")
                .hasMessageContaining(":2: ann has answered the same as question ")
                .hasMessageContaining("and the copies of a question are for different people");
        String[] people = {"ann", "ben", "cas"};
        int[] next = {0};
        Path together = fill(
                exported, "together.jsonl", row -> row.put("preference", "tie").put("annotator", people[next[0]++]));
        assertThat(IMPORT.read(together, ledger).taken()).isEqualTo(3);
        assertThat(TestQuestions.inquiry(ledger)
                        .ask(three, List.of(question))
                        .get(question)
                        .by()
                        .annotator())
                .contains("ann", "ben", "cas");
    }

    @Test
    void groupsOfPeopleHaveSeparateFiles() throws IOException {
        List<Question> questions = TestQuestions.pairs(2);
        MemoryLedger ledger = asked(questions);
        questions.forEach(q -> ledger.ask(Presentation.of(q), Identity.of(FromFile.key("experts"))));
        Path file = directory.resolve("experts.csv");
        assertThat(new QuestionExport(RUN, "experts").write(ledger, file, TestQuestions.random(1, "x")))
                .isEqualTo(2);
        Path filled = fill(file, "filled.csv", row -> row.put("preference", "left"));
        assertThat(IMPORT.read(filled, ledger).taken()).isEqualTo(2);
        assertThat(ledger.open()).extracting(Ledger.Open::respondent).containsOnly("file");
    }

    /** What spreadsheets do to cells: other line ends and spaces, numbers in another form, long texts cut. */
    @Test
    void textsThatASpreadsheetChangedAreStillThoseOfTheirQuestion() throws IOException {
        String words = "word ".repeat(8000);
        List<Question> questions = List.of(
                TestQuestions.pair("lines\r\nof text ", "7.50", "0007"),
                TestQuestions.pair("long", words + "a", words + "b"));
        MemoryLedger ledger = asked(questions);
        Path filled = fill(export(ledger, "ask.csv"), "filled.csv", row -> {
            row.put("preference", "left");
            row.properties().forEach(field -> {
                String cell = field.getValue().stringValue();
                field.setValue(row.stringNode(
                        cell.equals("7.50")
                                ? "7.5"
                                : cell.equals("0007")
                                        ? "7"
                                        : cell.replace("\r\n", "\n")
                                                .strip()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                32_767,
                                                                cell.replace("\r\n", "\n")
                                                                        .strip()
                                                                        .length()))));
            });
        });
        assertThat(IMPORT.read(filled, ledger).taken()).isEqualTo(2);
    }

    @Test
    void anImportIsDurableAndAFileThatCannotBeReadIsNamed() {
        List<Question> questions = TestQuestions.pairs(2);
        try (FileLedger ledger = FileLedger.open(directory.resolve("run"), RUN)) {
            questions.forEach(q -> ledger.ask(Presentation.of(q), FILE.identity()));
            IMPORT.read(write("a.jsonl", row(questions.get(0), "\"preference\": \"left\"")), ledger);
            assertThatThrownBy(() -> IMPORT.read(directory.resolve("none.jsonl"), ledger))
                    .hasMessageContaining("none.jsonl: no such file");
            assertThatThrownBy(() -> new QuestionExport(RUN, "")
                            .write(ledger, directory.resolve("ask.xlsx"), TestQuestions.random(1, "x")))
                    .hasMessageContaining("name a file that ends in .jsonl or .csv");
        }
        try (FileLedger ledger = FileLedger.open(directory.resolve("run"))) {
            assertThat(ledger.open()).hasSize(1);
        }
    }
}
