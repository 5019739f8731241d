package org.thurstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import tools.jackson.databind.JsonNode;

/** A real instruct model says through the server what its recorded figures say, alone and among other requests. */
@Tag("slow")
@Timeout(600)
class RealModelTest {

    /** Below this gap between the two best logits rounding may decide. */
    private static final double TIE = 0.01;

    private static final int TOKENS = 12;

    @Test
    void answersAndScoresAreTheRecordedOnesAloneAndUnderLoad() throws IOException {
        Path directory = Path.of(System.getProperty("thurstone.shared", "../../shared"), "models", "smollm2");
        Assumptions.assumeTrue(Files.isDirectory(directory), () -> directory + " is missing");
        JsonNode expected = Api.JSON.readTree(Files.readAllBytes(directory.resolve("expected.json")));
        LanguageModel model = LanguageModel.load(directory, LoadOptions.DEFAULT);
        try (Api api = new Api(model, ServerOptions.LOCAL.withSlots(8, 64))) {
            // Log-probabilities of given answers.
            for (JsonNode row : expected.path("logprobs")) {
                JsonNode turns = row.path("messages").deepCopy();
                ((tools.jackson.databind.node.ArrayNode) turns)
                        .addObject()
                        .put("role", "assistant")
                        .set("content", row.path("completion"));
                JsonNode scored = api.post("/score", "{\"messages\": " + turns + "}")
                        .json()
                        .path("data")
                        .path(0);
                check(scored.path("token_log_probs"), row.path("token_logprobs"), 0);
                // The same by way of the contract that lm-eval reads.
                String ids =
                        Arrays.toString(IntStream.concat(ints(row.path("prompt_ids")), ints(row.path("completion_ids")))
                                .toArray());
                JsonNode echoed = api.complete("{'prompt': " + ids + ", 'echo': true, 'logprobs': 1, 'max_tokens': 0}")
                        .choice();
                check(
                        echoed.path("logprobs").path("token_logprobs"),
                        row.path("token_logprobs"),
                        row.path("prompt_ids").size());
            }
            // Continuations, alone and with others.
            for (boolean load : new boolean[] {false, true}) {
                List<CompletableFuture<Api.Reply>> others = IntStream.range(0, load ? 4 : 0)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                                api.complete("{'prompt': 'Number " + i + "', 'max_tokens': " + (8 + 4 * i) + "}")))
                        .toList();
                for (JsonNode row : expected.path("greedy")) {
                    JsonNode choice = api.post(
                                    "/v1/chat/completions",
                                    "{\"messages\": " + row.path("messages") + ", \"temperature\": 0, \"max_tokens\": "
                                            + TOKENS + "}")
                            .choice();
                    int sure = 0;
                    while (sure < TOKENS
                            && sure < row.path("ids").size()
                            && row.path("top_two_gap").path(sure).doubleValue() > TIE) {
                        sure++;
                    }
                    String wanted = new TokenTexts(model.tokenizer())
                            .of(new int[0], ints(row.path("ids")).limit(sure).toArray());
                    assertThat(choice.path("message").path("content").stringValue())
                            .startsWith(wanted);
                }
                others.forEach(other -> assertThat(other.join().status()).isEqualTo(200));
            }
        }
    }

    private static IntStream ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::intValue);
    }

    private static void check(JsonNode found, JsonNode wanted, int from) {
        assertThat(found.size()).isEqualTo(from + wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(found.path(from + i).doubleValue())
                    .isCloseTo(wanted.path(i).doubleValue(), within(1e-4));
        }
    }
}
