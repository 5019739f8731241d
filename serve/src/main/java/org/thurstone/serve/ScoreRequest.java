package org.thurstone.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.Encoded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for scores: the log-probability of each completion after its prompt, its end of text included, as {@code thurstone score} gives it.
 *
 * @param trees one for each score, in order
 */
record ScoreRequest(List<TokenTree> trees) {

    private static final int MOST = 2_048;

    static ScoreRequest read(Fields fields, ServedModel model) {
        model.check(fields);
        fields.ignore("user");
        List<TokenTree> trees = new ArrayList<>();
        if (fields.has("messages")) {
            List<JsonNode> given = fields.list("messages");
            boolean several = !given.isEmpty() && given.getFirst().isArray();
            List<List<JsonNode>> conversations =
                    several ? given.stream().map(ScoreRequest::items).toList() : List.of(given);
            limit("messages", conversations.size());
            for (int i = 0; i < conversations.size(); i++) {
                trees.add(conversation(conversations.get(i), several ? "messages[" + i + "]" : "messages", model));
            }
        } else {
            List<String> first = texts(fields, "text_1");
            List<String> second = texts(fields, "text_2");
            limit("text_2", second.size());
            if (first.size() != 1 && first.size() != second.size()) {
                throw ApiException.bad(
                        "text_1",
                        "text_1 holds " + first.size() + " texts and text_2 " + second.size()
                                + ": give one text_1, or as many as text_2");
            }
            for (int i = 0; i < second.size(); i++) {
                Prompt prompt = new Prompt("request", Text.raw(first.size() == 1 ? first.getFirst() : first.get(i)));
                trees.add(tree(prompt, Completion.raw(second.get(i)), "text_2", model));
            }
        }
        fields.end();
        return new ScoreRequest(trees);
    }

    private static void limit(String field, int count) {
        if (count > MOST) {
            throw ApiException.bad(field, count + " scores are too many for one request: ask for up to " + MOST);
        }
    }

    private static List<JsonNode> items(JsonNode list) {
        if (!list.isArray()) {
            throw ApiException.bad("messages", "messages holds " + Fields.shown(list) + " among lists of messages");
        }
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items;
    }

    private static List<String> texts(Fields fields, String name) {
        JsonNode given = fields.find(name)
                .orElseThrow(() -> ApiException.bad(name, name + " is missing: give text_1 and text_2, or messages"));
        if (given.isString()) {
            return List.of(given.stringValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : fields.list(name)) {
            if (!text.isString()) {
                throw fields.wrong(name, text, "a text or a list of texts");
            }
            texts.add(text.stringValue());
        }
        if (texts.isEmpty()) {
            throw ApiException.bad(name, name + " is an empty list");
        }
        return texts;
    }

    private static TokenTree conversation(List<JsonNode> given, String field, ServedModel model) {
        List<Message> messages = Messages.read(given, field);
        int last = messages.size() - 1;
        if (last < 1 || messages.get(last).role() != Role.ASSISTANT) {
            throw ApiException.bad(field, field + " has to end with the message of the assistant that is scored");
        }
        Prompt prompt = new Prompt("request", new Text.Chat(messages.subList(0, last), Map.of()));
        Completion answer = new Completion(new Text.Chat(List.of(messages.get(last)), Map.of()));
        return tree(prompt, answer, field, model);
    }

    private static TokenTree tree(Prompt prompt, Completion completion, String field, ServedModel model) {
        return switch (model.encoding().encode(prompt, List.of(completion))) {
            case Encoded.Included kept -> kept.tree();
            case Encoded.Dropped dropped -> {
                boolean tooLong = dropped.reason().contains("does not fit")
                        || dropped.reason().contains("no room");
                throw ApiException.bad(
                        field, tooLong ? "context_length_exceeded" : "invalid_value", field + ": " + dropped.reason());
            }
        };
    }

    /** vLLM's form, with the log-probability of each token. */
    ObjectNode reply(ServedModel model, long created) {
        ObjectNode body = ReplyHead.of("score-", created, model.name()).object("list");
        ArrayNode data = body.putArray("data");
        int tokens = 0;
        for (int i = 0; i < trees.size(); i++) {
            float[] logProbs = model.scorer().tree(trees.get(i));
            double sum = 0;
            ObjectNode entry = data.addObject().put("index", i).put("object", "score");
            ArrayNode each = entry.putArray("token_log_probs");
            for (float logProb : logProbs) {
                sum += logProb;
                each.add(ReplyHead.finite(logProb));
            }
            entry.put("score", Double.isFinite(sum) ? sum : ReplyHead.finite(Float.NEGATIVE_INFINITY));
            tokens += trees.get(i).size();
        }
        body.putObject("usage")
                .put("prompt_tokens", tokens)
                .put("completion_tokens", 0)
                .put("total_tokens", tokens);
        return body;
    }
}
