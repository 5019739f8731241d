package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamedReplyTest {

    private static final Map<Provider, String> STREAMS =
            Map.of(Provider.OPENAI, """
            : PROCESSING

            data: {"model":"m-1","system_fingerprint":"fp","choices":[{"delta":{"role":"assistant","content":""}}]}

            data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}

            data:{"choices":[{"delta":{"content":"Good 🙂"}}]}

            data: {"choices":[{"delta":{"content":" day"},"finish_reason":null}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}

            """, Provider.ANTHROPIC, """
            event: message_start
            data: {"type":"message_start","message":{"model":"m-1","usage":{"input_tokens":3,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

            event: ping
            data: {"type": "ping"}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Good 🙂"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" day"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}

            event: message_stop
            data: {"type":"message_stop"}

            """, Provider.GEMINI, """
            data: {"candidates":[{"content":{"parts":[{"text":"hm","thought":true}]}}],"modelVersion":"m-1"}

            data: {"candidates":[{"content":{"parts":[{"text":"Good 🙂"}]}}]}

            data: {"candidates":[{"content":{"parts":[{"text":" day"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":3,"thoughtsTokenCount":1}}

            """, Provider.OLLAMA, """
            {"model":"m-1","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}
            {"model":"m-1","message":{"role":"assistant","content":"Good 🙂"},"done":false}
            {"model":"m-1","message":{"role":"assistant","content":" day"},"done":false}
            {"model":"m-1","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":4}
            """);

    private static StreamedReply read(Provider provider, String stream, int size) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        StreamedReply reply = new StreamedReply(provider);
        for (int from = 0; from < bytes.length; from += size) {
            reply.feed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        reply.end();
        return reply;
    }

    @ParameterizedTest
    @EnumSource
    void theReplyIsTheSameByteByByteAndInOnePiece(Provider provider) {
        String stream = STREAMS.getOrDefault(provider, "");
        for (int size : new int[] {1, 2, 3, 7, stream.length() * 4}) {
            StreamedReply streamed = read(provider, stream, size);
            assertThat(streamed.complete()).isTrue();
            Reply reply = ReplyReader.read(provider, streamed.whole()).orElseThrow();
            assertThat(reply.text()).isEqualTo("Good 🙂 day");
            assertThat(reply.finish()).isEqualTo(Reply.Finish.STOP);
            assertThat(reply.model()).isEqualTo("m-1");
            assertThat(reply.reasoned()).isTrue();
            assertThat(reply.usage().orElseThrow().prompt()).isEqualTo(3);
            assertThat(reply.usage().orElseThrow().output()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamWithoutAFinishIsNotComplete(Provider provider) {
        String stream = STREAMS.getOrDefault(provider, "");
        String cut = stream.substring(0, stream.indexOf(" day"));
        StreamedReply reply = read(provider, cut.substring(0, cut.lastIndexOf('\n') + 1), 5);
        assertThat(reply.complete()).isFalse();
        assertThat(read(Provider.OPENAI, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n", 9)
                        .complete())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInTheStreamIsAnError(Provider provider) {
        String error = provider == Provider.OLLAMA
                ? "{\"error\":\"the model crashed\"}\n"
                : "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"the model crashed\"}}\n\n";
        StreamedReply reply = read(provider, error, 4);
        assertThat(reply.error().orElseThrow().toString()).contains("the model crashed");
    }

    @Test
    void fragmentsOfToolCallsAreJoinedByTheirIndexAndReadAtTheEnd() {
        StreamedReply reply = read(Provider.OPENAI, """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":""}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c2","type":"","function":{"name":"mul","arguments":"{\\"x\\""}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"","type":"","function":{"name":"","arguments":"{\\"a\\": "}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"arguments":": 2}"}},{"index":0,"function":{"arguments":"1}"}}]}}]}

                data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

                """, 1);
        assertThat(reply.whole().at("/choices/0/message/tool_calls").toString())
                .isEqualTo(
                        "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\": 1}\"}},"
                                + "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"mul\",\"arguments\":\"{\\\"x\\\": 2}\"}}]");
        assertThat(ReplyReader.read(Provider.OPENAI, reply.whole())
                        .orElseThrow()
                        .finish())
                .isEqualTo(Reply.Finish.TOOL_CALLS);
    }
}
