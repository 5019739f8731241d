package org.thurstone.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * One turn of a conversation.
 *
 * @param content what was said; empty if the turn only calls tools
 * @param trained whether an answer may be trained on; {@code "weight": 0} and {@code "train": false} in a file say that it may not
 * @param details all other keys of the turn, which the chat template receives as they are, in their order: {@code tool_calls},
 *     {@code reasoning_content}, {@code tool_call_id}, {@code name}, …; values are texts, numbers, booleans, lists and maps
 */
public record Message(Role role, String content, boolean trained, Map<String, Object> details) {

    /** The keys under which a turn has its reasoning; the model's chat template decides which of them it reads. */
    public static final List<String> REASONING = List.of("reasoning_content", "reasoning", "thinking");

    /** The key of the tools that a turn calls. */
    public static final String TOOL_CALLS = "tool_calls";

    private static final JsonMapper JSON = new JsonMapper();

    public Message {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A turn with nothing but its content. */
    public Message(Role role, String content) {
        this(role, content, true, Map.of());
    }

    /** The same turn with other content. */
    public Message withContent(String other) {
        return new Message(role, other, trained, details);
    }

    /** The same turn with these tool calls after its own. */
    public Message withCalls(List<?> more) {
        List<Object> calls = new ArrayList<>(toolCalls());
        calls.addAll(more);
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.put(TOOL_CALLS, List.copyOf(calls));
        return new Message(role, content, trained, all);
    }

    /** The reasoning before the content. */
    public Optional<String> reasoning() {
        return REASONING.stream()
                .filter(details::containsKey)
                .map(key -> String.valueOf(details.get(key)))
                .findFirst();
    }

    /** The calls of tools, as they were given; none of most turns. */
    public List<?> toolCalls() {
        return details.get(TOOL_CALLS) instanceof List<?> calls ? calls : List.of();
    }

    /** Whether the turn has no content, no reasoning and no tool call. */
    public boolean isEmpty() {
        return content.isEmpty() && reasoning().isEmpty() && toolCalls().isEmpty();
    }

    /** Reasoning, content and tool calls as judges and people read them. */
    public String plain() {
        if (details.isEmpty()) {
            return content;
        }
        List<String> parts = new ArrayList<>();
        reasoning().ifPresent(thought -> parts.add("<think>\n" + thought + "\n</think>"));
        if (!content.isEmpty()) {
            parts.add(content);
        }
        for (Object call : toolCalls()) {
            Object function = call instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> f ? f : call;
            parts.add("<tool_call>\n" + JSON.writeValueAsString(function) + "\n</tool_call>");
        }
        return String.join("\n", parts);
    }
}
