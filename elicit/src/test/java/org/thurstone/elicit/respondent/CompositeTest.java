package org.thurstone.elicit.respondent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Parked;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.TestQuestions;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;

/** What holds for every respondent that is made of others. */
class CompositeTest {

    private static final RespondentSource COIN = Openings.of(coin("coin"));
    private static final RespondentSource HUMAN = new SimulatedHuman(3, 0.1, 1);

    @TempDir
    Path directory;

    private static Respondent coin(String name) {
        return TestQuestions.each(
                name,
                (p, e) -> e.answer(
                        p,
                        new Judgement.Preferred(
                                e.random(p).nextBoolean() ? new Preference.Left() : new Preference.Right())));
    }

    static Stream<RespondentSource> composites() {
        Map<Question, Judgement> gold = TestQuestions.pairs(8).stream()
                .map(q -> q.on("gold"))
                .collect(Collectors.toMap(q -> q, q -> TestQuestions.byLength(new Presentation(q, List.of(0, 1)))));
        return Stream.of(
                HUMAN,
                new Noisy(HUMAN, 0.3),
                new BothOrders(COIN, Ties.TIE),
                new Majority(HUMAN, 3, Label.VOTE, Ties.TIE),
                new Majority(COIN, 2, Label.SOFT, Ties.TIE),
                new Committee(
                        List.of(
                                new Committee.Member(HUMAN, 1),
                                new Committee.Member(COIN, 0.5),
                                new Committee.Member(COIN, 0.5)),
                        Label.VOTE,
                        Ties.TIE),
                new Routed(List.of(
                        new Routed.Route(Optional.empty(), Optional.empty(), Optional.of("[02468]$"), HUMAN),
                        new Routed.Route(Optional.empty(), Optional.empty(), Optional.empty(), COIN))),
                new Retrying(COIN, 3, Duration.ofSeconds(1)),
                new RateLimited(COIN, 1e9, 3),
                new Capped(COIN, 1, 3),
                new Timeout(HUMAN, Duration.ofHours(1)),
                opening -> GoldQuestions.of(HUMAN.open(opening), gold, 0.1),
                new Majority(new BothOrders(new Noisy(HUMAN, 0.2), Ties.TIE), 3, Label.SOFT, Ties.TIE));
    }

    private static Respondent open(RespondentSource source) {
        return source.open(Openings.judgedBy(TestQuestions.length("length")));
    }

