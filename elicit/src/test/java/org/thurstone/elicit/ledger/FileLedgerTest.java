package org.thurstone.elicit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.TestQuestions;

class FileLedgerTest {

    private static final String RUN = "7c01";
    private static final Identity PEOPLE = Identity.of("people");
    private static final Judgement TIE = new Judgement.Preferred(new Preference.Tie());

    @TempDir
    Path directory;

    private static Answer answer(Presentation asked, Judgement judgement) {
        return new Answer(asked, "people", judgement, Provenance.by("ann"), Optional.empty(), Cost.NONE);
    }

    private void write(Consumer<FileLedger> body) {
        try (FileLedger ledger = FileLedger.open(directory, RUN)) {
            body.accept(ledger);
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file));
    }

    private static List<Question> everyForm() {
        Prompt chat = new Prompt(
                "c", Text.chat(List.of(new Message(Role.SYSTEM, "be brief"), new Message(Role.USER, "hi\u2028you"))));
        Completion cut = new Completion(Text.answer("cut o"), false);
        List<Completion> three = List.of(Completion.raw("x"), Completion.raw("y"), Completion.raw(""));
        String words = "word ".repeat(4000);
        List<Question> questions = new ArrayList<>(List.of(
                Question.pair(chat, Completion.raw("ünï 😀"), cut),
                Question.rate(TestQuestions.prompt(""), Completion.raw("")),
                Question.of(Question.Form.RANK, TestQuestions.prompt("rank"), three, Optional.of("experts"), "2"),
                Question.of(Question.Form.VERIFY, TestQuestions.prompt("verify"), three, Optional.empty(), ""),
                Question.of(Question.Form.EDIT, TestQuestions.prompt("edit"), three, Optional.empty(), ""),
                TestQuestions.pair("half", "a\ud83d", "\udc00b\u0000\r\n"),
                TestQuestions.pair("long", words, words + "!")));
        for (int i = 0; i < 6; i++) {
            questions.add(TestQuestions.pair("grade " + i, "a", "b"));
        }
        return questions;
    }

    private static List<Judgement> oneEach(List<Question> questions) {
        List<Judgement> judgements = new ArrayList<>(List.of(
                new Judgement.Preferred(new Preference.Graded(-2, 3)),
                Judgement.Scored.of(-0.1 + 0.3),
                new Judgement.Ordered(List.of(1, 0, 1)),
                new Judgement.Scored(List.of(OptionalDouble.of(1), OptionalDouble.empty(), OptionalDouble.of(-0.0))),
                new Judgement.Edited(2, Completion.raw("\ud83d half")),
                new Judgement.Abstained("both are in Greek"),
                new Judgement.Preferred(new Preference.Soft(Math.nextUp(0.1))),
                new Judgement.Preferred(new Preference.Left()),
                new Judgement.Preferred(new Preference.Right()),
                new Judgement.Preferred(new Preference.BothBad()),
                TIE));
        assertThat(judgements).hasSizeLessThanOrEqualTo(questions.size());
        return judgements;
    }

    @Test
    void everythingIsReadBackUnchanged() {
        List<Question> questions = everyForm();
        List<Judgement> judgements = oneEach(questions);
        MemoryLedger memory = new MemoryLedger();
        write(ledger -> {
            for (Ledger each : List.of(ledger, memory)) {
                questions.forEach(q -> each.ask(Presentation.of(q), PEOPLE));
                questions.forEach(q -> each.ask(Presentation.of(q).reversed(), new Identity("llm", "t=1")));
                for (int i = 0; i < judgements.size(); i++) {
                    Presentation asked = Presentation.of(questions.get(i));
                    each.attempt(asked, new Identity("llm", "t=1"));
                    each.answer(new Answer(
                            asked,
                            "people",
                            judgements.get(i),
                            new Provenance("ann", "sheet 1", 0.5),
                            i % 2 == 0 ? Optional.of("since\n“so”") : Optional.empty(),
                            i % 3 == 0 ? new Cost(0.1 * i, i, 2L * i) : Cost.NONE));
                }
                each.correct(answer(Presentation.of(questions.get(7)), TIE));
                each.fail(Presentation.of(questions.get(12)), PEOPLE, "a time-out");
                each.close("iteration-1", questions.subList(0, 3));
                each.close("iteration-2", questions.subList(0, 9));
            }
        });
        write(ledger -> {
            assertThat(ledger.entries()).isEqualTo(memory.entries());
            assertThat(ledger.open()).isEqualTo(memory.open()).hasSize(2 + questions.size());
            assertThat(ledger.tallies()).isEqualTo(memory.tallies());
            assertThat(List.copyOf(ledger.tallies().keySet()))
                    .isEqualTo(List.copyOf(memory.tallies().keySet()));
            assertThat(questions.stream().map(ledger::closed))
                    .isEqualTo(questions.stream().map(memory::closed).toList());
            assertThat(ledger.closed(questions.get(2))).contains("iteration-1");
            assertThat(ledger.closed(questions.get(8))).contains("iteration-2");
            assertThat(ledger.closed(questions.get(9))).isEmpty();
            assertThatThrownBy(() -> ledger.correct(answer(Presentation.of(questions.get(0)), TIE)))
                    .isInstanceOf(RespondentError.class)
                    .hasMessageContaining("iteration-1 has used its answer");
        });
    }

    /** The form of the files, which other programs read. */
    @Test
    void theLinesAreJsonWithAChecksumAtTheirEnd() throws IOException {
        Question question = TestQuestions.pair("q", "a", "b").on("again");
        Presentation asked = new Presentation(question, List.of(1, 0));
        write(ledger -> {
            ledger.ask(asked, PEOPLE);
            ledger.attempt(asked, PEOPLE);
            ledger.answer(new Answer(
                    asked,
                    "people",
                    new Judgement.Preferred(new Preference.Graded(2, 3)),
                    Provenance.by("ann"),
                    Optional.of("why"),
                    new Cost(0.5, 3, 4)));
            ledger.close("one", List.of(question));
        });
        String id = question.id();
        assertThat(lines("questions.jsonl").stream().map(line -> line.replaceAll("\"crc\":\"[0-9a-f]{8}\"", "CRC")))
                .containsExactly(
                        "{\"file\":\"questions\",\"version\":1,\"run\":\"7c01\",CRC}",
                        "{\"question\":\"" + id + "\",\"form\":\"PAIR\",\"prompt\":{\"id\":\"p-q\",\"text\":\"q\"},"
                                + "\"alternatives\":[\"a\",\"b\"],\"occasion\":\"again\",CRC}",
                        "{\"asked\":\"" + id + "\",\"order\":[1,0],\"respondent\":\"people\",CRC}",
                        "{\"closed\":\"one\",\"questions\":[\"" + id + "\"],CRC}");
        assertThat(lines("answers.jsonl").getLast().replaceAll("\"crc\":\"[0-9a-f]{8}\"", "CRC"))
                .isEqualTo("{\"answer\":\"" + id + "\",\"order\":[1,0],\"respondent\":\"people\","
                        + "\"preference\":{\"grade\":2,\"scale\":3},\"annotator\":\"ann\",\"rationale\":\"why\","
                        + "\"cost\":{\"amount\":0.5,\"input-tokens\":3,\"output-tokens\":4},CRC}");
        assertThat(lines("attempts.jsonl")).hasSize(2);
        // CRC-32C of "123456789" is e3069283; of this header, worked out by another program.
        assertThat(lines("attempts.jsonl").getFirst())
                .isEqualTo("{\"file\":\"attempts\",\"version\":1,\"run\":\"7c01\",\"crc\":\"0e5512c4\"}");
        for (String file : List.of("questions.jsonl", "answers.jsonl", "attempts.jsonl")) {
            lines(file)
                    .forEach(line ->
                            assertThat(Json.MAPPER.readTree(line).isObject()).isTrue());
        }
    }

    @Test
    void sameQuestionsInTheSameOrderGiveTheSameBytes() throws IOException {
        Respondent noisy = TestQuestions.each(
                "noisy",
                (p, e) -> e.answer(
                        p,
                        new Judgement.Preferred(new Preference.Soft(e.random(p).nextDouble()))));
        Path other = directory.resolve("other");
        for (Path each : List.of(directory.resolve("one"), other)) {
            try (FileLedger ledger = FileLedger.open(each, RUN)) {
                TestQuestions.inquiry(ledger).ask(noisy, TestQuestions.pairs(30));
            }
        }
        // The same, with a stop on the way.
        for (int count : new int[] {17, 30}) {
            try (FileLedger ledger = FileLedger.open(directory.resolve("three"), RUN)) {
                TestQuestions.inquiry(ledger).ask(noisy, TestQuestions.pairs(count));
            }
        }
        for (String file : List.of("questions.jsonl", "answers.jsonl")) {
            assertThat(directory.resolve("one").resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
        assertThat(directory.resolve("three/answers.jsonl")).hasSameBinaryContentAs(other.resolve("answers.jsonl"));
    }

    /** A process or machine that stops within a line, at any of its bytes. */
    @Test
    void incompleteLastLineIsDroppedAndAskedAgainWithTheSameResult() throws IOException {
        Respondent length = TestQuestions.length("length");
        List<Question> questions = TestQuestions.pairs(3);
        write(ledger -> TestQuestions.inquiry(ledger).ask(length, questions));
        Path file = directory.resolve("answers.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int last = lines("answers.jsonl").getLast().getBytes(StandardCharsets.UTF_8).length + 1;
        for (int cut = 0; cut <= last; cut += cut < 12 || cut > last - 12 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            int lost = cut < 2 ? 0 : 1;
            TestQuestions.Listening listening = new TestQuestions.Listening(length);
            write(ledger -> {
                assertThat(ledger.open()).hasSize(lost);
                TestQuestions.inquiry(ledger).ask(listening, questions);
            });
            assertThat(listening.heard()).hasSize(lost);
            assertThat(Files.readAllBytes(file)).as("cut by %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void incompleteHeaderIsRewritten() throws IOException {
        write(ledger -> {});
        for (String name : List.of("questions.jsonl", "answers.jsonl")) {
            Path file = directory.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length += 3) {
                Files.write(file, Arrays.copyOf(whole, length));
                write(ledger -> assertThat(ledger.open()).isEmpty());
                assertThat(Files.readAllBytes(file)).isEqualTo(whole);
            }
        }
    }

    @Test
    void aLastLineOfZerosIsDropped() throws IOException {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(2)));
        Path file = directory.resolve("answers.jsonl");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[200], StandardOpenOption.APPEND);
        write(ledger -> assertThat(ledger.open()).isEmpty());
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        Files.write(file, "{\"answer\":\0\0\0\"}\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        write(ledger -> assertThat(ledger.open()).isEmpty());
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void anyOtherDamagedLineIsAnErrorWithItsPlace() throws IOException {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(3)));
        for (String name : List.of("questions.jsonl", "answers.jsonl")) {
            Path file = directory.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            int first = lines(name).getFirst().length() + 1;
            int second = first + lines(name).get(1).length();
            for (int at = first; at <= second; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 1;
                Files.write(file, damaged);
                assertThatThrownBy(() -> FileLedger.open(directory, RUN))
                        .isInstanceOf(UserError.class)
                        .hasMessageStartingWith(
                                file + ":2: the line is damaged: it does not fit its checksum. Restore ");
            }
            Files.write(file, whole);
        }
        // The last line, edited by hand: not torn.
        Path answers = directory.resolve("answers.jsonl");
        String text = Files.readString(answers);
        Files.writeString(
                answers,
                text.substring(0, text.lastIndexOf("right")) + "wrong" + text.substring(text.lastIndexOf("right") + 5));
        assertThatThrownBy(() -> FileLedger.open(directory, RUN))
                .hasMessageStartingWith(answers + ":4: the line is damaged");
        Files.writeString(answers, text.replace("\n", "\r\n"));
        assertThatThrownBy(() -> FileLedger.open(directory, RUN))
                .hasMessageStartingWith(answers + ":1: the line is damaged");
        Files.writeString(answers, text);
        write(ledger -> assertThat(ledger.open()).isEmpty());
    }

    @Test
    void deletedAnswerIsRequestedAgain() throws IOException {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(3)));
        List<String> lines = new ArrayList<>(lines("answers.jsonl"));
        lines.remove(2);
        Files.write(directory.resolve("answers.jsonl"), lines);
        write(ledger -> assertThat(ledger.open())
                .extracting(open -> open.presentation().question())
                .containsExactly(TestQuestions.pairs(3).get(1)));
    }

    @Test
    void answersOfAnotherRunAreRefusedByName() throws IOException {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(3)));
        assertThatThrownBy(() -> FileLedger.open(directory, "other"))
                .isInstanceOf(UserError.class)
                .hasMessage(directory.resolve("questions.jsonl")
                        + " belongs to run 7c01, not to run other: its questions cannot be used here");
        Path other = directory.resolve("other");
        try (FileLedger ledger = FileLedger.open(other, "other")) {
            assertThat(ledger.run()).isEqualTo("other");
        }
        Path answers = other.resolve("answers.jsonl");
        Files.copy(directory.resolve("answers.jsonl"), answers, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> FileLedger.open(other, "other"))
                .hasMessage(answers + " belongs to run 7c01, not to run other: its answers cannot be used here");
    }

    @Test
    void anAnswerWithoutItsQuestionIsAnErrorWithItsPlace() throws IOException {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(3)));
        Path same = directory.resolve("same");
        try (FileLedger ledger = FileLedger.open(same, RUN)) {
            TestQuestions.inquiry(ledger).ask(TestQuestions.length("other"), TestQuestions.pairs(2));
        }
        Path answers = same.resolve("answers.jsonl");
        Files.copy(directory.resolve("answers.jsonl"), answers, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> FileLedger.open(same, RUN))
                .hasMessageStartingWith(answers + ":2: PAIR "
                        + TestQuestions.pairs(1).getFirst().id())
                .hasMessageContaining("was not asked of length in this run");
        Files.delete(same.resolve("questions.jsonl"));
        assertThatThrownBy(() -> FileLedger.open(same, RUN))
                .hasMessageStartingWith(answers + ":2: it is about question "
                        + TestQuestions.pairs(1).getFirst().id() + ", which is not in questions.jsonl");
    }

    @Test
    void duplicateAnswerIsAnErrorWithItsLine() throws IOException {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(2)));
        Path answers = directory.resolve("answers.jsonl");
        Files.writeString(answers, lines("answers.jsonl").getLast() + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> FileLedger.open(directory, RUN))
                .hasMessageStartingWith(answers + ":4: PAIR ")
                .hasMessageContaining("has an answer by length already");
    }

    @Test
    void aNewerFormIsRefused() throws IOException {
        write(ledger -> {});
        Path file = directory.resolve("questions.jsonl");
        Files.write(
                file,
                LedgerFile.bytes(Json.MAPPER
                        .createObjectNode()
                        .put("file", "questions")
                        .put("version", 2)
                        .put("run", RUN)));
        assertThatThrownBy(() -> FileLedger.open(directory, RUN))
                .isInstanceOf(UserError.class)
                .hasMessage(file + " was written by a newer version of this program (form 2; this one reads up to 1):"
                        + " use that version");
    }

    @Test
    void anotherFileUnderTheNameIsLeftAlone() throws IOException {
        Path file = directory.resolve("questions.jsonl");
        Files.writeString(file, "{\"prompt\": \"what?\"}\n");
        assertThatThrownBy(() -> FileLedger.open(directory, RUN)).hasMessageStartingWith(file + ":1: ");
        assertThat(Files.readString(file)).isEqualTo("{\"prompt\": \"what?\"}\n");
        Files.delete(file);
        write(ledger -> {});
        Files.copy(directory.resolve("answers.jsonl"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> FileLedger.open(directory, RUN))
                .hasMessageStartingWith(file + " does not hold questions, or its first line is missing.");
    }

    @Test
    void aLedgerIsOpenOnceAtATime() {
        write(ledger -> {
            for (int twice = 0; twice < 2; twice++) {
                assertThatThrownBy(() -> FileLedger.open(directory))
                        .isInstanceOf(UserError.class)
                        .hasMessage("the questions and answers in " + directory + " are in use by this process");
            }
        });
        write(ledger -> {});
        assertThatThrownBy(() -> FileLedger.open(directory.resolve("none")))
                .hasMessage(directory.resolve("none") + " holds no questions: there is no questions.jsonl in it");
    }

    @Test
    void aLedgerCanBeOpenedWithoutItsRunsName() {
        write(ledger -> TestQuestions.inquiry(ledger).ask(TestQuestions.length("length"), TestQuestions.pairs(2)));
        try (FileLedger ledger = FileLedger.open(directory)) {
            assertThat(ledger.run()).isEqualTo(RUN);
            assertThat(ledger.entries()).hasSize(2);
        }
    }

    /** A question must be durable before an answer to it can be. */
    @Test
    void questionsAreWrittenBeforeTheirAnswers() throws IOException {
        List<Integer> counts = new ArrayList<>();
        Respondent looking = TestQuestions.each("looking", (Presentation p, Elicitation e) -> {
            try {
                counts.add(lines("questions.jsonl").size());
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            e.answer(p, TIE);
        });
        write(ledger -> TestQuestions.inquiry(ledger).ask(looking, TestQuestions.pairs(3)));
        assertThat(counts).containsExactly(7, 7, 7);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("questions.jsonl", "answers.jsonl", ".ledger.lock");
        }
    }
}
