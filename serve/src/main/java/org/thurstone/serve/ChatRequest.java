package org.thurstone.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/**
 * A request for chat completions.
 *
 * @param prompt tokens of the conversation as the template renders it
 * @param logProbs whether log-probabilities are sent
 * @param top how many of the most likely tokens come with each
 * @param tools whether calls of tools are looked for in the answers
 */
record ChatRequest(
        int[] prompt, SamplingFields sampling, StreamFields stream, boolean logProbs, int top, boolean tools) {

    static ChatRequest read(Fields fields, ServedModel model) {
        model.check(fields);
        StreamFields stream = StreamFields.read(fields);
        int most = maxTokens(fields, model.context());
        SamplingFields sampling = SamplingFields.read(fields, model.tokenizer(), most);
        boolean logProbs = fields.flag("logprobs");
        OptionalInt top = fields.integer("top_logprobs", 0, 20);
        if (top.isPresent() && !logProbs) {
            throw ApiException.bad("top_logprobs", "top_logprobs is only for 'logprobs': true");
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        boolean tools = tools(fields, arguments);
        fields.find("chat_template_kwargs").ifPresent(given -> {
            if (!given.isObject()) {
                throw fields.wrong("chat_template_kwargs", given, "an object");
            }
            given.properties().forEach(each -> {
                if (each.getKey().equals("messages") || each.getKey().equals("add_generation_prompt")) {
                    throw ApiException.unsupported(
                            "chat_template_kwargs", "chat_template_kwargs cannot set '" + each.getKey() + "'");
                }
                arguments.put(each.getKey(), Messages.value(each.getValue(), "chat_template_kwargs"));
            });
        });
        fields.only("response_format", "{\"type\": \"text\"}", isTextFormat(fields));
        fields.only(
                "modalities",
                "[\"text\"]",
                fields.list("modalities").stream()
                        .allMatch(mode -> mode.asString("").equals("text")));
        fields.only(
                "service_tier",
                "\"auto\" and \"default\"",
                fields.text("service_tier")
                        .filter(List.of("auto", "default")::contains)
                        .isPresent());
        harmless(fields);
        Text.Chat chat = new Text.Chat(Messages.read(fields.list("messages"), "messages"), arguments);
        fields.end();
        int[] prompt = model.tokens(chat);
        model.checkRoom(prompt, 1, "messages");
        return new ChatRequest(prompt, sampling, stream, logProbs, top.orElse(0), tools && model.callsTools());
    }

    /** Fields for OpenAI's own accounts, which change no answer. */
    static void harmless(Fields fields) {
        fields.ignore("user", "store", "metadata", "safety_identifier", "prompt_cache_key", "prompt_cache_retention");
    }

    private static int maxTokens(Fields fields, int context) {
        OptionalInt old = fields.integer("max_tokens", 1, Integer.MAX_VALUE);
        OptionalInt most = fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        if (old.isPresent() && most.isPresent() && old.getAsInt() != most.getAsInt()) {
            throw ApiException.bad(
                    "max_tokens", "max_tokens and max_completion_tokens mean the same, and differ: give one of them");
        }
        return most.orElse(old.orElse(context));
    }

    private static boolean isTextFormat(Fields fields) {
        return fields.find("response_format")
                .filter(format -> format.isObject()
                        && format.size() == 1
                        && format.path("type").asString("").equals("text"))
                .isPresent();
    }

    /** @return whether the model is to call tools if it likes */
    private static boolean tools(Fields fields, Map<String, Object> arguments) {
        List<JsonNode> tools = fields.list("tools");
        String choice = fields.find("tool_choice")
                .map(given -> given.isString() ? given.stringValue() : "an object")
                .orElse("auto");
        fields.only(
                "parallel_tool_calls",
                "true",
                fields.find("parallel_tool_calls").filter(JsonNode::isBoolean).isPresent()
                        && fields.flag("parallel_tool_calls"));
        if (!choice.equals("auto") && !choice.equals("none")) {
            throw ApiException.unsupported(
                    "tool_choice", "tool_choice " + choice + " is not supported by this server: \"auto\" or \"none\"");
        }
        for (int i = 0; i < tools.size(); i++) {
            Fields tool = Fields.of(tools.get(i), "tools[" + i + "]");
            tool.only(
                    "type",
                    "function",
                    tool.text("type").filter("function"::equals).isPresent());
            Fields function = Fields.of(
                    tool.find("function")
                            .orElseThrow(
                                    () -> ApiException.bad(tool.at("function"), tool.at("function") + " is missing")),
                    tool.at("function"));
            if (function.text("name").isEmpty()) {
                throw ApiException.bad(function.at("name"), function.at("name") + " is missing");
            }
            // The schema is not enforced; a model reads it.
            function.only("strict", "false", !function.flag("strict"));
        }
        if (tools.isEmpty() || choice.equals("none")) {
            return false;
        }
        arguments.put(
                "tools",
                tools.stream().map(tool -> Messages.value(tool, "tools")).toList());
        return true;
    }
}
