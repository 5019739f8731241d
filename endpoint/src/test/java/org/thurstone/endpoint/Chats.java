package org.thurstone.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.respondent.Time;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import tools.jackson.databind.json.JsonMapper;

/** Chat models, replies and questions for tests. */
final class Chats {

    static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private Chats() {}

    record Holder(RespondentSource chat) {}

    /** A model as a recipe describes it. */
    static Chat of(String settings) {
        return (Chat) Recipe.parse("chat: {chat: " + settings + "}", "test")
                .bind(Holder.class, Catalogue.of(List.of(Chat.class)))
                .chat();
    }

    /** A clock that does not wait, and remembers for how long it was asked to. */
    static final class Clock implements Time {
        final List<Duration> slept = Collections.synchronizedList(new ArrayList<>());
        private long nanos;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
            synchronized (this) {
                nanos += duration.toNanos();
            }
        }

        @Override
        public Instant instant() {
            return NOW;
        }

        @Override
        public boolean await(Semaphore permits, Duration limit) {
            throw new UnsupportedOperationException();
        }
    }

    static ChatRespondent respondent(Chat chat, Map<String, String> environment, Time time) {
        return chat.respondent(environment, time, notice -> {});
    }

    static ChatRespondent respondent(Chat chat) {
        return respondent(chat, Map.of(), new Clock());
    }

    static Inquiry inquiry(Ledger ledger, double failures) {
        return new Inquiry(
                ledger,
                name -> new SplittableRandom(name.hashCode()),
                new Inquiry.Tolerance(failures, 1),
                warning -> {});
    }

    static Question pair(int i) {
        return Question.pair(
                new Prompt("p" + i, Text.raw("Which is better? " + i)), Completion.raw("good"), Completion.raw("bad"));
    }

    static Question write(int i) {
        return Question.write(new Prompt("p" + i, Text.raw("Say something about " + i)), "0");
    }

    static List<Question> pairs(int n) {
        return java.util.stream.IntStream.range(0, n).mapToObj(Chats::pair).toList();
    }

    static List<Question> writes(int n) {
        return java.util.stream.IntStream.range(0, n).mapToObj(Chats::write).toList();
    }

    /** A reply of OpenAI's interface. */
    static String openAi(String text) {
        return openAi(text, "stop");
    }

    static String openAi(String text, String finish) {
        return """
                {"id": "1", "model": "m-2026", "system_fingerprint": "fp_1",
                 "choices": [{"index": 0, "message": {"role": "assistant", "content": %s}, "finish_reason": "%s"}],
                 "usage": {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25}}""".formatted(JsonMapper.shared().writeValueAsString(text), finish);
    }

    /** A reply that prefers the completion {@code good}, wherever it is shown. */
    static String preferGood(ScriptedServer.Request request) {
        String words = request.body();
        boolean first = words.indexOf("\\ngood\\n") < words.indexOf("\\nbad\\n");
        return openAi("{\"reason\": \"it is good\", \"better\": \"" + (first ? "first" : "second") + "\"}");
    }
}
