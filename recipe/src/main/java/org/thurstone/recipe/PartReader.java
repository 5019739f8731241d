package org.thurstone.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part by its name: {@code dpo}, {@code {name: dpo, beta: 0.1}} or {@code {dpo: {beta: 0.1}}}. */
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
            case Node.Mapping m -> keyed(m);
        };
    }

    private Optional<Object> keyed(Node.Mapping mapping) {
        Node.Mapping settings = Node.Mapping.empty(mapping.place());
        Node.Mapping names = Node.Mapping.empty(mapping.place());
        for (Map.Entry<String, Node.Entry> e : mapping.entries().entrySet()) {
            boolean setting = e.getValue().keyPlace().onCommandLine()
                    && !mapping.place().onCommandLine()
                    && !candidates.containsKey(e.getKey());
            Node.Mapping side = (setting ? settings : names)
                    .with(e.getKey(), e.getValue().value(), e.getValue().keyPlace());
            settings = setting ? side : settings;
            names = setting ? names : side;
        }
        if (names.entries().size() != 1) {
            return binder.refuse(mapping.place(), path, "expected " + what() + ": write {name: …} with its parameters");
        }
        Map.Entry<String, Node.Entry> only =
                names.entries().entrySet().iterator().next();
        Node.Mapping parameters = switch (only.getValue().value()) {
            case Node.Mapping m -> m;
            case Node.Scalar s when s.absent() -> Node.Mapping.empty(s.place());
            case Node other
            when candidates.containsKey(only.getKey()) -> {
                binder.refuse(
                        other.place(),
                        path,
                        "expected the parameters of " + only.getKey() + ", not " + other.description());
                yield Node.Mapping.empty(other.place());
            }
            case Node other -> Node.Mapping.empty(other.place());
        };
        for (Map.Entry<String, Node.Entry> e : settings.entries().entrySet()) {
            parameters = parameters.with(
                    e.getKey(), e.getValue().value(), e.getValue().keyPlace());
        }
        return part(only.getKey(), only.getValue().keyPlace(), parameters);
    }

    private Optional<Object> part(String name, Place place, Node.Mapping parameters) {
        Class<? extends Record> type = candidates.get(name);
        return type == null
                ? binder.refuse(
                        place, path, "unknown " + noun() + " \"" + name + "\"" + Names.hint(name, candidates.keySet()))
                : binder.record(parameters, type, path);
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
