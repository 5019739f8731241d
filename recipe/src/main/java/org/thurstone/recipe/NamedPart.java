package org.thurstone.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A record that recipes know by name, with what {@link Method} says about it.
 *
 * @param rows of the catalogue of published systems, ascending
 * @param parameters in the record's order
 */
public record NamedPart(
        Class<? extends Record> type,
        String name,
        String kind,
        List<Integer> rows,
        String source,
        String summary,
        String formula,
        List<Parameter> parameters) {

    static NamedPart of(Class<? extends Record> type) {
        Method method = Optional.ofNullable(type.getAnnotation(Method.class))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no @Method"));
        if (!type.isRecord() || method.name().isBlank() || method.kind().isBlank()) {
            throw new IllegalArgumentException(type.getName() + ": a method is a record with a name and a kind");
        }
        List<Parameter> parameters =
                Arrays.stream(type.getRecordComponents()).map(Parameter::of).toList();
        if (parameters.stream().anyMatch(p -> p.name().equals("name"))) {
            throw new IllegalArgumentException(type.getName() + ": \"name\" is taken by the method's own name");
        }
        List<Integer> rows = Arrays.stream(method.rows()).sorted().boxed().toList();
        return new NamedPart(
                type,
                method.name(),
                method.kind(),
                rows,
                method.source(),
                method.summary(),
                method.formula(),
                parameters);
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