    @ParameterizedTest
    @MethodSource("composites")
    void answersDoNotDependOnOrderOrBatches(RespondentSource source) {
        List<Question> questions = TestQuestions.pairs(20);
        Map<Question, Answer> whole = TestQuestions.inquiry().ask(open(source), questions);
        assertThat(whole).hasSize(20);
        List<Question> shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(5));
        var inquiry = TestQuestions.inquiry();
        Map<Question, Answer> single = new HashMap<>();
        shuffled.forEach(q -> single.putAll(inquiry.ask(open(source), List.of(q))));
        assertThat(single).isEqualTo(whole);
    }

    /** A kill at any append: the same bytes, and no member is asked twice. */
    @ParameterizedTest
    @MethodSource("composites")
    void aKillAnywhereChangesNoByte(RespondentSource source) throws IOException {
        List<Question> questions = TestQuestions.pairs(5);
        Path whole = directory.resolve("whole");
        try (FileLedger ledger = FileLedger.open(whole, "run")) {
            TestQuestions.inquiry(ledger).ask(open(source), questions);
        }
        long lines = lines(whole);
        for (long at = 1; at < lines; at += Math.max(1, lines / 8)) {
            Path killed = directory.resolve("killed-" + at);
            try (FileLedger ledger = FileLedger.open(killed, "run")) {
                TestQuestions.inquiry(dying(ledger, at)).ask(open(source), questions);
            } catch (StackOverflowError | RespondentError e) {
                // The kill.
            }
            try (FileLedger ledger = FileLedger.open(killed, "run")) {
                TestQuestions.inquiry(ledger).ask(open(source), questions);
            }
            for (String file : List.of("questions.jsonl", "answers.jsonl")) {
                assertThat(killed.resolve(file)).as("killed at %d", at).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
    }

    private static long lines(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("questions.jsonl")).size()
                + Files.readAllLines(directory.resolve("answers.jsonl")).size();
    }

    /** Refuses all after so many calls that write. */
    private static Ledger dying(FileLedger ledger, long at) {
        int[] calls = {0};
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (List.of("ask", "answer", "fail").contains(method.getName()) && ++calls[0] >= at) {
                        throw new StackOverflowError("killed");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("composites")
    void theIdentityCoversTheMembers(RespondentSource source) {
        Respondent one = source.open(Openings.judgedBy(TestQuestions.length("length")));
        Respondent other = source.open(Openings.judgedBy(TestQuestions.length("width")));
        Respondent again = source.open(Openings.judgedBy(TestQuestions.length("length")));
        assertThat(one.identity()).isEqualTo(again.identity());
        boolean judged = Stream.of(one).anyMatch(r -> asksJudge(r));
        assertThat(one.identity().equals(other.identity())).isEqualTo(!judged);
    }

    private static boolean asksJudge(Respondent respondent) {
        return respondent.identity().name().equals("length")
                || respondent.members().stream().anyMatch(CompositeTest::asksJudge);
    }

    @Test
    void anIdentityIsReadable() {
        Identity identity = open(new Retrying(new BothOrders(COIN, Ties.TIE), 3, Duration.ZERO))
                .identity();
        assertThat(identity.name()).isEqualTo("retrying(both-orders(coin))");
        RespondentSource five = new Committee(
                Stream.of("a", "b", "c", "d", "e")
                        .map(name -> new Committee.Member(Openings.of(coin(name)), 1))
                        .toList(),
                Label.VOTE,
                Ties.TIE);
        assertThat(open(five).identity().name()).isEqualTo("committee(a, b, c and 2 more)");
    }

    @Test
    void everyPartCanBeNamedInARecipeAndHasItsDefaults() {
        Catalogue catalogue = Catalogue.installed();
        catalogue.checkDefaults();
        assertThat(catalogue.parts()).extracting(NamedPart::summary).allMatch(summary -> !summary.isEmpty());
    }

    /** Whatever a member leaves open stays open, and nothing is made of the rest. */
    @Test
    void openQuestionsStayOpen() {
        RespondentSource file = new FromFile("");
        List<RespondentSource> sources = List.of(
                file,
                new Noisy(file, 0.5),
                new BothOrders(file, Ties.TIE),
                new Majority(file, 3, Label.VOTE, Ties.TIE),
                new Committee(
                        List.of(new Committee.Member(file, 1), new Committee.Member(COIN, 1)), Label.SOFT, Ties.TIE),
                new Routed(List.of(new Routed.Route(Optional.empty(), Optional.empty(), Optional.empty(), file))),
                new Retrying(file, 3, Duration.ofSeconds(1)),
                new RateLimited(file, 1, 100),
                new Capped(file, 1, 1),
                new Timeout(file, Duration.ofHours(1)));
        for (RespondentSource source : sources) {
            var inquiry = TestQuestions.inquiry();
            assertThatThrownBy(() -> inquiry.ask(open(source), TestQuestions.pairs(4)))
                    .isInstanceOf(Parked.class)
                    .hasMessage("4 questions wait for answers");
            Respondent opened = open(source);
            assertThat(inquiry.ledger().entries().stream()
                            .filter(entry ->
                                    entry.respondent().equals(opened.identity().key()))
                            .filter(entry -> entry.answer().isPresent()))
                    .isEmpty();
        }
    }

    /** What a member fails at and abstains from is failed at and abstained from. */
    @Test
    void failuresAndAbstentionsArePassedOn() {
        Respondent unsure = TestQuestions.each("unsure", (p, e) -> {
            if (p.question().prompt().text().plain().endsWith("0")) {
                e.fail(p, "a time-out");
            } else if (p.question().prompt().text().plain().endsWith("1")) {
                e.answer(p, Openings.abstained("no English"));
            } else {
                e.answer(p, Openings.LEFT);
            }
        });
        RespondentSource member = Openings.of(unsure);
        List<RespondentSource> sources = List.of(
                new Noisy(member, 0.5),
                new BothOrders(member, Ties.TIE),
                new Majority(member, 3, Label.VOTE, Ties.TIE),
                new Committee(
                        List.of(new Committee.Member(member, 1), new Committee.Member(COIN, 1)), Label.SOFT, Ties.TIE),
                new Routed(List.of(new Routed.Route(Optional.empty(), Optional.empty(), Optional.empty(), member))),
                new RateLimited(member, 1e9, 100),
                new Capped(member, 1, 1),
                new Timeout(member, Duration.ofHours(1)));
        for (RespondentSource source : sources) {
            List<String> warnings = new ArrayList<>();
            var inquiry = TestQuestions.inquiry(new MemoryLedger(), 0.5, 1, warnings);
            Respondent opened = open(source);
            assertThat(inquiry.ask(opened, TestQuestions.pairs(4)))
                    .as(opened.identity().name())
                    .hasSize(2);
            assertThat(warnings).singleElement().asString().contains("(1 failed, 1 abstained)");
        }
    }

    @Test
    void ratingsPassThroughThoseThatAnswerAnyForm() {
        Question question = Question.rate(TestQuestions.prompt("q"), Completion.raw("abc"));
        RespondentSource length = Openings.of(TestQuestions.length("length"));
        for (RespondentSource source : List.of(
                new Majority(length, 3, Label.VOTE, Ties.TIE),
                new Committee(List.of(new Committee.Member(length, 1)), Label.SOFT, Ties.TIE),
                new Retrying(length, 2, Duration.ZERO),
                new RateLimited(length, 60, 1),
                new Capped(length, 1, 1),
                new Cached(length),
                new Timeout(length, Duration.ofHours(1)))) {
            Respondent opened = source.open(Openings.in(directory, TestQuestions.length("length")));
            assertThat(TestQuestions.inquiry()
                            .ask(opened, List.of(question))
                            .get(question)
                            .judgement())
                    .isEqualTo(Judgement.Scored.of(3));
        }
    }

    /** Costs are counted once: with the member that was paid. */
    @Test
    void aCompositeCostsNothingMore() {
        var ledger = new MemoryLedger();
        TestQuestions.inquiry(ledger)
                .ask(
                        open(new Majority(Openings.of(Paid.of("llm", 0.5)), 3, Label.VOTE, Ties.TIE)),
                        TestQuestions.pairs(4));
        Map<String, Double> costs = new LinkedHashMap<>();
        ledger.tallies()
                .forEach((key, tally) ->
                        costs.put(key.replaceAll("@.*", ""), tally.cost().amount()));
        assertThat(costs).containsExactly(Map.entry("majority(llm)", 0.0), Map.entry("llm", 6.0));
    }
}
