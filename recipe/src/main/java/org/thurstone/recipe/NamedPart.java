package org.thurstone.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurstone.recipe.index.DocComment;

/**
 * A method that recipes can name, with what {@link Method} says about it.
 *
 * @param papers arXiv ids, ascending
 * @param parameters in the record's order
 * @param doc its documentation, as paragraphs separated by empty lines; empty if the index of its jar has none
 */
public record NamedPart(
        Class<? extends Record> type,
        String name,
        String kind,
        List<String> papers,
        String source,
        String summary,
        String formula,
        List<Parameter> parameters,
        String doc) {

    static NamedPart of(Class<?> type, DocComment comment) {
        Method method = Optional.ofNullable(type.getAnnotation(Method.class))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no @Method"));
        if (!type.isRecord() || method.name().isBlank() || method.kind().isBlank()) {
            throw new IllegalArgumentException(type.getName() + ": a method is a record with a name and a kind");
        }
        List<Parameter> parameters = Arrays.stream(type.getRecordComponents())
                .map(c -> Parameter.of(c, comment))
                .toList();
        if (parameters.stream().anyMatch(p -> p.name().equals("name"))) {
            throw new IllegalArgumentException(type.getName() + ": \"name\" is taken by the method's own name");
        }
        List<String> papers = Arrays.stream(method.papers()).sorted().toList();
        return new NamedPart(
                type.asSubclass(Record.class),
                method.name(),
                method.kind(),
                papers,
                method.source(),
                method.summary(),
                method.formula(),
                parameters,
                comment.text());
    }

    /** Whether parameters of it are parts themselves. */
    public boolean ofParts() {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(c -> Types.of(c.getGenericType()).holdsPart());
    }

    /** The name of a part in recipes, messages and metrics: what its {@link Method} says, or its class's simple name in kebab-case. */
    public static String name(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Method.class))
                .map(Method::name)
                .orElseGet(() -> Names.kebab(type.getSimpleName()));
    }
}
