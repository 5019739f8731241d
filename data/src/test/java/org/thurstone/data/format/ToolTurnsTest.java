package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Comparison;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import tools.jackson.databind.node.ObjectNode;

/** Tool calls, tools, reasoning and weights of turns, in the forms in which people have them. */
class ToolTurnsTest {

    private static final String CALL =
            "{'type': 'function', 'function': {'name': 'w', 'arguments': {'c': 'x', 'a': 1}}}";

    private static Example example(String json) {
        return Examples.of((ObjectNode) Json.MAPPER.readTree(json.replace('\'', '"')), Path.of("rows.jsonl"), 1);
    }

    private static List<Message> answer(Example example) {
        return ((Text.Chat) ((Demonstration) example).completion().content()).messages();
    }

    private static Text.Chat prompt(Example example) {
        return (Text.Chat) example.prompt().content();
    }

    @Test
    void aConversationKeepsItsToolsCallsAndResults() {
        Example example =
                example("{'messages': [{'role': 'user', 'content': 'weather?'}, {'role': 'assistant', 'content': null,"
                        + " 'tool_calls': [" + CALL + "]}, {'role': 'tool', 'content': 'sunny', 'tool_call_id': '7'},"
                        + " {'role': 'assistant', 'content': 'It is sunny.'}], 'tools': [{'name': 'w'}]}");
        assertThat(prompt(example).arguments()).isEqualTo(Map.of("tools", List.of(Map.of("name", "w"))));
        List<Message> turns = answer(example);
        assertThat(turns).hasSize(3);
        assertThat(turns.getFirst().content()).isEmpty();
        assertThat(turns.getFirst().toolCalls()).hasSize(1);
        assertThat(turns.get(1).details()).isEqualTo(Map.of("tool_call_id", "7"));
        assertThat(turns.getFirst().plain())
                .isEqualTo("<tool_call>\n{\"name\":\"w\",\"arguments\":{\"c\":\"x\",\"a\":1}}\n</tool_call>");
    }

    @Test
    void aPairOfToolCallsDiffersByThem() {
        Comparison pair = (Comparison) example("{'prompt': [{'role': 'user', 'content': 'w?'}],"
                + " 'chosen': [{'role': 'assistant', 'content': '', 'tool_calls': [" + CALL + "]}],"
                + " 'rejected': [{'role': 'assistant', 'content': '', 'tool_calls': [" + CALL.replace("'x'", "'y'")
                + "]}]}");
        assertThat(pair.chosen()).isNotEqualTo(pair.rejected());
        assertThat(pair.chosen().bareContent()).isNotEqualTo(pair.rejected().bareContent());
    }

    @Test
    void reasoningAndWeightsBelongToTheirTurns() {
        Message turn = answer(example("{'messages': [{'role': 'user', 'content': '2+2'},"
                        + " {'role': 'assistant', 'reasoning_content': 'two and two', 'content': '4', 'weight': 0}]}"))
                .getFirst();
        assertThat(turn.reasoning()).contains("two and two");
        assertThat(turn.trained()).isFalse();
        assertThat(answer(example("{'messages': [{'role': 'user', 'content': 'a'},"
                                + " {'role': 'assistant', 'content': 'b', 'train': true}]}"))
                        .getFirst()
                        .trained())
                .isTrue();
        assertThat(answer(example("{'messages': [{'role': 'user', 'content': 'a'},"
                                + " {'role': 'assistant', 'content': 'b', 'loss': false}]}"))
                        .getFirst()
                        .trained())
                .isFalse();
        assertThatThrownBy(() -> example("{'messages': [{'role': 'user', 'content': 'a'},"
                        + " {'role': 'assistant', 'content': 'b', 'weight': 0.5}]}"))
                .isInstanceOf(BadRow.class)
                .hasMessageContaining("'messages' turn 2 has the weight 0.5, not 0 or 1");
    }

    @Test
    void theOldFunctionCallIsAToolCall() {
        Message turn = answer(example("{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content':"
                        + " null, 'function_call': {'name': 'w', 'arguments': '{}'}}]}"))
                .getFirst();
        assertThat(turn.toolCalls())
                .isEqualTo(List.of(Map.of("type", "function", "function", Map.of("name", "w", "arguments", "{}"))));
    }

    private static final String CALLED = "{\\'name\\': \\'w\\', \\'arguments\\': {\\'c\\': \\'x\\', \\'a\\': 1}}";

