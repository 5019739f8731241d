package org.thurstone.recipe;

import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.thurstone.recipe.index.DocComment;

/**
 * A parameter of a method.
 *
 * @param name as recipes write it
 * @param type in words
 * @param fallback its default, as a recipe would write it; empty where it must be given or stays empty
 * @param required whether a recipe must give it
 * @param doc its description from the doc comment; may be empty
 */
public record Parameter(String name, String type, Optional<String> fallback, boolean required, String doc) {

    static Parameter of(RecordComponent component, DocComment comment) {
        Optional<String> fallback =
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
        Types type = Types.of(component.getGenericType());
        boolean optional = type instanceof Types.Maybe || type instanceof Types.Fields;
        return new Parameter(
                Names.kebab(component.getName()),
                type.description(),
                fallback,
                fallback.isEmpty() && !optional,
                comment.parameters().getOrDefault(component.getName(), ""));
    }
}
