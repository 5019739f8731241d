package org.thurstone.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.Tokenizer;
import tools.jackson.databind.JsonNode;

/**
 * The settings of sampling that chat completions and completions share. What is not given is the model's own distribution: temperature 1, no filter, no
 * penalty.
 *
 * @param n answers
 * @param seed empty for an unpredictable one
 */
record SamplingFields(Sampling sampling, int n, OptionalLong seed) {

    /** The most answers to one prompt. */
    static final int MOST_ANSWERS = 128;

    private static final int MOST_STOPS = 32;
    private static final int LONGEST_STOP = 1_000;

    /** @param maxTokens the most tokens of an answer, at least 1 */
    static SamplingFields read(Fields fields, Tokenizer tokenizer, int maxTokens) {
        OptionalInt n = fields.integer("n", 1, MOST_ANSWERS);
        OptionalDouble temperature = fields.number("temperature", 0, 2);
        OptionalDouble topP = fields.number("top_p", 0, 1);
        if (topP.isPresent() && topP.getAsDouble() == 0) {
            throw ApiException.bad(fields.at("top_p"), "top_p is 0 and keeps no token: give a number above 0");
        }
        OptionalInt topK = fields.integer("top_k", -1, Integer.MAX_VALUE);
        OptionalDouble minP = fields.number("min_p", 0, 1);
        OptionalLong seed = fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        for (String penalty : List.of("frequency_penalty", "presence_penalty")) {
            OptionalDouble value = fields.number(penalty, -2, 2);
            fields.only(penalty, "0", value.isEmpty() || value.getAsDouble() == 0);
        }
        OptionalDouble repetition = fields.number("repetition_penalty", 0, 10);
        fields.only("repetition_penalty", "1", repetition.isEmpty() || repetition.getAsDouble() == 1);
        fields.only(
                "logit_bias",
                "an empty object",
                fields.find("logit_bias")
                        .filter(bias -> bias.isObject() && bias.isEmpty())
                        .isPresent());
        List<String> stops = stops(fields);
        List<Integer> ids = new ArrayList<>();
        for (String stop : stops) {
            // A control token has no text: a stop string that is one is found by its id.
            tokenizer.id(stop).stream().filter(tokenizer::special).forEach(ids::add);
        }
        Sampling sampling = new Sampling(
                temperature.orElse(1),
                topK.isPresent() && topK.getAsInt() > 0 ? topK : OptionalInt.empty(),
                topP.isPresent() && topP.getAsDouble() < 1 ? topP : OptionalDouble.empty(),
                minP.isPresent() && minP.getAsDouble() > 0 ? minP : OptionalDouble.empty(),
                maxTokens,
                stops,
                ids);
        return new SamplingFields(sampling, n.orElse(1), seed);
    }

    private static List<String> stops(Fields fields) {
        List<JsonNode> given = fields.find("stop")
                .map(stop -> stop.isString() ? List.of(stop) : fields.list("stop"))
                .orElse(List.of());
        if (given.size() > MOST_STOPS) {
            throw ApiException.bad(
                    fields.at("stop"), given.size() + " stop strings are too many: give up to " + MOST_STOPS);
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : given) {
            if (!stop.isString()) {
                throw fields.wrong("stop", stop, "a text or a list of texts");
            }
            if (stop.stringValue().isEmpty() || stop.stringValue().length() > LONGEST_STOP) {
                throw ApiException.bad(
                        fields.at("stop"), "a stop string has from 1 to " + LONGEST_STOP + " characters");
            }
            stops.add(stop.stringValue());
        }
        return stops;
    }
}