    /** LLaMA-Factory's ShareGPT and ms-swift name the roles differently; what is called may be JSON in a text or an object. */
    @Test
    void callsInTurnsOfTheirOwnAreTheAssistants() {
        String openAi = "{'messages': [{'role': 'user', 'content': 'w?'},"
                + " {'role': 'assistant', 'content': '', 'tool_calls': [{'type': 'function', 'function': {'name': 'w',"
                + " 'arguments': {'c': 'x', 'a': 1}}}]}, {'role': 'tool', 'content': '20'},"
                + " {'role': 'assistant', 'content': 'd'}], 'tools': [{'name': 'w'}]}";
        for (List<String> roles : List.of(
                List.of("function_call", "observation"),
                List.of("tool_call", "tool_response"),
                List.of("function-call", "function-response"),
                List.of("Function_Call", "tool"))) {
            for (String call : List.of("'" + CALLED + "'", "'[" + CALLED + "]'", CALLED.replace("\\", ""))) {
                String shareGpt = "{'conversations': [{'from': 'human', 'value': 'w?'}, {'from': '" + roles.getFirst()
                        + "', 'value': " + call + "}, {'value': '20', 'from': '" + roles.getLast()
                        + "'}, {'from': 'gpt', 'value': 'd'}], 'tools': '[{\\'name\\': \\'w\\'}]'}";
                assertThat(example(shareGpt)).as(shareGpt).isEqualTo(example(openAi));
                String messages = shareGpt.replace("conversations", "messages")
                        .replace("from", "role")
                        .replace("value", "content");
                assertThat(example(messages)).as(messages).isEqualTo(example(openAi));
            }
        }
    }

    @Test
    void callsOneAfterTheOtherAreOneTurn() {
        String call = "{'from': 'function_call', 'value': '" + CALLED + "'}";
        Example separate = example(
                "{'conversations': [{'from': 'human', 'value': 'w?'}, " + call + ", " + call.replace("x", "y") + "]}");
        Example together =
                example("{'conversations': [{'from': 'human', 'value': 'w?'}, {'from': 'function_call', 'value':"
                        + " '[" + CALLED + ", " + CALLED.replace("x", "y") + "]'}]}");
        assertThat(answer(separate))
                .singleElement()
                .satisfies(turn -> assertThat(turn.toolCalls()).hasSize(2));
        assertThat(separate).isEqualTo(together);
    }

    @Test
    void callsCanBeChosenAndRejected() {
        Comparison pair = (Comparison) example("{'conversations': [{'from': 'human', 'value': 'w?'}],"
                + " 'chosen': {'from': 'function_call', 'value': '" + CALLED + "'},"
                + " 'rejected': {'from': 'function_call', 'value': '" + CALLED.replace("x", "y") + "'}}");
        assertThat(pair.chosen()).isNotEqualTo(pair.rejected());
        assertThat(((Text.Chat) pair.rejected().content()).messages().getFirst().plain())
                .contains("\"c\":\"y\"");
    }

    @Test
    void aCallThatIsNoneIsABadRow() {
        for (String value : List.of("'w(x)'", "'[]'", "'{\\'arguments\\': {}}'", "null", "7")) {
            assertThatThrownBy(() -> example("{'conversations': [{'from': 'human', 'value': 'w?'},"
                            + " {'from': 'function_call', 'value': " + value + "}, {'from': 'gpt', 'value': 'd'}]}"))
                    .as(value)
                    .isInstanceOf(BadRow.class)
                    .hasMessageStartingWith("'conversations' turn 2 of the role 'function_call' is ");
        }
    }

    @Test
    void toolsMayBeJsonInAText() {
        Example example = example(
                "{'prompt': [{'role': 'user', 'content': 'a'}], 'completion': [{'role': 'assistant', 'content': 'b'}],"
                        + " 'tools': '[]', 'chat_template_kwargs': {'enable_thinking': false}}");
        assertThat(prompt(example).arguments()).isEqualTo(Map.of("enable_thinking", false));
    }

    @Test
    void toolsOfATextPromptAndTurnsWithNothingAreBad() {
        assertThatThrownBy(() -> example("{'prompt': 'a', 'completion': 'b', 'tools': [{'name': 'w'}]}"))
                .isInstanceOf(BadRow.class)
                .hasMessageContaining("'tools' is for a chat template, and the prompt is text");
        assertThatThrownBy(() -> example(
                        "{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': null}]}"))
                .isInstanceOf(BadRow.class)
                .hasMessageContaining("turn 2 has no content");
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        Example example = example(
                "{'messages': [{'role': 'user', 'content': 'w?', 'name': 'ü'}, {'role': 'assistant', 'content': '',"
                        + " 'tool_calls': [" + CALL + "], 'weight': 0}, {'role': 'user', 'content': 'and?'}, {'role':"
                        + " 'assistant', 'content': 'b', 'reasoning_content': 'r'}],"
                        + " 'tools': [{'name': 'w', 'n': 1.5}]}");
        Text.Chat prompt = prompt(example);
        assertThat(LosslessJson.content(LosslessJson.of(prompt), "it")).isEqualTo(prompt);
        Text.Chat answer = (Text.Chat) ((Demonstration) example).completion().content();
        assertThat(LosslessJson.content(LosslessJson.of(answer), "it")).isEqualTo(answer);
    }
}
