package org.thurstone.model.text;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The chat template that a model is used with.
 *
 * @param file a Jinja file; empty: the model's own
 * @param arguments what the template receives with every conversation, such as {@code enable_thinking: false}
 */
public record TemplateChoice(Optional<Path> file, Map<String, Object> arguments) {

    /** The model's own, as it is. */
    public static final TemplateChoice OWN = new TemplateChoice(Optional.empty(), Map.of());

    public TemplateChoice {
        arguments = Map.copyOf(arguments);
    }
}
