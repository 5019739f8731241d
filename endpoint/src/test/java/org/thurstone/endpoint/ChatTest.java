package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;
import org.thurstone.recipe.RecipeError;

class ChatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{endpoint: anthropic, model: m} | anthropic needs max-tokens",
                "{endpoint: anthropic, model: m, max-tokens: 5, seed: 1} | anthropic takes no seed",
                "{endpoint: openai, model: m, context: 5} | context is for ollama",
                "{endpoint: gemini, model: m, max-completion-tokens: 5} | max-completion-tokens is OpenAI's",
                "{endpoint: openai, model: m, max-completion-tokens: 5, max-tokens: 5} | set max-tokens or max-completion-tokens",
                "{endpoint: openai, model: m, cap: {cost: 1}} | cap.cost needs price",
                "{endpoint: openai, model: m, cap: {tokens: 9}} | needs max-tokens",
                "{endpoint: openai, model: m, base-url: localhost} | base-url is not an address",
                "{endpoint: openai, model: m, base-url: \"http://me:pw@h/v1\"} | has a user, query or fragment",
                "{endpoint: openai, model: m, base-url: \"http://h/v1?key=pw\"} | has a user, query or fragment",
                "{endpoint: openai, model: \" \"} | model is blank",
                "{endpoint: openai, model: m, temperature: -1} | temperature must be at least 0",
                "{endpoint: openai, model: m, api-key: sk} | api-key",
                "{endpoint: azure, model: m} | azure",
            })
    void settingsThatCannotWorkAreRefused(String settings, String words) {
        assertThatThrownBy(() -> Chats.of(settings))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("pw");
    }

    @Test
    void aKeyThatIsMissingIsNamedBeforeAnythingIsSent() {
        Chat chat = Chats.of("{endpoint: openai, model: m}");
        assertThatThrownBy(() -> Chats.respondent(chat, Map.of(), new Chats.Clock()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("OPENAI_API_KEY is not set");
        Chat named = Chats.of("{endpoint: openai, model: m, key: OTHER, base-url: \"http://localhost:1/v1\"}");
        assertThatThrownBy(() -> Chats.respondent(named, Map.of("OPENAI_API_KEY", "k"), new Chats.Clock()))
                .hasMessageContaining("OTHER is not set");
        assertThat(Chats.of("{endpoint: ollama, model: m}").respondent(Map.of(), new Chats.Clock(), n -> {}))
                .isNotNull();
    }

    @Test
    void aModelWithoutAPriceInTheFileIsNamed(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory) {
        java.nio.file.Path prices = directory.resolve("prices.yaml");
        org.thurstone.data.AtomicFile.write(prices, "models: {a: {input: 1, output: 2}}");
        Chat chat = Chats.of("{endpoint: ollama, model: m, price: " + prices + "}");
        assertThatThrownBy(() -> Chats.respondent(chat)).hasMessageContaining("has no price of m; it has those of a");
    }
}
