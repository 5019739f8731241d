package org.thurstone.data.format;

import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.container.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows that {@link Lossless} reads back exactly; what has its default value is left out. */
final class LosslessWriter {

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();

    private LosslessWriter() {}

    static ObjectNode row(Example example) {
        ObjectNode row = NODES.objectNode();
        switch (example) {
            case Comparison c -> {
                begin(row, "comparison", c.prompt());
                row.set("left", LosslessJson.of(c.left()));
                row.set("right", LosslessJson.of(c.right()));
                row.set("preference", LosslessJson.of(c.preference()));
                c.margin().ifPresent(margin -> row.put("margin", margin));
                c.particulars().rightPrompt().ifPresent(p -> row.set("right_prompt", LosslessJson.of(p)));
                c.particulars().rationale().ifPresent(why -> row.put("rationale", why));
                c.particulars()
                        .scores()
                        .ifPresent(s -> row.putArray("scores").add(s.left()).add(s.right()));
            }
            case Contrast c -> {
                row.put("kind", "contrast");
                ArrayNode prompts = row.putArray("prompts");
                c.prompts().forEach(p -> prompts.add(LosslessJson.of(p)));
                ArrayNode completions = row.putArray("completions");
                c.completions().forEach(completion -> completions.add(LosslessJson.of(completion)));
            }
            case Ranking r -> {
                begin(row, "ranking", r.prompt());
                ArrayNode completions = row.putArray("completions");
                for (Completion completion : r.completions()) {
                    completions.add(LosslessJson.of(completion));
                }
                ArrayNode places = row.putArray("places");
                r.places().forEach(places::add);
                r.values().ifPresent(values -> {
                    ArrayNode array = row.putArray("values");
                    values.forEach(array::add);
                });
            }
            case Rating r -> {
                begin(row, "rating", r.prompt());
                row.set("completion", LosslessJson.of(r.completion()));
                row.put("value", r.value());
            }
            case Demonstration d -> {
                begin(row, "demonstration", d.prompt());
                row.set("completion", LosslessJson.of(d.completion()));
            }
        }
        LosslessJson.put(row, example.provenance());
        return row;
    }

    private static void begin(ObjectNode row, String kind, Prompt prompt) {
        row.put("kind", kind);
        row.set("prompt", LosslessJson.of(prompt));
    }
}
