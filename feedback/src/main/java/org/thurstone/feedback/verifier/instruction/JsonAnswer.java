package org.thurstone.feedback.verifier.instruction;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The whole answer is JSON, with or without a Markdown fence around it. */
public record JsonAnswer() implements Instruction {

    public static final String KIND = "detectable_format:json_format";

    private static final List<String> FENCES = List.of("```json", "```Json", "```JSON", "```");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public boolean holds(String answer) {
        String text = Characters.strip(answer);
        for (String fence : FENCES) {
            text = text.startsWith(fence) ? text.substring(fence.length()) : text;
        }
        text = Characters.strip(text.endsWith("```") ? text.substring(0, text.length() - 3) : text);
        if (text.isEmpty()) {
            return false;
        }
        try {
            JSON.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
