package org.thurstone.recipe;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Converts a recipe's tree to records. Every method returns the value, or records the problem and returns nothing, so that one pass finds all
 * problems.
 */
final class Binder {

    private final Catalogue catalogue;
    private final List<Problem> problems;
    private final Map<String, Path> directories;

    /** @param directories that paths are relative to, by the source that names them; the current directory for any other source */
    Binder(Catalogue catalogue, List<Problem> known, Map<String, Path> directories) {
        this.catalogue = catalogue;
        this.problems = new ArrayList<>(known);
        this.directories = directories;
    }

    <T extends Record> T bindRoot(Node.Mapping root, Class<T> type) {
        Optional<Object> bound = record(root, type, "");
        if (bound.isEmpty() || !problems.isEmpty()) {
            throw new RecipeError(problems);
        }
        return type.cast(bound.get());
    }

    Catalogue catalogue() {
        return catalogue;
    }

    private Optional<Object> value(Node node, Types type, String path) {
        boolean absent = node instanceof Node.Scalar s && s.absent();
        return switch (type) {
            case Types.Maybe maybe ->
                absent
                        ? Optional.of(maybe.missing())
                        : value(node, maybe.value(), path).map(maybe.present());
            case Types.Fields fields when absent -> record(Node.Mapping.empty(node.place()), fields.type(), path);
            case Types.Fields fields when node instanceof Node.Mapping m -> record(m, fields.type(), path);
            case Types.Many many when asList(node) instanceof Node.Sequence s -> list(s, many.item(), path);
            case Types.Many(Types.Single item)
            when !absent && node instanceof Node.Scalar s && isWord(item.type()) ->
                single(s, item.type(), path).map(List::of);
            case Types.Keyed keyed when node instanceof Node.Mapping m -> map(m, keyed.value(), path);
            case Types.Named named when !absent -> new PartReader(this, node, named.type(), path).read();
            case Types.Anything anything when !absent -> Optional.of(Values.plain(node));
            case Types.Single single when !absent && node instanceof Node.Scalar s -> single(s, single.type(), path);
            default ->
                refuse(
                        node.place(),
                        path,
                        absent
                                ? "has no value; expected " + type.description()
                                : "expected " + type.description() + ", not " + node.description()
                                        + example(node, type));
        };
    }

    /** One text or path may stand for a list of one. */
    private static boolean isWord(Class<?> type) {
        return type == String.class || type == Path.class;
    }

    /** What a single value would look like where a list is expected. */
    private static String example(Node node, Types type) {
        return type instanceof Types.Many(Types.Single _) && node instanceof Node.Scalar s
                ? ": write [" + s.text() + "]"
                : "";
    }

    private Optional<Object> single(Node.Scalar scalar, Class<?> type, String path) {
        try {
            Object value = Scalars.read(scalar, type);
            return Optional.of(value instanceof Path file ? absolute(file, scalar.place()) : value);
        } catch (IllegalArgumentException e) {
            return refuse(scalar.place(), path, String.valueOf(e.getMessage()));
        }
    }

    private Path absolute(Path written, Place place) {
        Path directory = directories.getOrDefault(place.source(), Path.of(""));
        return directory.resolve(written).toAbsolutePath().normalize();
    }

    /** {@code --set stages.0.steps=5} where nothing is there yet has made a map of indexes. */
    private static Node asList(Node node) {
        if (node instanceof Node.Mapping(Map<String, Node.Entry> entries, Place place) && place.onCommandLine()) {
            List<Node> items = new ArrayList<>();
            while (entries.get(String.valueOf(items.size())) instanceof Node.Entry(Place p, Node item)) {
                items.add(item);
            }
            return items.size() == entries.size() ? new Node.Sequence(items, place) : node;
        }
        return node;
    }

