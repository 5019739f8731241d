package org.thurstone.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models in GGUF files, against what transformers and llama.cpp made of the same files. */
class GgufModelTest {

    private static final Path SMOLLM2 = Path.of("smollm2/SmolLM2-135M-Instruct.Q4_1.gguf");

    @TempDir
    Path dir;

    private static JsonNode json(Path file) throws Exception {
        return new JsonMapper().readTree(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt2", "qwen2"})
    void logProbsOfConvertedCheckpointsAreThoseOfTransformers(String family) throws Exception {
        FixturesTest.givesTheLogProbs(Shared.models("gguf/fixtures/" + family + ".gguf"), family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"falcon", "gpt-2", "llama-bpe", "llama-spm", "phi-3", "qwen2", "starcoder"})
    void idsAreThoseOfLlamaCpp(String vocabulary) throws Exception {
        Tokenizer tokenizer = Tokenizer.load(Shared.models("gguf/vocab/" + vocabulary + ".gguf"));
        JsonNode cases = json(Shared.models("gguf/vocab/" + vocabulary + ".json"));
        assertThat(cases).hasSizeGreaterThan(40);
        for (JsonNode one : cases) {
            String text = one.get("text").asString();
            assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(FixturesTest.ints(one.get("ids")));
        }
    }

    @Test
    void smollm2SaysWhatItsMakersSoftwareSays() throws Exception {
        Path file = Shared.models(SMOLLM2.toString());
        JsonNode expected = json(file.resolveSibling("expected.json"));
        Tokenizer tokenizer = Tokenizer.load(file);
        for (JsonNode one : expected.get("tokenize")) {
            String text = one.get("text").asString();
            assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(FixturesTest.ints(one.get("ids")));
        }
        ChatTemplate template = ChatTemplate.load(file, Clock.systemUTC()).orElseThrow();
        for (JsonNode one : expected.get("templates")) {
            assertThat(template.render(
                            messages(one.get("messages")),
                            one.get("add_generation_prompt").asBoolean()))
                    .isEqualTo(one.get("text").asString());
        }
        assertThat(tokenizer.bos()).hasValue(1);
        assertThat(tokenizer.eos()).hasValue(2);
        assertThat(tokenizer.pad()).hasValue(2);
        assertThat(tokenizer.encode("hi", true)).isEqualTo(tokenizer.encode("hi", false));
        ModelInfo info = ModelInfo.of(file);
        assertThat(info.parameters()).isEqualTo(134_515_008);
        assertThat(info.dtypes()).containsExactly("F32", "Q4_1", "Q8_0");
        assertThat(info.chatTemplate()).isTrue();
        try (Transformer model = Transformers.load(file, LoadOptions.DEFAULT);
                Scope scope = Scope.open()) {
            for (JsonNode tensor : expected.get("tensors")) {
                float[] values =
                        model.parameters().get(tensor.get("name").asString()).toFloats();
                double sum = 0;
                for (float value : values) {
                    sum += value;
                }
                assertThat(sum).isCloseTo(tensor.get("sum").asDouble(), within(1e-3));
                for (int k = 0; k < 4; k++) {
                    assertThat((double) values[k])
                            .isCloseTo(tensor.get("first").get(k).asDouble(), within(1e-7));
                }
            }
            double worst = 0;
            for (JsonNode one : expected.get("logprobs")) {
                TokenTree tree = TokenTree.of(
                        FixturesTest.ints(one.get("prompt_ids")), FixturesTest.ints(one.get("completion_ids")));
                double[] found = model.forward(List.of(tree), false).logProbs().toDoubles();
                for (int k = 0; k < found.length; k++) {
                    worst = Math.max(
                            worst,
                            Math.abs(found[k] - one.get("token_logprobs").get(k).asDouble()));
                }
            }
            assertThat(worst).isLessThan(1e-4);
        }
    }

    private static List<Message> messages(JsonNode turns) {
        List<Message> messages = new ArrayList<>();
        turns.forEach(turn -> messages.add(new Message(
                Role.valueOf(turn.get("role").asString().toUpperCase(java.util.Locale.ROOT)),
                turn.get("content").asString())));
        return new Text.Chat(messages).messages();
    }

    /** A model that was read from a file becomes a directory that says the same. */
    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt2", "qwen2"})
    void aFileBecomesADirectory(String family) {
        Path file = Shared.models("gguf/fixtures/" + family + ".gguf");
        Path directory = dir.resolve(family);
        new ModelConversion(Optional.empty(), java.util.OptionalLong.empty()).convert(file, directory);
        assertThat(directory)
                .isDirectoryContaining("glob:**/{config,tokenizer,tokenizer_config,generation_config}.json");
        TokenTree tree = FixturesTest.sequence(new int[] {5, 9, 13, 40, 41, 3});
        try (Transformer one = Transformers.load(file, LoadOptions.DEFAULT);
                Transformer two = Transformers.load(directory, LoadOptions.DEFAULT);
                Scope scope = Scope.open()) {
            assertThat(two.forward(List.of(tree), false).logProbs().toDoubles())
                    .isEqualTo(one.forward(List.of(tree), false).logProbs().toDoubles());
        }
        assertThat(Tokenizer.load(directory).encode("the the", false))
                .isEqualTo(Tokenizer.load(file).encode("the the", false));
    }
}
