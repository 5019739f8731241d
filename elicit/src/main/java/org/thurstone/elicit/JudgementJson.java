package org.thurstone.elicit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.LosslessJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of judgements, the same in every file of ours: {@code {"preference": "left"}}, {@code {"scores": [1.5, null]}},
 * {@code {"places": [1, 0]}}, {@code {"edited": 0, "better": COMPLETION}}, {@code {"abstained": REASON}}. Reading what was written gives an
 * equal value; what cannot be read is a {@link BadRow} that says which part is wrong.
 */
public final class JudgementJson {

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();

    private JudgementJson() {}

    public static ObjectNode of(Judgement judgement) {
        ObjectNode node = NODES.objectNode();
        switch (judgement) {
            case Judgement.Preferred(var preference) -> node.set("preference", LosslessJson.of(preference));
            case Judgement.Scored(List<OptionalDouble> scores) -> {
                ArrayNode array = node.putArray("scores");
                for (OptionalDouble score : scores) {
                    if (score.isPresent()) {
                        array.add(score.getAsDouble());
                    } else {
                        array.addNull();
                    }
                }
            }
            case Judgement.Ordered(List<Integer> places) -> {
                ArrayNode array = node.putArray("places");
                places.forEach(array::add);
            }
            case Judgement.Edited(int of, var better) -> node.put("edited", of).set("better", LosslessJson.of(better));
            case Judgement.Written(var completion) -> node.set("written", LosslessJson.of(completion));
            case Judgement.Abstained(String reason) -> node.put("abstained", reason);
        }
        return node;
    }

    /** What {@link #of} wrote. */
    public static Judgement read(JsonNode node) {
        if (node.has("preference")) {
            return new Judgement.Preferred(LosslessJson.preference(node.get("preference")));
        } else if (node.has("scores")) {
            List<OptionalDouble> scores = new ArrayList<>();
            for (JsonNode score : list(node.get("scores"), "scores")) {
                if (!score.isNull() && !score.isNumber()) {
                    throw new BadRow("'scores' holds " + score + ", not a number or null");
                }
                scores.add(score.isNull() ? OptionalDouble.empty() : OptionalDouble.of(score.doubleValue()));
            }
            return new Judgement.Scored(scores);
        } else if (node.has("places")) {
            List<Integer> places = new ArrayList<>();
            for (JsonNode place : list(node.get("places"), "places")) {
                places.add(whole(place, "places"));
            }
            return new Judgement.Ordered(places);
        } else if (node.has("edited") && node.has("better")) {
            return new Judgement.Edited(
                    whole(node.get("edited"), "edited"), LosslessJson.completion(node.get("better"), "'better'"));
        } else if (node.has("written")) {
            return new Judgement.Written(LosslessJson.completion(node.get("written"), "'written'"));
        } else if (node.path("abstained").isString()) {
            return new Judgement.Abstained(node.get("abstained").stringValue());
        }
        throw new BadRow(
                "there is no preference, scores, places, edited, written or abstained in " + node.propertyNames());
    }

    private static JsonNode list(JsonNode node, String key) {
        if (!node.isArray()) {
            throw new BadRow("'" + key + "' is " + node + ", not a list");
        }
        return node;
    }

    private static int whole(JsonNode node, String key) {
        if (!node.isInt()) {
            throw new BadRow("'" + key + "' holds " + node + ", not a whole number");
        }
        return node.intValue();
    }
}
