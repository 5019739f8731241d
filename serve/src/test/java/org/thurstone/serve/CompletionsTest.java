package org.thurstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.Encoded;
import tools.jackson.databind.JsonNode;

/** Completions and scores of a model of random weights. */
@Timeout(60)
class CompletionsTest {

    @TempDir
    private static Path directory;

    private static LanguageModel model;
    private static Api api;

    @BeforeAll
    static void start() {
        model = ByteModel.of(ByteModel.random(), directory);
        api = new Api(model);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.isString() ? each.stringValue() : each.toString()));
        return texts;
    }

    private static double[] forward(int[] tokens) {
        return model.policy()
                .forward(
                        List.of(TokenTree.of(new int[] {tokens[0]}, Arrays.copyOfRange(tokens, 1, tokens.length))),
                        false)
                .logProbs()
                .toDoubles();
    }

    /** The contract that lm-eval reads. */
    @Test
    void theLogProbabilitiesOfAPromptAreThoseOfAForwardPass() {
        String said = "né 🙂 <|im_end|>a";
        int[] ids = model.tokenizer().encode(said, false);
        String list = Arrays.toString(ids);
        JsonNode first = null;
        for (String prompt : List.of("'" + said + "'", list)) {
            for (int tokens : new int[] {0, 1}) {
                Api.Reply reply = api.complete("{'prompt': " + prompt
                        + ", 'echo': true, 'logprobs': 2, 'temperature': 0," + " 'max_tokens': " + tokens + "}");
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                JsonNode logProbs = reply.choice().path("logprobs");
                for (String name : List.of("tokens", "token_logprobs", "top_logprobs", "text_offset")) {
                    assertThat(logProbs.path(name).size()).as(name).isEqualTo(ids.length + tokens);
                }
                assertThat(logProbs.path("token_logprobs").path(0).isNull()).isTrue();
                assertThat(logProbs.path("top_logprobs").path(0).isNull()).isTrue();
                double[] forward = forward(ids);
                for (int i = 1; i < ids.length; i++) {
                    JsonNode own = logProbs.path("token_logprobs").path(i);
                    assertThat(own.doubleValue()).isCloseTo(forward[i - 1], within(1e-5));
                    JsonNode top = logProbs.path("top_logprobs").path(i);
                    // The same number: readers compare with ==.
                    assertThat(top.path(logProbs.path("tokens").path(i).stringValue()))
                            .isEqualTo(own);
                    assertThat(top.size()).isBetween(2, 3);
                }
                first = first == null ? logProbs : first;
                for (int i = 0; i < ids.length; i++) {
                    for (String name : List.of("tokens", "token_logprobs", "top_logprobs", "text_offset")) {
                        assertThat(logProbs.path(name).path(i))
                                .isEqualTo(first.path(name).path(i));
                    }
                }
                assertThat(reply.choice().path("text").stringValue()).startsWith(said);
                // Offsets in characters; the bytes of one character begin where it does.
                List<Integer> offsets = new ArrayList<>();
                logProbs.path("text_offset").forEach(at -> offsets.add(at.intValue()));
                assertThat(offsets.subList(0, ids.length)).containsExactly(0, 1, 1, 2, 3, 3, 3, 3, 4, 5, 15);
                assertThat(reply.choice().path("finish_reason").stringValue()).isEqualTo("length");
                assertThat(texts(logProbs.path("tokens")).subList(0, 9))
                        .containsExactly(
                                "n",
                                "bytes:\\xc3",
                                "bytes:\\xa9",
                                " ",
                                "bytes:\\xf0",
                                "bytes:\\x9f",
                                "bytes:\\x99",
                                "bytes:\\x82",
                                " ");
            }
        }
    }

    @Test
    void aListOfPromptsGivesWhatEachGives() {
        String fields = ", 'max_tokens': 4, 'temperature': 0, 'logprobs': 1, 'echo': true}";
        List<String> alone = new ArrayList<>();
        for (String prompt : List.of("'abc'", "'What is it?'", "[104, 105, 33]")) {
            alone.add(((tools.jackson.databind.node.ObjectNode)
                            api.complete("{'prompt': " + prompt + fields).choice())
                    .without("index")
                    .toString());
        }
        Api.Reply together = api.complete("{'prompt': ['abc', 'What is it?', [104, 105, 33]]" + fields);
        List<String> seen = new ArrayList<>();
        int index = 0;
        for (JsonNode choice : together.json().path("choices")) {
            assertThat(choice.path("index").intValue()).isEqualTo(index++);
            seen.add(((tools.jackson.databind.node.ObjectNode) choice)
                    .without("index")
                    .toString());
        }
        assertThat(seen).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JsonNode one = Api.JSON.readTree(seen.get(i));
            JsonNode other = Api.JSON.readTree(alone.get(i));
            assertThat(one.path("text")).isEqualTo(other.path("text"));
            for (int t = 1; t < one.path("logprobs").path("token_logprobs").size(); t++) {
                assertThat(one.path("logprobs").path("token_logprobs").path(t).doubleValue())
                        .isCloseTo(
                                other.path("logprobs")
                                        .path("token_logprobs")
                                        .path(t)
                                        .doubleValue(),
                                within(1e-4));
            }
        }
        assertThat(together.json().path("usage").path("prompt_tokens").intValue())
                .isEqualTo(3 + 11 + 3);
        // Streamed, every choice has the same text.
        Api.Reply streamed = api.complete("{'prompt': ['abc', 'What is it?', [104, 105, 33]], 'stream': true" + fields);
        for (int i = 0; i < 3; i++) {
            assertThat(streamed.streamed(i))
                    .isEqualTo(Api.JSON.readTree(seen.get(i)).path("text").stringValue());
        }
    }

    @Test
    void logProbabilitiesAreTheModelsOwnWhateverTheSettings() {
        for (String settings :
                List.of("'temperature': 0.5", "'temperature': 2, 'top_p': 0.5", "'top_k': 3", "'temperature': 0")) {
            Api.Reply reply =
                    api.complete("{'prompt': 'abc', 'max_tokens': 6, 'logprobs': 3, 'seed': 1, " + settings + "}");
            JsonNode logProbs = reply.choice().path("logprobs");
            // The tokens by their bytes, to score them.
            List<Integer> ids = new ArrayList<>(List.of(97, 98, 99));
            for (String token : texts(logProbs.path("tokens"))) {
                ids.add(
                        token.startsWith("bytes:\\x")
                                ? Integer.parseInt(token.substring(8), 16)
                                : token.startsWith("<|")
                                        ? model.tokenizer().id(token).orElseThrow()
                                        : token.charAt(0));
            }
            double[] forward = forward(ids.stream().mapToInt(x -> x).toArray());
            for (int i = 0; i < logProbs.path("tokens").size(); i++) {
                assertThat(logProbs.path("token_logprobs").path(i).doubleValue())
                        .isCloseTo(forward[2 + i], within(1e-4));
            }
        }
    }

    @Test
    void aSeededAnswerIsThatOfTheSamplerAloneAndUnderLoad() {
        int[] prompt = model.tokenizer().encode("abc", true);
        List<Generation> wanted = Sampler.of(model.policy(), model.tokenizer(), Sampling.of(1, 12), 4)
                .sample(List.of(prompt), 3, Api.generator(7))
                .getFirst()
                .generations();
        String request = "{'prompt': 'abc', 'max_tokens': 12, 'n': 3, 'seed': 7}";
        List<String> alone = choices(api.complete(request));
        TokenTexts texts = new TokenTexts(model.tokenizer());
        assertThat(alone)
                .isEqualTo(
                        wanted.stream().map(g -> texts.of(prompt, g.tokens())).toList());
        assertThat(alone.stream().distinct().count()).isGreaterThan(1);
        List<Thread> load = IntStream.range(0, 6)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> api.complete(
                                "{'prompt': 'other " + i + "', 'max_tokens': 40, 'n': 2, 'temperature': 1.5}")))
                .toList();
        assertThat(choices(api.complete(request))).isEqualTo(alone);
        // Choice i does not depend on how many are asked for.
        assertThat(choices(api.complete(request.replace("'n': 3", "'n': 2")))).isEqualTo(alone.subList(0, 2));
        assertThat(choices(api.complete(request.replace("7", "8")))).isNotEqualTo(alone);
        // Temperature 0 needs no seed.
        String greedy = "{'prompt': 'abc', 'max_tokens': 12, 'temperature': 0, 'seed': %d}";
        assertThat(choices(api.complete(greedy.formatted(1)))).isEqualTo(choices(api.complete(greedy.formatted(2))));
        load.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static List<String> choices(Api.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        List<String> texts = new ArrayList<>();
        reply.json()
                .path("choices")
                .forEach(choice -> texts.add(choice.path("text").stringValue()));
        return texts;
    }

    @Test
    void sixteenTokensAreTheDefaultAndNoneAreAllowed() {
        Api.Reply none = api.complete("{'prompt': 'abc', 'max_tokens': 0}");
        assertThat(none.choice().path("text").stringValue()).isEmpty();
        assertThat(none.choice().path("finish_reason").stringValue()).isEqualTo("length");
        assertThat(api.complete("{'prompt': 'abc', 'max_tokens': 0, 'echo': true}")
                        .choice()
                        .path("text")
                        .stringValue())
                .isEqualTo("abc");
        Api.Reply streamed = api.complete("{'prompt': 'abc', 'max_tokens': 0, 'echo': true, 'stream': true}");
        assertThat(streamed.streamed(0)).isEqualTo("abc");
        assertThat(streamed.events().getLast().asString("")).isEqualTo("[DONE]");
        assertThat(api.complete("{'prompt': 'abc', 'logit_bias': {}, 'temperature': 0}")
                        .json()
                        .path("usage")
                        .path("completion_tokens")
                        .intValue())
                .isBetween(1, 16);
    }

    @Test
    void promptsThatAreNoneAreRefused() {
        for (String prompt : List.of(
                "[]", "[[]]", "[[999]]", "[-1]", "[1.5]", "7", "{}", "[[\"a\"]]", "[true]", "[\"a\", 3]", "''")) {
            Api.Reply reply = api.complete("{'prompt': " + prompt + "}");
            // An empty text begins with BOS.
            assertThat(reply.status()).as(prompt + reply.body()).isEqualTo(prompt.equals("''") ? 200 : 400);
        }
        assertThat(api.complete("{'prompt': [" + "'a', ".repeat(40) + "'b'], 'n': 100}")
                        .error())
                .contains("41 prompts with 100");
        assertThat(api.complete("{}").error()).contains("prompt is missing");
        assertThat(api.complete("{'prompt': 'a', 'best_of': 3}").error()).contains("'best_of' is not supported");
        assertThat(api.complete("{'prompt': 'a', 'suffix': 'b'}").error()).contains("'suffix'");
        String full = "'" + "a".repeat(1024) + "'";
        assertThat(api.complete("{'prompt': " + full + ", 'max_tokens': 1}").error())
                .contains("context_length_exceeded");
        assertThat(api.complete("{'prompt': '" + "a".repeat(1025) + "', 'max_tokens': 0}")
                        .error())
                .contains("[context_length_exceeded]", "1024", "1025");
    }

    @Test
    void scoresAreTheLogProbabilitiesThatTrainingScores() {
        Encoded.Included raw = (Encoded.Included)
                model.encoding().encode(new Prompt("p", Text.raw("The sky")), List.of(Completion.raw(" is blue")));
        Encoded.Included chat = (Encoded.Included) model.encoding()
                .encode(
                        new Prompt("p", Text.chat(List.of(new Message(Role.USER, "a")))),
                        List.of(new Completion(Text.answer("b"))));
        double[] rawScores =
                model.policy().forward(raw.trees(), false).logProbs().toDoubles();
        double[] chatScores =
                model.policy().forward(chat.trees(), false).logProbs().toDoubles();
        JsonNode scored = api.post("/score", "{\"text_1\": \"The sky\", \"text_2\": [\" is blue\", \" is green\"]}")
                .json();
        assertThat(scored.path("object").stringValue()).isEqualTo("list");
        assertThat(scored.path("data").size()).isEqualTo(2);
        check(scored.path("data").path(0), rawScores);
        String turns = "[{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"}]";
        check(
                api.post("/score", "{\"messages\": " + turns + "}")
                        .json()
                        .path("data")
                        .path(0),
                chatScores);
        JsonNode two = api.post("/v1/score", "{\"messages\": [" + turns + ", " + turns + "]}")
                .json()
                .path("data");
        check(two.path(1), chatScores);
        assertThat(api.post("/score", "{\"text_1\": [\"a\", \"b\"], \"text_2\": [\"c\"]}")
                        .error())
                .contains("text_1 holds 2 texts and text_2 1");
        assertThat(api.post("/score", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}")
                        .error())
                .contains("has to end with the message of the assistant");
        assertThat(api.post("/score", "{\"text_1\": \"a\", \"text_2\": \"\"}").status())
                .isEqualTo(400);
        assertThat(api.post("/score", "{\"text_1\": \"a\", \"text_2\": \"b\", \"task\": 1}")
                        .error())
                .contains("'task' is not supported");
    }

    private static void check(JsonNode entry, double[] wanted) {
        assertThat(entry.path("object").stringValue()).isEqualTo("score");
        double[] each = new double[entry.path("token_log_probs").size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = entry.path("token_log_probs").path(i).doubleValue();
        }
        assertThat(each).hasSize(wanted.length).containsExactly(wanted, within(1e-5));
        assertThat(entry.path("score").doubleValue())
                .isCloseTo(Arrays.stream(wanted).sum(), within(1e-4));
    }
}
