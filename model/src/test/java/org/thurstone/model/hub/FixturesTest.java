package org.thurstone.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.model.Decoding;
import org.thurstone.model.TokenTree;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against figures of Python's transformers, kept with the models. */
class FixturesTest {

    /** A sequence whose tokens after the first are all scored. */
    static TokenTree sequence(int[] ids) {
        return TokenTree.of(new int[] {ids[0]}, IntStream.of(ids).skip(1).toArray());
    }

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt2", "qwen2"})
    void logProbsAreThoseOfTransformers(String family) throws Exception {
        givesTheLogProbs(Shared.models("fixtures/" + family), family);
    }

    /** Whether a model has the log-probabilities that transformers gave to the checkpoint of a family. */
    static void givesTheLogProbs(Path model, String family) throws Exception {
        Path file = Shared.models("fixtures/" + family).resolve("expected.json");
        JsonNode expected = new JsonMapper().readTree(Files.readString(file));
        double tolerance = expected.get("tolerance").asDouble();
        try (Transformer transformer = Transformers.load(model, LoadOptions.DEFAULT);
                Scope scope = Scope.open()) {
            List<TokenTree> trees = IntStream.range(0, expected.get("input_ids").size())
                    .mapToObj(i -> sequence(ints(expected.get("input_ids").get(i))))
                    .toList();
            double[] logProbs = transformer.forward(trees, false).logProbs().toDoubles();
            int at = 0;
            for (JsonNode row : expected.get("token_log_probs")) {
                for (JsonNode value : row) {
                    assertThat(logProbs[at++]).isCloseTo(value.asDouble(), within(tolerance));
                }
            }
            assertThat(at).isEqualTo(logProbs.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt2", "qwen2"})
    void decodingEqualsTransformers(String family) throws Exception {
        Path directory = Shared.models("fixtures/" + family);
        JsonNode expected = new JsonMapper().readTree(Files.readString(directory.resolve("expected.json")));
        double tolerance = expected.get("tolerance").asDouble();
        try (Transformer model = Transformers.load(directory, LoadOptions.DEFAULT);
                Scope scope = Scope.open();
                Decoding decoding = model.decode(2, 30)) {
            int[] first = ints(expected.get("input_ids").get(0));
            float[] last =
                    decoding.start(List.of(first), List.of(new int[] {1})).toFloats();
            for (int i = 0; i < last.length; i++) {
                assertThat((double) last[i])
                        .isCloseTo(expected.get("last_logits").get(0).get(i).asDouble(), within(tolerance));
            }
            int[] greedy = ints(expected.get("greedy_from_first_6"));
            assertThat(greedy(decoding, Arrays.copyOf(greedy, 6), greedy.length))
                    .containsExactly(greedy);
        }
    }

    private static int[] greedy(Decoding decoding, int[] prompt, int length) {
        int[] tokens = Arrays.copyOf(prompt, length);
        Tensor logits = decoding.start(List.of(prompt), List.of(new int[] {0}));
        for (int i = prompt.length; i < length; i++) {
            tokens[i] = (int) logits.argmax(-1).item();
            logits = decoding.step(new int[] {0}, new int[] {tokens[i]});
        }
        return tokens;
    }

    @Test
    void figureOfARealModelIsReproduced() {
        Path directory = Shared.models("stories260k");
        try (Transformer model = Transformers.load(directory, LoadOptions.DEFAULT);
                Scope scope = Scope.open()) {
            TokenTree tree = sequence(new int[] {1, 403, 407, 261, 378, 432, 383, 286, 261, 400, 428});
            assertThat(model.forward(List.of(tree), false).logProbs().sum().item())
                    .isCloseTo(-5.278094, within(1e-4));
        }
    }
}
