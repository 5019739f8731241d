package org.thurstone.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JsonReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"better\": \"first\"}",
                "  \n{\"better\": \"first\"}\n ",
                "```json\n{\"better\": \"first\"}\n```",
                "Here is my verdict:\n```\n{\"better\": \"first\"}\n```\nThank you.",
                "~~~\n{\"better\": \"first\"}\n~~~",
                "The first is better: {\"better\": \"first\"} as I said.",
                "I use {braces} and end with {\"better\": \"first\"}",
                "{\"better\": \"first\", \"reason\": \"it has ```js\\n{x: 1}\\n``` in it\"}",
                "So: {\"better\": \"first\", \"reason\": \"a } and a \\\" { in a string\", \"more\": {\"deep\": 1}}",
            })
    void theOneObjectIsFound(String reply) {
        assertThat(JsonReply.of(reply).map(json -> json.path("better").asString("")))
                .contains("first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The first.",
                "[\"first\"]",
                "\"first\"",
                "{\"better\": \"first\"",
                "{\"better\": \"fir",
                "```json\n{\"better\": \"first\"",
                "{\"better\": \"first\"} {\"better\": \"second\"}",
                "{\"better\": \"first\"}\n{\"better\": \"first\"}",
                "```\n{\"better\": \"first\"}\n```\n```\n{\"better\": \"second\"}\n```",
                "{better: first}",
            })
    void twoObjectsNoneOrACutOneAreNone(String reply) {
        assertThat(JsonReply.of(reply).map(ObjectNode::toString)).isEmpty();
    }
}
