package org.thurstone.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/**
 * A request for completions of texts or token ids.
 *
 * @param maxTokens 0 for none: the prompts alone, to be scored
 * @param echo whether the prompts come back before their completions
 * @param logProbs how many of the most likely tokens come with each log-probability; empty for no log-probabilities
 */
record CompletionRequest(
        List<Given> prompts,
        SamplingFields sampling,
        StreamFields stream,
        int maxTokens,
        boolean echo,
        OptionalInt logProbs) {

    private static final int DEFAULT_TOKENS = 16;
    private static final int MOST_PROMPTS = 2_048;

    /**
     * A prompt.
     *
     * @param text as it was given; empty of token ids
     */
    record Given(int[] tokens, Optional<String> text) {}

    static CompletionRequest read(Fields fields, ServedModel model) {
        model.check(fields);
        StreamFields stream = StreamFields.read(fields);
        int most = fields.integer("max_tokens", 0, Integer.MAX_VALUE).orElse(DEFAULT_TOKENS);
        SamplingFields sampling = SamplingFields.read(fields, model.tokenizer(), Math.max(1, most));
        boolean echo = fields.flag("echo");
        OptionalInt logProbs = fields.integer("logprobs", 0, 20);
        OptionalInt best = fields.integer("best_of", 1, SamplingFields.MOST_ANSWERS);
        fields.only("best_of", "the value of n", best.isPresent() && best.getAsInt() == sampling.n());
        fields.only(
                "suffix", "\"\"", fields.text("suffix").filter(String::isEmpty).isPresent());
        fields.ignore("user");
        List<Given> prompts = prompts(fields, model);
        fields.end();
        if ((long) prompts.size() * sampling.n() > MOST_PROMPTS) {
            throw ApiException.bad(
                    "n",
                    prompts.size() + " prompts with " + sampling.n()
                            + " answers each are too many for one request: ask for up to " + MOST_PROMPTS);
        }
        for (Given prompt : prompts) {
            model.checkRoom(prompt.tokens(), most == 0 ? 0 : 1, "prompt");
        }
        return new CompletionRequest(prompts, sampling, stream, most, echo, logProbs);
    }

    private static List<Given> prompts(Fields fields, ServedModel model) {
        JsonNode prompt = fields.find("prompt").orElseThrow(() -> ApiException.bad("prompt", "prompt is missing"));
        if (prompt.isString()) {
            return List.of(text(prompt.stringValue(), model));
        }
        List<JsonNode> items = fields.list("prompt");
        if (items.isEmpty()) {
            throw ApiException.bad("prompt", "prompt is an empty list");
        }
        if (items.getFirst().isNumber()) {
            return List.of(new Given(model.ids(items, "prompt"), Optional.empty()));
        }
        if (items.size() > MOST_PROMPTS) {
            throw ApiException.bad(
                    "prompt", items.size() + " prompts are too many for one request: give up to " + MOST_PROMPTS);
        }
        List<Given> prompts = new ArrayList<>();
        for (JsonNode item : items) {
            if (item.isString()) {
                prompts.add(text(item.stringValue(), model));
            } else if (item.isArray()) {
                List<JsonNode> ids = new ArrayList<>();
                item.forEach(ids::add);
                prompts.add(new Given(model.ids(ids, "prompt"), Optional.empty()));
            } else {
                throw fields.wrong("prompt", prompt, "a text, a list of token ids, or a list of either");
            }
        }
        return prompts;
    }

    private static Given text(String text, ServedModel model) {
        int[] tokens = model.encoding().prompt(new Prompt("request", Text.raw(text)));
        return new Given(tokens, Optional.of(text));
    }

    /** Log-probabilities of the prompts are needed. */
    boolean scoresPrompts() {
        return echo && logProbs.isPresent();
    }
}
