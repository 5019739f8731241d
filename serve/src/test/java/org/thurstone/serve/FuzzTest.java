package org.thurstone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests of which some value is replaced by another one at random, or the bytes are damaged, get an answer or a refusal, never a fault of the server. Without
 * {@code -Dserve.fuzz=N} a hundred of them.
 */
@Timeout(600)
class FuzzTest {

    private static final List<String> GOOD = List.of(
            "/v1/chat/completions {\"model\":\"tiny\",\"messages\":[{\"role\":\"system\",\"content\":\"a\"},{\"role\":\"user\",\"content\":"
                    + "[{\"type\":\"text\",\"text\":\"b\"}]}],\"max_tokens\":2,\"temperature\":0.5,\"top_p\":0.9,\"n\":1,\"stop\":[\"x\"],"
                    + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"seed\":1,\"logprobs\":true,\"top_logprobs\":2}",
            "/v1/chat/completions {\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":null,"
                    + "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                    + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"b\"}],\"tools\":[{\"type\":\"function\",\"function\":"
                    + "{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"auto\",\"max_completion_tokens\":2,"
                    + "\"response_format\":{\"type\":\"text\"},\"metadata\":{},\"logit_bias\":{},\"chat_template_kwargs\":{\"a\":1}}",
            "/v1/completions {\"prompt\":[\"a\",[1,2],\"\"],\"max_tokens\":2,\"echo\":true,\"logprobs\":2,\"stop\":\"x\",\"best_of\":1,"
                    + "\"top_k\":3,\"min_p\":0.1,\"suffix\":\"\",\"user\":\"u\",\"frequency_penalty\":0}",
            "/v1/completions {\"prompt\":[1,2,3],\"max_tokens\":0,\"echo\":true,\"logprobs\":0,\"stream\":true}",
            "/score {\"text_1\":[\"a\"],\"text_2\":[\"b\",\"c\"]}",
            "/score {\"messages\":[[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]]}");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "2",
            "1e400",
            "1e-400",
            "0.5",
            "1.0",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "123456789012345678901234567890",
            "\"\"",
            "\"a\"",
            "\"<|im_end|>\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude42\"",
            "\"{{ x }}\"",
            "\"{% raise %}\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"a\":null}",
            "[[[[[[1]]]]]]",
            "[\"a\",1,null]",
            "{\"type\":\"text\"}",
            "\"user\"",
            "\"system\"",
            "\"json_object\"",
            "[0,259,260]",
            "[1e3]",
            "\"\\uE0A00\\uE0A1\"");

    @Test
    void noBadRequestIsAFaultOfTheServer(@TempDir Path directory) {
        int count = Optional.ofNullable(System.getProperty("serve.fuzz"))
                .map(Integer::parseInt)
                .orElse(100);
        RandomGenerator random = Api.generator(42);
        int refused = 0;
        try (Api api = new Api(ByteModel.of(ByteModel.random(), directory))) {
            for (int i = 0; i < count; i++) {
                String good = GOOD.get(random.nextInt(GOOD.size()));
                String path = good.substring(0, good.indexOf(' '));
                String body = changed(good.substring(good.indexOf(' ') + 1), random);
                Api.Reply reply = api.post(path, body);
                assertThat(reply.status())
                        .as("%s %s: %s", path, body, reply.body())
                        .isLessThan(500);
                if (reply.status() != 200) {
                    refused++;
                    assertThat(reply.json().path("error").path("message").asString(""))
                            .as(body)
                            .isNotEmpty();
                } else {
                    assertThat(reply.body()).as(body).doesNotContain("NaN", "Infinity", "\"error\"");
                }
            }
            assertThat(api.metric("thurstone_answers_running")).isZero();
        }
        assertThat(refused).isGreaterThan(count / 4);
    }

    private static String changed(String body, RandomGenerator random) {
        if (random.nextInt(8) == 0) {
            int at = random.nextInt(body.length());
            return switch (random.nextInt(3)) {
                case 0 -> body.substring(0, at);
                case 1 -> body.substring(0, at) + (char) random.nextInt(1, 0x300) + body.substring(at + 1);
                default -> body.substring(0, at) + body.substring(Math.min(body.length(), at + 1 + random.nextInt(5)));
            };
        }
        JsonNode root = Api.JSON.readTree(body);
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            List<JsonNode> inner = new ArrayList<>();
            containers(root, inner);
            JsonNode container = inner.get(random.nextInt(inner.size()));
            String value = VALUES.get(random.nextInt(VALUES.size()));
            JsonNode node = JsonNodeFactory.instance.rawValueNode(new tools.jackson.databind.util.RawValue(value));
            if (container instanceof ObjectNode object) {
                List<String> names = new ArrayList<>(object.propertyNames());
                if (names.isEmpty() || random.nextInt(8) == 0) {
                    object.set("unknown" + random.nextInt(3), node);
                } else if (random.nextInt(6) == 0) {
                    object.remove(names.get(random.nextInt(names.size())));
                } else {
                    object.set(names.get(random.nextInt(names.size())), node);
                }
            } else if (container instanceof ArrayNode array) {
                if (array.isEmpty() || random.nextInt(3) == 0) {
                    array.add(node);
                } else {
                    array.set(random.nextInt(array.size()), node);
                }
            }
        }
        return root.toString();
    }

    private static void containers(JsonNode node, List<JsonNode> found) {
        if (node.isContainer()) {
            found.add(node);
            node.forEach(child -> containers(child, found));
        }
    }
}
