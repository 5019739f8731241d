package org.thurstone.recipe;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** The types that a record component of a recipe can have. Any other type is an error in the record. */
sealed interface Types {

    /** In words, with its article, for messages and the catalogue. */
    String description();

    /** Whether a value of it is, or has somewhere in it, a part that recipes name. */
    default boolean holdsPart() {
        return switch (this) {
            case Named n -> true;
            case Many many -> many.item().holdsPart();
            case Keyed keyed -> keyed.value().holdsPart();
            case Maybe maybe -> maybe.value().holdsPart();
            case Fields fields ->
                Arrays.stream(fields.type().getRecordComponents())
                        .anyMatch(c -> of(c.getGenericType()).holdsPart());
            case Single s -> false;
            case Anything a -> false;
        };
    }

    /** A single value. */
    record Single(Class<?> type, String description) implements Types {}

    /** A value that the recipe does not look into: text, a number, true or false, a list or a map of these; an {@code Object} in Java. */
    record Anything() implements Types {
        @Override
        public String description() {
            return "any value";
        }
    }

    /** A record with keys of its own. */
    record Fields(Class<? extends Record> type) implements Types {
        @Override
        public String description() {
            return "a map of keys and values";
        }
    }

    /** An interface, for which the recipe gives a name. */
    record Named(Class<?> type) implements Types {
        @Override
        public String description() {
            return "the name of a " + Names.kebab(type.getSimpleName()).replace('-', ' ');
        }
    }

    /** Any number of values in order. */
    record Many(Types item) implements Types {
        @Override
        public String description() {
            return "a list, each " + item.description();
        }
    }

    /** Values under keys that the recipe chooses. */
    record Keyed(Types value) implements Types {
        @Override
        public String description() {
            return "a map of names, each " + value.description();
        }
    }

    /** A value that may be missing; {@code present} and {@code missing} make the Java type that says so. */
    record Maybe(Types value, Function<Object, Object> present, Object missing) implements Types {
        @Override
        public String description() {
            return value.description() + ", or nothing";
        }
    }

    static Types of(Type type) {
        if (type instanceof ParameterizedType p) {
            Type[] arguments = p.getActualTypeArguments();
            if (p.getRawType() == Optional.class) {
                return new Maybe(of(arguments[0]), Optional::of, Optional.empty());
            } else if (p.getRawType() == List.class) {
                return new Many(of(arguments[0]));
            } else if (p.getRawType() == Map.class && arguments[0] == String.class) {
                return new Keyed(of(arguments[1]));
            }
        } else if (type == OptionalInt.class) {
            return new Maybe(of(int.class), v -> OptionalInt.of((Integer) v), OptionalInt.empty());
        } else if (type == OptionalLong.class) {
            return new Maybe(of(long.class), v -> OptionalLong.of((Long) v), OptionalLong.empty());
        } else if (type == OptionalDouble.class) {
            return new Maybe(of(double.class), v -> OptionalDouble.of((Double) v), OptionalDouble.empty());
        } else if (type == Object.class) {
            return new Anything();
        } else if (type instanceof Class<?> c) {
            Optional<String> single = Scalars.describe(c);
            if (single.isPresent()) {
                return new Single(c, single.get());
            } else if (c.isRecord()) {
                return new Fields(c.asSubclass(Record.class));
            } else if (c.isInterface() && !List.class.isAssignableFrom(c) && !Map.class.isAssignableFrom(c)) {
                return new Named(c);
            }
        }
        throw new IllegalArgumentException("a recipe cannot fill a component of type " + type.getTypeName());
    }
}
