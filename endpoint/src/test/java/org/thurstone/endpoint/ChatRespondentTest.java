package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.elicit.respondent.BothOrders;
import org.thurstone.elicit.respondent.Ties;
import org.thurstone.endpoint.ScriptedServer.Reply;

class ChatRespondentTest {

    private final Ledger ledger = new MemoryLedger();
    private final Chats.Clock clock = new Chats.Clock();

    private Map<Question, Answer> ask(Respondent who, List<Question> questions) {
        return Chats.inquiry(ledger, 1).ask(who, questions);
    }

    private ChatRespondent open(ScriptedServer server, String more) {
        return Chats.respondent(
                Chats.of("{endpoint: openai, model: m, base-url: " + server.url() + "/v1" + more + "}"),
                Map.of("MY_KEY", "sk-canary+1/2"),
                clock);
    }

    private Ledger.Tally tally(Respondent who) {
        return ledger.tallies().getOrDefault(who.identity().key(), Ledger.Tally.NONE);
    }

    /** The judgement about a single question, also where it is an abstention. */
    private Judgement judgement(Respondent who, Question question) {
        ask(who, List.of(question));
        return ledger.entries().stream()
                .filter(e -> e.presentation().question().equals(question)
                        && e.respondent().equals(who.identity().key()))
                .findFirst()
                .orElseThrow()
                .answer()
                .orElseThrow()
                .judgement();
    }

