package org.thurstone.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part by its name: {@code dpo}, {@code {name: dpo, beta: 0.1}}, {@code {dpo: {beta: 0.1}}} or, for the first of its parameters,
 * {@code {dpo: 0.1}}. A map without a name that gives parts spells out the one of its kind that is put together from parts
 * ({@link Method#nameless}): {@code {score: log-ratio, link: {squared: 5}}}.
 */
final class PartReader {

    private final Binder binder;
    private final Node node;
    private final String path;
    private final Class<?> wanted;
    private final Map<String, Class<? extends Record>> candidates;

    PartReader(Binder binder, Node node, Class<?> wanted, String path) {
        this.binder = binder;
        this.node = node;
        this.path = path;
        this.wanted = wanted;
        this.candidates = binder.catalogue().candidates(wanted);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("no part of the catalogue is a " + wanted.getName());
        }
    }

    Optional<Object> read() {
        return switch (node) {
            case Node.Scalar name -> part(name.text(), name.place(), Node.Mapping.empty(name.place()));
            case Node.Sequence list -> binder.refuse(list.place(), path, "expected " + what() + ", not a list");
            case Node.Mapping m
            when m.entries().get("name") instanceof Node.Entry(Place p, Node.Scalar name) ->
                part(name.text(), name.place(), m.without("name"));
            case Node.Mapping m
            when m.entries().get("name") instanceof Node.Entry(Place p, Node other) ->
                binder.refuse(other.place(), path, "expected " + what() + " as name, not " + other.description());
            case Node.Mapping m -> nameless(m);
        };
    }

    private Optional<Object> nameless(Node.Mapping mapping) {
        Node.Mapping names = Node.Mapping.empty(mapping.place());
        Node.Mapping settings = Node.Mapping.empty(mapping.place());
        for (Map.Entry<String, Node.Entry> e : mapping.entries().entrySet()) {
            boolean setting = e.getValue().keyPlace().onCommandLine()
                    && !mapping.place().onCommandLine()
                    && !candidates.containsKey(e.getKey());
            Node.Mapping side = (setting ? settings : names)
                    .with(e.getKey(), e.getValue().value(), e.getValue().keyPlace());
            settings = setting ? side : settings;
            names = setting ? names : side;
        }
        boolean single = names.entries().size() == 1;
        if (single && candidates.containsKey(names.entries().keySet().iterator().next())) {
            return keyed(names, settings);
        }
        Optional<Class<? extends Record>> whole = nameless();
        if (whole.isPresent()
                && mapping.entries().keySet().stream()
                        .anyMatch(k -> partsOf(whole.get()).contains(Names.kebab(k)))) {
            return binder.record(mapping, whole.get(), path);
        }
        if (!single) {
            return binder.refuse(mapping.place(), path, "expected " + what() + ": write {name: …} with its parameters");
        }
        Map.Entry<String, Node.Entry> only =
                names.entries().entrySet().iterator().next();
        return unknown(
                only.getKey(),
                only.getValue().keyPlace(),
                whole.map(PartReader::partsOf).orElse(List.of()));
    }

    /** {@code {dpo: {beta: 0.1}}}, or {@code {dpo: 0.1}} for the first of its parameters alone. */
    private Optional<Object> keyed(Node.Mapping names, Node.Mapping settings) {
        Map.Entry<String, Node.Entry> only =
                names.entries().entrySet().iterator().next();
        String name = only.getKey();
        Node.Mapping parameters = Node.Mapping.empty(only.getValue().value().place());
        switch (only.getValue().value()) {
            case Node.Mapping m
            when m.entries().get("name") instanceof Node.Entry(Place p, Node.Scalar first)
                    && m.entries().values().stream().anyMatch(e -> e.keyPlace().onCommandLine()) ->
                // {dpo: 0.1}, and a setting that reached into it as if 0.1 were a name.
                parameters = first(name, first)
                        .map(f -> overlaid(f, m.without("name")))
                        .orElse(m.without("name"));
            case Node.Mapping m -> parameters = m;
            case Node.Scalar s when s.absent() -> {}
            case Node value -> {
                Optional<Node.Mapping> first = first(name, value);
                if (first.isEmpty()) {
                    return binder.refuse(
                            value.place(),
                            path,
                            name + " has no parameters, so " + value.description() + " has no meaning after it");
                }
                parameters = first.get();
            }
        }
        return part(name, only.getValue().keyPlace(), overlaid(parameters, settings));
    }

    private static Node.Mapping overlaid(Node.Mapping parameters, Node.Mapping settings) {
        Node.Mapping both = parameters;
        for (Map.Entry<String, Node.Entry> e : settings.entries().entrySet()) {
            both = both.with(e.getKey(), e.getValue().value(), e.getValue().keyPlace());
        }
        return both;
    }

    /** A value as the first parameter of a part; nothing where that has none. */
    private Optional<Node.Mapping> first(String name, Node value) {
        return Optional.ofNullable(candidates.get(name))
                .map(Class::getRecordComponents)
                .filter(components -> components.length > 0)
                .map(components -> Node.Mapping.empty(value.place())
                        .with(Names.kebab(components[0].getName()), value, value.place()));
    }

    /** The part that a map without a name spells out, where this kind has one. */
    private Optional<Class<? extends Record>> nameless() {
        List<Class<? extends Record>> found = candidates.values().stream()
                .filter(t -> Optional.ofNullable(t.getAnnotation(Method.class))
                        .filter(Method::nameless)
                        .isPresent())
                .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("a map without a name could be any of " + found);
        }
        return found.stream().findFirst();
    }

    /** The parameters of a part that are parts themselves. */
    private static List<String> partsOf(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(c -> Types.of(c.getGenericType()).holdsPart())
                .map(c -> Names.kebab(c.getName()))
                .toList();
    }

    private Optional<Object> part(String name, Place place, Node.Mapping parameters) {
        Class<? extends Record> type = candidates.get(name);
        return type == null ? unknown(name, place, List.of()) : binder.record(parameters, type, path);
    }

    private Optional<Object> unknown(String name, Place place, List<String> keys) {
        List<String> valid =
                Stream.concat(candidates.keySet().stream(), keys.stream()).toList();
        return binder.refuse(place, path, "unknown " + noun() + " \"" + name + "\"" + Names.hint(name, valid));
    }

    private String what() {
        return "the name of a " + noun();
    }

    /** The kind that its candidates share, or the interface's own name. */
    private String noun() {
        List<String> kinds = candidates.values().stream()
                .map(t -> Optional.ofNullable(t.getAnnotation(Method.class))
                        .map(Method::kind)
                        .orElse(""))
                .distinct()
                .toList();
        boolean shared = kinds.size() == 1 && !kinds.getFirst().isEmpty();
        return shared ? kinds.getFirst() : Names.kebab(wanted.getSimpleName()).replace('-', ' ');
    }
}
