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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Converts records to JSON values (maps, lists, strings, numbers, true and false), and back. */
final class Values {

    private Values() {}

    /** A tree of values, all of which stand at one place. */
    static Node node(Object value, Place place) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Node.Entry> entries = new LinkedHashMap<>();
                map.forEach((key, each) -> entries.put(key.toString(), new Node.Entry(place, orNull(each, place))));
                yield new Node.Mapping(entries, place);
            }
            case List<?> list -> {
                List<Node> items = new ArrayList<>();
                list.forEach(each -> items.add(orNull(each, place)));
                yield new Node.Sequence(items, place);
            }
            case String text -> new Node.Scalar(text, true, place);
            default -> new Node.Scalar(value.toString(), false, place);
        };
    }

    /** A tree as a value of no particular type; a number, true or false where it is written as one. */
    static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> Scalars.untyped(scalar);
            case Node.Sequence(List<Node> items, Place place) ->
                items.stream().map(Values::plain).toList();
            case Node.Mapping(Map<String, Node.Entry> entries, Place place) -> {
                Map<String, Object> values = new LinkedHashMap<>();
                entries.forEach((key, entry) -> values.put(key, plain(entry.value())));
                yield Collections.unmodifiableMap(values);
            }
        };
    }

    private static Node orNull(@Nullable Object value, Place place) {
        return value == null ? new Node.Scalar("null", false, place) : node(value, place);
    }

    /** The paths in a value, wherever they are. */
    static List<Path> paths(@Nullable Object value) {
        return switch (value) {
            case Path path -> List.of(path);
            case Optional<?> optional -> paths(optional.orElse(null));
            case List<?> list ->
                list.stream().flatMap(each -> paths(each).stream()).toList();
            case Map<?, ?> map ->
                map.values().stream().flatMap(each -> paths(each).stream()).toList();
            case Record record ->
                Arrays.stream(record.getClass().getRecordComponents())
                        .flatMap(component -> paths(get(record, component)).stream())
                        .toList();
            case null, default -> List.of();
        };
    }

    /** See {@link Recipe#deciding}. */
    static Object deciding(Object value) {
        return switch (value) {
            case Operational part -> part.whatDecides();
            case Optional<?> optional -> optional.map(Values::deciding);
            case List<?> list -> list.stream().map(Values::deciding).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> each = new LinkedHashMap<>();
                map.forEach((key, of) -> each.put(key, deciding(of)));
                yield each;
            }
            case Record record -> deciding(record);
            default -> value;
        };
    }

    private static Record deciding(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        boolean changed = false;
        for (int i = 0; i < components.length; i++) {
            Object value = get(record, components[i]);
            values[i] = deciding(value);
            changed |= !values[i].equals(value);
        }
        if (!changed) {
            return record;
        }
        try {
            Constructor<? extends Record> canonical = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass().getName() + " could not be made", e);
        }
    }

    /** The components of a record in their order, without those that are empty or have their default. */
    static Map<String, Object> of(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Types type = Types.of(component.getGenericType());
            Object value = get(record, component);
            if (!isDefault(component, type, value)) {
                present(value, type).ifPresent(v -> values.put(Names.kebab(component.getName()), v));
            }
        }
        return values;
    }

    private static boolean isDefault(RecordComponent component, Types type, Object value) {
        Default written = component.getAnnotation(Default.class);
        return written != null
                && !type.holdsPart()
                && Defaults.of(component, written.value(), type, Catalogue.empty())
                        .equals(value);
    }

    private static Optional<Object> present(Object value, Types type) {
        return type instanceof Types.Maybe maybe
                ? unwrap(value).map(v -> plain(v, maybe.value()))
                : Optional.of(plain(value, type));
    }

    private static Object plain(Object value, Types type) {
        return switch (type) {
            case Types.Fields f -> of((Record) value);
            case Types.Named n -> Map.of(NamedPart.name(value.getClass()), of((Record) value));
            case Types.Many many ->
                ((List<?>) value).stream().map(v -> plain(v, many.item())).toList();
            case Types.Keyed keyed -> {
                Map<String, Object> values = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((k, v) -> values.put(k.toString(), plain(v, keyed.value())));
                yield values;
            }
            case Types.Maybe maybe ->
                throw new IllegalArgumentException("a list or map may not hold values that may be missing");
            case Types.Single s -> single(value);
            case Types.Anything a -> value;
        };
    }

    private static Object single(Object value) {
        return switch (value) {
            case Double d when !Double.isFinite(d) -> throw new IllegalArgumentException(d + " is not a finite number");
            case Number number -> number;
            case Boolean truth -> truth;
            default -> Scalars.write(value);
        };
    }

    static Object get(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    static Optional<Object> unwrap(Object optional) {
        return switch (optional) {
            case OptionalInt i -> i.isPresent() ? Optional.of(i.getAsInt()) : Optional.empty();
            case OptionalLong l -> l.isPresent() ? Optional.of(l.getAsLong()) : Optional.empty();
            case OptionalDouble d -> d.isPresent() ? Optional.of(d.getAsDouble()) : Optional.empty();
            default -> ((Optional<?>) optional).map(v -> v);
        };
    }
}
