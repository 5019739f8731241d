package org.thurstone.model.text;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.thurstone.model.files.ModelTexts;
import tools.jackson.databind.JsonNode;

/** The chat templates of a model by their names, as text. */
public final class TemplateSources {

    /** The name of the one that is used unless a conversation needs another. */
    public static final String DEFAULT = "default";

    /** The name of the one for conversations with tools, where a model has one of its own for them. */
    static final String TOOLS = "tool_use";

    private TemplateSources() {}

    /** Those of a directory or a GGUF file, the default first; empty for a model without. */
    public static SequencedMap<String, String> of(Path model) {
        return of(ModelTexts.of(model));
    }

    static SequencedMap<String, String> of(ModelTexts texts) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        texts.text("chat_template.jinja").ifPresent(text -> all.put(DEFAULT, text));
        for (String name : List.of("tokenizer_config.json", "chat_template.json")) {
            JsonNode template = SpecialTokens.json(texts, name).path("chat_template");
            if (template.isString()) {
                all.putIfAbsent(DEFAULT, template.stringValue());
            }
            for (JsonNode one : template.isArray() ? template : SpecialTokens.NOTHING) {
                all.putIfAbsent(
                        one.path("name").asString(""), one.path("template").asString(""));
            }
        }
        // Of several of which none is the default, the first.
        Optional<String> first = all.values().stream().findFirst();
        if (first.isPresent()) {
            all.putFirst(DEFAULT, all.getOrDefault(DEFAULT, first.get()));
        }
        return all;
    }
}
