package org.thurstone.data.format;

import java.util.List;
import java.util.Locale;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import tools.jackson.databind.JsonNode;
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
                row.set("left", completion(c.left()));
                row.set("right", completion(c.right()));
                row.set("preference", preference(c.preference()));
                c.margin().ifPresent(margin -> row.put("margin", margin));
                c.particulars().rightPrompt().ifPresent(p -> prompt(row.putObject("right_prompt"), p));
                c.particulars().rationale().ifPresent(why -> row.put("rationale", why));
                c.particulars()
                        .scores()
                        .ifPresent(s -> row.putArray("scores").add(s.left()).add(s.right()));
            }
            case Contrast c -> {
                row.put("kind", "contrast");
                ArrayNode prompts = row.putArray("prompts");
                c.prompts().forEach(p -> prompt(prompts.addObject(), p));
                ArrayNode completions = row.putArray("completions");
                c.completions().forEach(completion -> completions.add(completion(completion)));
            }
            case Ranking r -> {
                begin(row, "ranking", r.prompt());
                ArrayNode completions = row.putArray("completions");
                for (Completion completion : r.completions()) {
                    completions.add(completion(completion));
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
                row.set("completion", completion(r.completion()));
                row.put("value", r.value());
            }
            case Demonstration d -> {
                begin(row, "demonstration", d.prompt());
                row.set("completion", completion(d.completion()));
            }
        }
        provenance(row, example.provenance());
        return row;
    }

    private static void begin(ObjectNode row, String kind, Prompt prompt) {
        row.put("kind", kind);
        prompt(row.putObject("prompt"), prompt);
    }

    private static void prompt(ObjectNode asked, Prompt prompt) {
        asked.put("id", prompt.id());
        asked.set("text", text(prompt.text()));
    }

    private static JsonNode completion(Completion completion) {
        JsonNode text = text(completion.text());
        return completion.finished() ? text : NODES.objectNode().set("unfinished", text);
    }

    /** A string, or a list of {role, content}. */
    static JsonNode text(Text text) {
        return switch (text) {
            case Text.Raw(String raw) -> NODES.stringNode(raw);
            case Text.Chat(List<Message> turns) -> {
                ArrayNode array = NODES.arrayNode();
                for (Message turn : turns) {
                    ObjectNode message = array.addObject();
                    message.put("role", turn.role().name().toLowerCase(Locale.ROOT));
                    message.put("content", turn.content());
                }
                yield array;
            }
        };
    }

    private static JsonNode preference(Preference preference) {
        return switch (preference) {
            case Preference.Left l -> NODES.stringNode("left");
            case Preference.Right r -> NODES.stringNode("right");
            case Preference.Tie t -> NODES.stringNode("tie");
            case Preference.Graded(int grade, int scale) ->
                NODES.objectNode().put("grade", grade).put("scale", scale);
            case Preference.Soft(double probability) -> NODES.objectNode().put("probability", probability);
        };
    }

    /** Who, whence and how much, where it is known. */
    static void provenance(ObjectNode row, Provenance provenance) {
        if (!provenance.annotator().isEmpty()) {
            row.put("annotator", provenance.annotator());
        }
        if (!provenance.source().isEmpty()) {
            row.put("source", provenance.source());
        }
        if (provenance.weight() != 1) {
            row.put("weight", provenance.weight());
        }
    }
}