    private Optional<Object> list(Node.Sequence sequence, Types item, String path) {
        List<Object> values = new ArrayList<>();
        int index = 0;
        for (Node node : sequence.items()) {
            value(node, item, Recipe.join(path, String.valueOf(index++))).ifPresent(values::add);
        }
        return values.size() == index ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private Optional<Object> map(Node.Mapping mapping, Types type, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, entry) ->
                        value(entry.value(), type, Recipe.join(path, key)).ifPresent(v -> values.put(key, v)));
        return values.size() == mapping.entries().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    Optional<Object> record(Node.Mapping mapping, Class<? extends Record> type, String path) {
        List<String> valid = Arrays.stream(type.getRecordComponents())
                .map(c -> Names.kebab(c.getName()))
                .toList();
        Map<String, Node.Entry> given = given(mapping, type, valid, path);
        boolean complete = given.size() == mapping.entries().size();
        RecordComponent[] components = type.getRecordComponents();
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : components) {
            String key = Names.kebab(component.getName());
            Types wanted = Types.of(component.getGenericType());
            Node.Entry entry = given.get(key);
            Optional<Object> bound = entry != null
                    ? value(emptied(entry.value(), component), wanted, Recipe.join(path, key))
                    : fallback(component, wanted, mapping, valid, Recipe.join(path, key));
            bound.ifPresent(arguments::add);
        }
        return complete && arguments.size() == components.length
                ? construct(type, arguments, mapping, given, path)
                : Optional.empty();
    }

    /** An empty list in the place of the word that stands for it. */
    private static Node emptied(Node node, RecordComponent component) {
        EmptyWord word = component.getAnnotation(EmptyWord.class);
        return word != null && node instanceof Node.Scalar s && s.text().equals(word.value())
                ? new Node.Sequence(List.of(), s.place())
                : node;
    }

    /** What the recipe says, by the canonical spelling of each component. */
    private Map<String, Node.Entry> given(
            Node.Mapping mapping, Class<? extends Record> type, List<String> valid, String path) {
        Map<String, Node.Entry> given = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            String canonical = Names.kebab(key);
            boolean spelled = key.equals(canonical)
                    || Arrays.stream(type.getRecordComponents())
                            .anyMatch(c -> c.getName().equals(key));
            if (!spelled || !valid.contains(canonical)) {
                refuse(
                        entry.keyPlace(),
                        path,
                        Rename.ofKey(canonical, valid)
                                .map(Rename::message)
                                .orElseGet(() -> "unknown key \"" + key + "\"" + Names.hint(key, valid)));
            } else if (given.putIfAbsent(canonical, entry) != null) {
                refuse(entry.keyPlace(), path, "\"" + key + "\" is given twice, as " + canonical + " in two spellings");
            }
        });
        return given;
    }

    private Optional<Object> fallback(
            RecordComponent component, Types wanted, Node.Mapping mapping, List<String> valid, String path) {
        Default written = component.getAnnotation(Default.class);
        if (written != null) {
            return Optional.of(Defaults.of(component, written.value(), wanted, catalogue));
        }
        return switch (wanted) {
            case Types.Maybe maybe -> Optional.of(maybe.missing());
            case Types.Fields fields -> record(Node.Mapping.empty(mapping.place()), fields.type(), path);
            default -> {
                String key = Names.kebab(component.getName());
                // Then the message about the unknown key names this one.
                boolean misspelled = mapping.entries().keySet().stream()
                        .filter(k -> !valid.contains(Names.kebab(k)))
                        .anyMatch(k -> Names.nearest(k, valid).contains(key)
                                || Rename.ofKey(k, List.of(key)).isPresent());
                yield misspelled
                        ? Optional.empty()
                        : refuse(mapping.place(), path, "is missing; expected " + wanted.description());
            }
        };
    }

    /** A default that its author wrote down, as a value. */
    static Object valueOfDefault(Node node, Types wanted, Catalogue catalogue) {
        Binder binder = new Binder(catalogue, List.of(), Map.of());
        Optional<Object> value = binder.value(node, wanted, "");
        if (value.isEmpty() || !binder.problems.isEmpty()) {
            throw new RecipeError(binder.problems);
        }
        return value.get();
    }

    private Optional<Object> construct(
            Class<? extends Record> type,
            List<Object> arguments,
            Node.Mapping mapping,
            Map<String, Node.Entry> given,
            String path) {
        try {
            Class<?>[] signature = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<? extends Record> canonical = type.getDeclaredConstructor(signature);
            canonical.setAccessible(true);
            return Optional.of(canonical.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                String message = String.valueOf(refusal.getMessage());
                return refuse(culprit(message, given).orElse(mapping.place()), path, message);
            }
            throw new IllegalStateException(type.getName() + " could not be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " could not be made", e);
        }
    }

    /** Where the key that a constructor's message mentions first was written. */
    private static Optional<Place> culprit(String message, Map<String, Node.Entry> given) {
        return Arrays.stream(message.split("[^\\p{Alnum}-]+"))
                .flatMap(word -> Stream.ofNullable(given.get(Names.kebab(word))))
                .findFirst()
                .map(Node.Entry::keyPlace);
    }

    Optional<Object> refuse(Place place, String path, String message) {
        problems.add(new Problem(place, path, message));
        return Optional.empty();
    }
}
