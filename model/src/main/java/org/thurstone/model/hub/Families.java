package org.thurstone.model.hub;

import java.util.List;
import java.util.stream.Collectors;
import org.thurstone.model.transformer.TransformerConfig;

/** The model families that can be read. */
final class Families {

    private static final List<Family> ALL = List.of(
            new Llama(),
            new Mistral(),
            new Qwen2(),
            new Qwen3(),
            new Gemma2(),
            new Gemma3(),
            new Phi3(),
            new Gpt2(),
            new GptNeoX());

    private Families() {}

    /** Their names in config.json. */
    public static List<String> names() {
        return ALL.stream().map(Family::modelType).toList();
    }

    static TransformerConfig read(ConfigJson json) {
        String type = json.text("model_type");
        return ALL.stream()
                .filter(f -> f.modelType().equals(type))
                .findFirst()
                .orElseThrow(() -> json.wrong(
                        "model_type",
                        "is \"" + type + "\"; the families that can be read are "
                                + names().stream().collect(Collectors.joining(", "))))
                .read(json);
    }
}
