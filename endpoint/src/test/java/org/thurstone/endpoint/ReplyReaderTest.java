package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.data.container.Json;

class ReplyReaderTest {

    private static Reply read(Provider provider, String body) {
        return ReplyReader.read(provider, Json.MAPPER.readTree(body)).orElseThrow();
    }

    @Test
    void tokensAreCountedAlikeForAllProviders() {
        assertThat(read(
                                Provider.OPENAI,
                                "{\"choices\": [{\"message\": {\"content\": \"a\"}, \"finish_reason\": \"stop\"}], \"usage\":"
                                        + " {\"prompt_tokens\": 1000, \"completion_tokens\": 9, \"prompt_tokens_details\":"
                                        + " {\"cached_tokens\": 800}, \"completion_tokens_details\": {\"reasoning_tokens\": 4}}}")
                        .usage())
                .contains(new Usage(200, 800, 0, 9, 4));
        assertThat(read(
                                Provider.ANTHROPIC,
                                "{\"content\": [{\"type\": \"text\", \"text\": \"a\"}], \"stop_reason\": \"end_turn\", \"usage\":"
                                        + " {\"input_tokens\": 200, \"cache_read_input_tokens\": 800,"
                                        + " \"cache_creation_input_tokens\": 0, \"output_tokens\": 9}}")
                        .usage())
                .contains(new Usage(200, 800, 0, 9, 0));
        assertThat(read(
                                Provider.GEMINI,
                                "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"a\"}]}, \"finishReason\": \"STOP\"}],"
                                        + " \"usageMetadata\": {\"promptTokenCount\": 1000, \"cachedContentTokenCount\": 800,"
                                        + " \"candidatesTokenCount\": 9}}")
                        .usage())
                .contains(new Usage(200, 800, 0, 9, 0));
    }

    @Test
    void thoughtsOfGeminiAreOutputOutsideTheCandidates() {
        Reply reply = read(
                Provider.GEMINI,
                "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"hm\", \"thought\": true}, {\"text\": \"a\"}]},"
                        + " \"finishReason\": \"STOP\"}], \"modelVersion\": \"g-1\", \"usageMetadata\": {\"promptTokenCount\":"
                        + " 10, \"candidatesTokenCount\": 5, \"thoughtsTokenCount\": 7, \"totalTokenCount\": 22}}");
        assertThat(reply.usage().orElseThrow().total()).isEqualTo(22);
        assertThat(reply.text()).isEqualTo("a");
        assertThat(reply.reasoned()).isTrue();
        assertThat(reply.model()).isEqualTo("g-1");
    }

    @Test
    void aServerThatDoesNotCountHasUnknownUsage() {
        for (String usage : new String[] {"", ", \"usage\": null", ", \"usage\": {}"}) {
            assertThat(read(
                                    Provider.OPENAI,
                                    "{\"choices\": [{\"message\": {\"content\": \"a\"}, \"finish_reason\": \"stop\"}]"
                                            + usage + "}")
                            .usage())
                    .isEmpty();
        }
    }

    @Test
    void pricesAreOfTokensAsTheyWereCounted() {
        Prices.Price price = new Prices.Price(2, java.util.OptionalDouble.of(1), java.util.OptionalDouble.empty(), 10);
        // (200 · 2 + 800 · 1 + 100 · 2 + 9 · 10) / 10⁶
        assertThat(price.of(new Usage(200, 800, 100, 9, 4)).amount()).isEqualTo(0.00149);
        assertThat(price.of(new Usage(200, 800, 100, 9, 4)).inputTokens()).isEqualTo(1100);
    }

    @Test
    void promptsAndAnswersThatWereBlockedAreToldApart() {
        assertThat(read(Provider.GEMINI, "{\"promptFeedback\": {\"blockReason\": \"PROHIBITED_CONTENT\"}}")
                        .refusal())
                .contains("the prompt was blocked (PROHIBITED_CONTENT)");
        assertThat(read(Provider.GEMINI, "{\"candidates\": [{\"finishReason\": \"PROHIBITED_CONTENT\"}]}")
                        .refusal())
                .contains("the answer was blocked (PROHIBITED_CONTENT)");
        assertThat(read(Provider.GEMINI, "{\"usageMetadata\": {\"promptTokenCount\": 5}}")
                        .refusal())
                .contains("there are no candidates");
        assertThat(read(
                                Provider.OPENAI,
                                "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"I will not\"},"
                                        + " \"finish_reason\": \"stop\"}]}")
                        .refusal())
                .contains("I will not");
        assertThat(read(
                                Provider.OPENAI,
                                "{\"choices\": [{\"message\": {\"content\": \"\"}, \"finish_reason\": \"content_filter\"}]}")
                        .finish())
                .isEqualTo(Reply.Finish.REFUSED);
        assertThat(read(Provider.ANTHROPIC, "{\"content\": [], \"stop_reason\": \"refusal\"}")
                        .refusal())
                .contains("the model declined (refusal)");
    }

    @Test
    void reasoningIsNoPartOfTheText() {
        assertThat(read(
                                Provider.ANTHROPIC,
                                "{\"content\": [{\"type\": \"thinking\", \"thinking\": \"hm\"}, {\"type\": \"text\", \"text\":"
                                        + " \"a\"}], \"stop_reason\": \"end_turn\"}")
                        .text())
                .isEqualTo("a");
        Reply ollama = read(
                Provider.OLLAMA,
                "{\"model\": \"q\", \"message\": {\"content\": \"\", \"thinking\": \"hm\"}, \"done\": true,"
                        + " \"done_reason\": \"length\", \"prompt_eval_count\": 4, \"eval_count\": 6}");
        assertThat(ollama.reasoned()).isTrue();
        assertThat(ollama.finish()).isEqualTo(Reply.Finish.LENGTH);
        assertThat(ollama.usage()).isEqualTo(Optional.of(new Usage(4, 0, 0, 6, 0)));
    }

    @Test
    void aReplyWithoutAnAnswerIsNone() {
        for (Provider provider : Provider.values()) {
            assertThat(ReplyReader.read(provider, Json.MAPPER.readTree("{}"))).isEmpty();
        }
        assertThat(ReplyReader.read(Provider.OPENAI, Json.MAPPER.readTree("{\"choices\": []}")))
                .isEmpty();
    }
}