    @Test
    void aPairIsJudgedInBothOrdersAndThePreferenceIsForTheCompletion() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.preferGood(r)))) {
            ChatRespondent single = open(server, "");
            Respondent both = BothOrders.of(single, Ties.TIE);
            Map<Question, Answer> answers = ask(both, Chats.pairs(6));
            assertThat(answers).hasSize(6);
            answers.forEach((question, answer) -> {
                Preference preference = ((Judgement.Preferred) answer.judgement()).preference();
                boolean goodIsLeft =
                        question.alternatives().getFirst().text().plain().equals("good");
                assertThat(preference).isEqualTo(goodIsLeft ? new Preference.Left() : new Preference.Right());
                assertThat(answer.rationale()).contains("it is good\nit is good");
                assertThat(answer.by().annotator()).isEqualTo("m-2026 (fp_1)");
            });
            assertThat(server.attempts()).isEqualTo(12);
            assertThat(tally(single).cost().inputTokens()).isEqualTo(240);
            assertThat(tally(single).cost().outputTokens()).isEqualTo(60);
        }
    }

    @Test
    void aJudgeThatPrefersAPlaceIsATieOrAnAbstention() {
        try (ScriptedServer server =
                new ScriptedServer(r -> Reply.of(200, Chats.openAi("{\"reason\": \"\", \"better\": \"first\"}")))) {
            assertThat(judgement(BothOrders.of(open(server, ""), Ties.TIE), Chats.pair(1)))
                    .isEqualTo(new Judgement.Preferred(new Preference.Tie()));
        }
    }

    @Test
    void completionsAreWrittenWithTheirEnds() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(
                200, r.body().contains("about 1") ? Chats.openAi("cut", "length") : Chats.openAi(" Hello 🙂 ")))) {
            ChatRespondent who = open(server, "");
            assertThat(judgement(who, Chats.write(0)))
                    .isEqualTo(new Judgement.Written(new org.thurstone.data.Completion(Text.raw(" Hello 🙂 "), true)));
            assertThat(judgement(who, Chats.write(1)))
                    .isEqualTo(new Judgement.Written(new org.thurstone.data.Completion(Text.raw("cut"), false)));
        }
    }

    @Test
    void aRatingIsOneNumberOnItsScale() {
        for (String score : List.of("7", "11", "0", "\"7\"", "null", "1e400")) {
            try (ScriptedServer server = new ScriptedServer(
                    r -> Reply.of(200, Chats.openAi("{\"reason\": \"\", \"score\": " + score + "}")))) {
                ChatRespondent who = open(server, ", attempts: 2, temperature: 0." + Math.abs(score.hashCode() % 99));
                Judgement said = judgement(
                        who, Question.rate(new Prompt("p", Text.raw("q")), org.thurstone.data.Completion.raw("a")));
                if (score.equals("7")) {
                    assertThat(said).isEqualTo(Judgement.Scored.of(7));
                } else {
                    assertThat(said).isInstanceOf(Judgement.Abstained.class);
                    assertThat(server.attempts()).isEqualTo(2);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I like the first",
                "{\"better\": \"third\"}",
                "{\"better\": \"first\"} {\"better\": \"second\"}",
                "{\"better\": \"fir"
            })
    void aReplyThatIsNoJudgementIsAFailedAttemptAndInTheEndAnAbstention(String words) {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi(words)))) {
            ChatRespondent who = open(server, ", attempts: 3");
            assertThat(judgement(who, Chats.pair(1))).isInstanceOf(Judgement.Abstained.class);
            assertThat(server.attempts()).isEqualTo(3);
            assertThat(tally(who)).satisfies(t -> {
                assertThat(t.attempts()).isEqualTo(3);
                assertThat(t.failed()).isEqualTo(3);
                assertThat(t.abstained()).isEqualTo(1);
                assertThat(t.cost().outputTokens()).isEqualTo(15); // each of the three was paid for
            });
            ask(who, List.of(Chats.pair(1)));
            assertThat(server.attempts())
                    .as("an abstention is not asked for again")
                    .isEqualTo(3);
        }
    }

    @Test
    void aJudgeThatIsDeadStopsTheRunInsteadOfGivingTies() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("no comment")))) {
            Respondent both = BothOrders.of(open(server, ", attempts: 1"), Ties.TIE);
            assertThatThrownBy(() -> Chats.inquiry(ledger, 0.05).ask(both, Chats.pairs(4)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("left 4 of 4 questions without an answer (0 failed, 4 abstained)");
        }
    }

    @Test
    void aPairWithAnAnswerInOneOrderOnlyIsNone() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (ScriptedServer server = new ScriptedServer(
                r -> Reply.of(200, seen.add("one") ? Chats.preferGood(r) : Chats.openAi("no comment")))) {
            Respondent both = BothOrders.of(open(server, ", attempts: 1"), Ties.TIE);
            assertThat(judgement(both, Chats.pair(1))).isInstanceOf(Judgement.Abstained.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\": {\"code\": 429, \"message\": \"slow down\"}}",
                "{\"error\": {\"message\": \"oops\"}}",
                "{\"choices\": [{\"message\": {\"content\": \"\"}, \"finish_reason\": \"error\"}]}",
                "{\"choices\": []}",
                "{}",
            })
    void anErrorWithStatus200IsRetriedAndNeverAnAnswer(String body) {
        try (ScriptedServer server =
                new ScriptedServer(r -> r.number() == 1 ? Reply.of(200, body) : Reply.of(200, Chats.openAi("fine")))) {
            ChatRespondent who = open(server, "");
            assertThat(judgement(who, Chats.write(1))).isInstanceOf(Judgement.Written.class);
            assertThat(server.attempts()).isEqualTo(2);
            assertThat(tally(who).failed()).isEqualTo(1);
        }
    }

    @Test
    void anErrorWithStatus200ThatIsFinalStopsTheRun() {
        try (ScriptedServer server =
                new ScriptedServer(r -> Reply.of(200, "{\"error\": {\"code\": 401, \"message\": \"bad key\"}}"))) {
            assertThatThrownBy(() -> ask(open(server, ""), Chats.writes(3)))
                    .hasMessageContaining("answered 401: bad key");
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 408, 500, 502, 503, 504, 529})
    void refusalsAreRetriedAfterAPauseAndCostNothing(int status) {
        try (ScriptedServer server = new ScriptedServer(r -> r.number() <= 2
                ? Reply.of(status, "{\"error\": {\"message\": \"busy\"}}")
                : Reply.of(200, Chats.openAi("fine")))) {
            ChatRespondent who = open(server, "");
            assertThat(ask(who, List.of(Chats.write(1)))).hasSize(1);
            assertThat(server.attempts()).isEqualTo(3);
            assertThat(tally(who)).satisfies(t -> {
                assertThat(t.attempts()).isEqualTo(3);
                assertThat(t.failed()).isEqualTo(2);
                assertThat(t.cost().inputTokens()).isEqualTo(20);
            });
            assertThat(clock.slept).hasSize(2);
            assertThat(clock.slept.get(1))
                    .isGreaterThan(clock.slept.get(0).multipliedBy(11).dividedBy(10));
        }
    }

    @Test
    void theServersOwnWaitIsKept() {
        try (ScriptedServer server = new ScriptedServer(r -> r.number() == 1
                ? Reply.of(429, "{}").with("Retry-After", "7.5")
                : Reply.of(200, Chats.openAi("fine")))) {
            ask(open(server, ""), List.of(Chats.write(1)));
            assertThat(clock.slept).containsExactly(Duration.ofMillis(7500));
        }
    }

    @Test
    void aLimitThatIsUsedUpSlowsTheNextCall() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("fine"))
                .with("x-ratelimit-remaining-requests", "0")
                .with("x-ratelimit-reset-requests", "1m30s"))) {
            ask(open(server, ""), Chats.writes(2));
            assertThat(clock.slept).containsExactly(Duration.ofSeconds(90));
        }
    }

    @Test
    void aWaitThatIsTooLongStopsTheRunWithItsTime() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(429, "{}").with("Retry-After", "3600"))) {
            assertThatThrownBy(() -> ask(open(server, ""), Chats.writes(2)))
                    .hasMessageContaining("2026-11-29T13:00:00Z");
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void otherErrorsStopTheRunAtTheFirstCallWithTheProvidersSentence(int status) {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(
                status, "{\"error\": {\"message\": \"Unsupported parameter: 'max_tokens' is not supported\"}}"))) {
            ChatRespondent who = open(server, "");
            assertThatThrownBy(() -> ask(who, Chats.writes(50)))
                    .isInstanceOf(RespondentError.class)
                    .hasMessageContaining(
                            "answered " + status + ": Unsupported parameter: 'max_tokens' is not supported");
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aQuotaThatIsUsedUpStopsAtOnce() {
        try (ScriptedServer server = new ScriptedServer(r ->
                Reply.of(429, "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"no credit left\"}}"))) {
            assertThatThrownBy(() -> ask(open(server, ""), Chats.writes(5))).hasMessageContaining("no credit left");
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aQuestionThatIsTooLargeFailsAlone() {
        try (ScriptedServer server = new ScriptedServer(
                r -> r.body().contains("about 1") ? Reply.of(413, "too large") : Reply.of(200, Chats.openAi("fine")))) {
            assertThat(ask(open(server, ""), Chats.writes(3))).hasSize(2);
            assertThat(server.attempts()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '<html>not found</html>', has no /v1 at its end",
        "/v1/chat/completions, '{}', 'base-url ends in /chat/completions'",
        "/v1, '{\"error\": {\"message\": \"The model `m` does not exist\", \"code\": \"model_not_found\"}}', the model m is not there",
    })
    void a404SaysWhichOfItsReasonsItLooksLike(String path, String body, String words) {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(404, body))) {
            ChatRespondent who = Chats.respondent(
                    Chats.of("{endpoint: openai, model: m, base-url: \"" + server.url() + path + "\"}"));
            assertThatThrownBy(() -> ask(who, Chats.writes(3)))
                    .hasMessageContaining(server.url() + path)
                    .hasMessageContaining(words);
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatWasLostIsBookedAndAskedForAgain() {
        try (ScriptedServer server = new ScriptedServer(r ->
                r.number() == 1 ? Reply.of(200, Chats.openAi("lost")).cutOff() : Reply.of(200, Chats.openAi("fine")))) {
            ChatRespondent who = open(server, ", max-tokens: 100");
            assertThat(ask(who, List.of(Chats.write(1)))).hasSize(1);
            assertThat(server.attempts()).isEqualTo(2);
            assertThat(tally(who).cost().outputTokens())
                    .as("100 that were reserved, 5 that were used")
                    .isEqualTo(105);
        }
    }

    @Test
    void aReplyThatIsNoJsonIsLost() {
        try (ScriptedServer server = new ScriptedServer(
                r -> r.number() == 1 ? Reply.of(200, "{\"choices\": [{\"mess") : Reply.of(200, Chats.openAi("fine")))) {
            assertThat(ask(open(server, ""), List.of(Chats.write(1)))).hasSize(1);
        }
    }

    @Test
    void aServerThatCannotBeReachedStopsTheRunAfterItsAttempts() {
        ScriptedServer server = new ScriptedServer(r -> Reply.of(200, ""));
        server.close();
        ChatRespondent who = open(server, ", attempts: 3");
        assertThatThrownBy(() -> ask(who, Chats.writes(100))).hasMessageContaining("could not be reached");
        assertThat(tally(who).attempts()).isEqualTo(3);
        assertThat(tally(who).cost().inputTokens()).isZero();
    }

    @Test
    void sixtyFourThreadsWithACapOf100SendExactly100() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("fine")))) {
            ChatRespondent who = open(server, ", parallel: 64, cap: {calls: 100}");
            assertThat(ask(who, Chats.writes(300))).hasSize(100);
            assertThat(server.attempts()).isEqualTo(100);
            assertThat(tally(who).attempts()).isEqualTo(100);
            // The cap is of the run, not of a call or a process.
            assertThat(ask(open(server, ", parallel: 64, cap: {calls: 100}"), Chats.writes(300)))
                    .hasSize(100);
            assertThat(server.attempts()).isEqualTo(100);
        }
    }

    @Test
    void aCapOnCostIsNotExceededWhateverIsInFlight(@TempDir Path directory) {
        Path prices = directory.resolve("prices.yaml");
        AtomicFile.write(prices, "models: {m: {input: 1000, output: 100000}}");
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("fine")))) {
            ChatRespondent who = open(server, ", max-tokens: 5, parallel: 32, price: " + prices + ", cap: {cost: 10}");
            int answered = ask(who, Chats.writes(300)).size();
            // 20 tokens read and 5 written are 0.52; a call reserves up to 0.3 more.
            assertThat(tally(who).cost().amount()).isLessThanOrEqualTo(10).isGreaterThan(9);
            assertThat(answered).isEqualTo(server.attempts());
        }
    }

    @Test
    void capsCountTokensToo() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("fine")))) {
            ChatRespondent who = open(server, ", max-tokens: 5, cap: {tokens: 2000}");
            ask(who, Chats.writes(300));
            assertThat(tally(who).cost().inputTokens() + tally(who).cost().outputTokens())
                    .isLessThanOrEqualTo(2000)
                    .isGreaterThan(1500);
        }
    }

    @Test
    void anInterruptEndsAllCallsAtOnceAndNoFurtherOneIsMade() throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(r -> r.number() == 1
                ? Reply.of(200, Chats.openAi("fine"))
                : Reply.of(200, "").after(Duration.ofSeconds(20)))) {
            ChatRespondent who = open(server, ", parallel: 4");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread asking = Thread.ofPlatform().start(() -> {
                try {
                    ask(who, Chats.writes(50));
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            while (server.attempts() < 5) {
                Thread.sleep(2);
            }
            long begin = System.nanoTime();
            asking.interrupt();
            asking.join();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(thrown.get()).isInstanceOf(RespondentError.class).hasMessageContaining("interrupted");
            int then = server.attempts();
            Thread.sleep(50);
            assertThat(server.attempts()).isEqualTo(then).isEqualTo(5);
        }
    }

    @Test
    void callsAreMadeInParallelUpToTheLimit() {
        try (ScriptedServer server =
                new ScriptedServer(r -> Reply.of(200, Chats.openAi("fine")).after(Duration.ofMillis(20)))) {
            ask(open(server, ", parallel: 5"), Chats.writes(40));
            assertThat(server.mostAtOnce()).isEqualTo(5);
        }
    }

    @Test
    void anAnswerThatWasCutWhileTheModelReasonedIsAnAbstentionWithItsCost() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(
                200,
                "{\"choices\": [{\"message\": {\"content\": \"\", \"reasoning_content\": \"hm\"}, \"finish_reason\":"
                        + " \"length\"}], \"usage\": {\"prompt_tokens\": 20, \"completion_tokens\": 64}}"))) {
            ChatRespondent who = open(server, "");
            assertThat(judgement(who, Chats.write(1))).isEqualTo(new Judgement.Abstained("cut while reasoning"));
            assertThat(tally(who).cost().outputTokens()).isEqualTo(64);
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @Test
    void thoughtsInTheTextAreRemovedOnlyWhereTheRecipeSaysSo() {
        try (ScriptedServer server = new ScriptedServer(
                r -> Reply.of(200, Chats.openAi("<think>\nhm\n</think>\n\nAnswer <think>x</think>")))) {
            assertThat(judgement(open(server, ""), Chats.write(1)).toString()).contains("<think>\nhm");
            assertThat(judgement(open(server, ", strip-thinking: true"), Chats.write(1)))
                    .isEqualTo(new Judgement.Written(
                            new org.thurstone.data.Completion(Text.raw("Answer <think>x</think>"), true)));
        }
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("<think>\nhm", "length")))) {
            assertThat(judgement(open(server, ", strip-thinking: true"), Chats.write(1)))
                    .isEqualTo(new Judgement.Abstained("cut while reasoning"));
        }
    }

    @Test
    void aRefusalIsCountedApartAndNotRetried() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(
                200,
                "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"I will not\"}, \"finish_reason\":"
                        + " \"stop\"}]}"))) {
            assertThat(judgement(open(server, ""), Chats.pair(1)))
                    .isEqualTo(new Judgement.Abstained("refused: I will not"));
            assertThat(server.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aToolCallThatWasNotOfferedIsNoAnswer() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(
                200,
                "{\"choices\": [{\"message\": {\"content\": null, \"tool_calls\": [{\"id\": \"c\", \"type\": \"function\","
                        + " \"function\": {\"name\": \"rm\", \"arguments\": \"{not json\"}}]}, \"finish_reason\":"
                        + " \"tool_calls\"}]}"))) {
            assertThat(judgement(open(server, ", attempts: 2"), Chats.write(1)))
                    .isEqualTo(new Judgement.Abstained("the reply calls a tool, and none was offered"));
        }
    }

    @Test
    void aServerThatCutThePromptIsAnError() {
        Question question = Question.write(new Prompt("long", Text.raw("word ".repeat(300))), "0");
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("half an answer")))) {
            assertThatThrownBy(() -> ask(open(server, ""), List.of(question)))
                    .hasMessageContaining("the server cut the prompt: it has 300 words, and 20 tokens were read");
        }
    }

    @Test
    void ollamasContextGoesThroughItsOwnInterface() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(
                200,
                "{\"model\": \"q\", \"message\": {\"role\": \"assistant\", \"content\": \"hi\"}, \"done\": true,"
                        + " \"done_reason\": \"stop\", \"prompt_eval_count\": 9, \"eval_count\": 2}"))) {
            ChatRespondent who = Chats.respondent(
                    Chats.of("{endpoint: ollama, model: q, context: 8192, base-url: \"" + server.url() + "\"}"));
            assertThat(judgement(who, Chats.write(1))).isInstanceOf(Judgement.Written.class);
            assertThat(server.requests().getFirst().target()).isEqualTo("/api/chat");
            assertThat(server.requests()
                            .getFirst()
                            .json()
                            .at("/options/num_ctx")
                            .asInt())
                    .isEqualTo(8192);
        }
    }

    @Test
    void onlyWhatIsSetIsSent() {
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("fine")))) {
            ask(open(server, ""), List.of(Chats.write(1)));
            assertThat(server.requests().getFirst().json().propertyNames())
                    .containsExactlyInAnyOrder("model", "messages", "stream");
            assertThat(server.requests().getFirst().headers())
                    .as("a key is not sent to another server unless it is named")
                    .doesNotContainKey("authorization");
            ask(open(server, ", max-completion-tokens: 9, temperature: 0, key: MY_KEY"), List.of(Chats.write(1)));
            assertThat(server.requests().getLast().json().propertyNames())
                    .containsExactlyInAnyOrder("model", "messages", "stream", "max_completion_tokens", "temperature");
            assertThat(server.requests().getLast().headers()).containsEntry("authorization", "Bearer sk-canary+1/2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyProviderIsAskedAndStreamed(Provider provider) {
        String settings = switch (provider) {
            case ANTHROPIC -> ", max-tokens: 50";
            default -> "";
        };
        Map<Provider, String> whole = Map.of(
                Provider.OPENAI, Chats.openAi("hi"),
                Provider.ANTHROPIC,
                        "{\"type\": \"message\", \"role\": \"assistant\", \"model\": \"c\", \"content\": [{\"type\": \"text\","
                                + " \"text\": \"hi\"}], \"stop_reason\": \"end_turn\", \"usage\": {\"input_tokens\": 3,"
                                + " \"output_tokens\": 1}}",
                Provider.GEMINI,
                        "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": \"hi\"}]},"
                                + " \"finishReason\": \"STOP\"}], \"usageMetadata\": {\"promptTokenCount\": 3,"
                                + " \"candidatesTokenCount\": 1}}",
                Provider.OLLAMA,
                        "{\"model\": \"q\", \"message\": {\"role\": \"assistant\", \"content\": \"hi\"}, \"done\": true,"
                                + " \"done_reason\": \"stop\", \"prompt_eval_count\": 3, \"eval_count\": 1}");
        Map<Provider, String> streamed = Map.of(
                Provider.OPENAI,
                "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n"
                        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                Provider.ANTHROPIC,
                "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}\n\n"
                        + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n",
                Provider.GEMINI,
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]},\"finishReason\":\"STOP\"}]}\n\n",
                Provider.OLLAMA,
                "{\"message\":{\"content\":\"hi\"},\"done\":false}\n{\"message\":{\"content\":\"\"},\"done\":true}\n");
        for (boolean stream : new boolean[] {false, true}) {
            try (ScriptedServer server =
                    new ScriptedServer(r -> Reply.of(200, (stream ? streamed : whole).getOrDefault(provider, ""))
                            .inPieces(7, Duration.ZERO))) {
                Chat chat = Chats.of("{endpoint: " + provider.name().toLowerCase(java.util.Locale.ROOT)
                        + ", model: m, key: MY_KEY, stream: " + stream + ", base-url: \"" + server.url() + "\""
                        + settings
                        + "}");
                ChatRespondent who = Chats.respondent(chat, Map.of("MY_KEY", "k"), clock);
                assertThat(judgement(who, Chats.write(1)))
                        .isEqualTo(new Judgement.Written(org.thurstone.data.Completion.raw("hi")));
                ScriptedServer.Request sent = server.requests().getFirst();
                assertThat(sent.target()).doesNotContain("key=");
                assertThat(
                                provider == Provider.GEMINI
                                        ? sent.target().contains("streamGenerateContent?alt=sse")
                                        : sent.json().path("stream").asBoolean(false))
                        .isEqualTo(stream);
            }
        }
    }

    @Test
    void aStreamThatBreaksOffIsLostAndAskedForAgain() {
        String half = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
        String rest = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, r.number() == 1 ? half : half + rest))) {
            ChatRespondent who = open(server, ", stream: true");
            assertThat(judgement(who, Chats.write(1))).isInstanceOf(Judgement.Written.class);
            assertThat(server.attempts()).isEqualTo(2);
        }
    }

    @Test
    void anotherModelThatAnswersIsNoticedAndRecorded() {
        List<String> notices = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedServer server = new ScriptedServer(r ->
                Reply.of(200, Chats.openAi("fine").replace("m-2026", r.number() <= 2 ? "m-old" : "m-new")))) {
            ChatRespondent who = Chats.of(
                            "{endpoint: openai, model: m, parallel: 1, base-url: " + server.url() + "/v1}")
                    .respondent(Map.of(), clock, notices::add);
            Map<Question, Answer> answers = ask(who, Chats.writes(4));
            assertThat(answers.values().stream().map(a -> a.by().annotator()))
                    .containsExactlyInAnyOrder("m-old (fp_1)", "m-old (fp_1)", "m-new (fp_1)", "m-new (fp_1)");
            assertThat(notices).containsExactly("warning: openai/m answered as m-old (fp_1), and now as m-new (fp_1)");
        }
    }

    @Test
    void everythingThatIsSentIsInTheIdentity() {
        List<String> settings = List.of(
                "",
                ", temperature: 0",
                ", temperature: 0.1",
                ", top-p: 0.9",
                ", max-tokens: 9",
                ", max-completion-tokens: 9",
                ", stop: [a]",
                ", stop: [a, b]",
                ", seed: 1",
                ", seed: 2",
                ", system: be brief",
                ", criteria: brevity",
                ", schema: true",
                ", stream: true",
                ", strip-thinking: true");
        Set<String> keys = new java.util.HashSet<>();
        for (String more : settings) {
            keys.add(Chats.respondent(
                            Chats.of("{endpoint: openai, model: m, base-url: http://localhost:1/v1" + more + "}"))
                    .identity()
                    .key());
        }
        keys.add(Chats.respondent(Chats.of("{endpoint: openai, model: m, base-url: http://localhost:2/v1}"))
                .identity()
                .key());
        keys.add(Chats.respondent(Chats.of("{endpoint: openai, model: n, base-url: http://localhost:1/v1}"))
                .identity()
                .key());
        assertThat(keys).hasSize(settings.size() + 2);
        for (String more : List.of(", parallel: 2", ", attempts: 1", ", cap: {calls: 7}", ", timeouts: {idle: 5s}")) {
            assertThat(keys)
                    .as("what is not sent does not change answers")
                    .contains(Chats.respondent(Chats.of(
                                    "{endpoint: openai, model: m, base-url: http://localhost:1/v1" + more + "}"))
                            .identity()
                            .key());
        }
    }

    @Test
    void samplesOfAPromptHaveSeedsOfTheirOwn() {
        Prompt prompt = new Prompt("p", Text.raw("q"));
        try (ScriptedServer server = new ScriptedServer(r -> Reply.of(200, Chats.openAi("a" + r.number())))) {
            Map<Question, Answer> answers = ask(
                    open(server, ", seed: 5"),
                    List.of(Question.write(prompt, "0"), Question.write(prompt, "1"), Question.write(prompt, "2")));
            assertThat(answers).hasSize(3);
            assertThat(server.requests().stream().map(r -> r.json().path("seed").asInt()))
                    .containsExactlyInAnyOrder(5, 6, 7);
        }
    }
}
