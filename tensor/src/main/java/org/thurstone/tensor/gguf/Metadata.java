package org.thurstone.tensor.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.thurstone.tensor.TensorFileError;

/**
 * The keys and values at the start of a file. Values stay in the mapped file until they are asked for. Each getter refuses a value of another kind than
 * asked for, by its key.
 */
public final class Metadata {

    private static final long LONGEST_KEY = 1 << 16;

    /** No name, licence text or chat template is longer. */
    private static final long LONGEST_TEXT = 1 << 24;

    private static final int MOST_KEYS = 1 << 16;

    /** No vocabulary is larger; each text takes some sixty bytes of memory. */
    private static final int MOST_TEXTS = 1 << 20;

    private static final int MOST_NUMBERS = 1 << 24;
    private static final int DEEPEST = 4;

    /**
     * Where a value lies.
     *
     * @param element of a list, else of the value itself
     * @param count of a list, else 1
     * @param end of the value, exclusive
     */
    private record Place(ValueType type, ValueType element, long count, long at, long end) {}

    private final Path file;
    private final MemorySegment bytes;
    private final SequencedMap<String, Place> places = new LinkedHashMap<>();

    Metadata(Path file, MemorySegment bytes, Cursor cursor, long count) {
        this.file = file;
        this.bytes = bytes;
        if (count > MOST_KEYS) {
            throw cursor.wrong("claims to have " + Long.toUnsignedString(count) + " keys; no more than " + MOST_KEYS
                    + " are allowed");
        }
        for (long k = 0; k < count; k++) {
            String where = "key " + (k + 1) + " of " + count;
            String key = cursor.text(LONGEST_KEY, () -> where);
            if (places.putIfAbsent(key, place(cursor, key)) != null) {
                throw cursor.wrong("has the key \"" + key + "\" twice");
            }
        }
    }

    private static Place place(Cursor cursor, String key) {
        Supplier<String> of = () -> "the value of \"" + key + "\"";
        ValueType type = type(cursor, of);
        if (type != ValueType.ARRAY) {
            long at = cursor.at();
            skip(cursor, type, of, 0);
            return new Place(type, type, 1, at, cursor.at());
        }
        ValueType element = type(cursor, of);
        long count = cursor.count(element.bytes, of);
        long at = cursor.at();
        skip(cursor, element, count, of, 1);
        return new Place(type, element, count, at, cursor.at());
    }

    private static ValueType type(Cursor cursor, Supplier<String> of) {
        long number = cursor.unsigned32(of);
        return ValueType.of(number)
                .orElseThrow(() -> cursor.wrong(of.get() + " is of the type " + number + ", which the format does not"
                        + " have: what comes after it cannot be found"));
    }

    private static void skip(Cursor cursor, ValueType type, Supplier<String> of, int depth) {
        switch (type) {
            case STRING -> cursor.take(cursor.count(1, of), of);
            case ARRAY -> {
                if (depth == DEEPEST) {
                    throw cursor.wrong(of.get() + " has lists within lists, deeper than " + DEEPEST);
                }
                ValueType element = type(cursor, of);
                skip(cursor, element, cursor.count(element.bytes, of), of, depth + 1);
            }
            default -> cursor.take(type.bytes, of);
        }
    }

    private static void skip(Cursor cursor, ValueType element, long count, Supplier<String> of, int depth) {
        if (element == ValueType.STRING || element == ValueType.ARRAY) {
            for (long k = 0; k < count; k++) {
                skip(cursor, element, of, depth);
            }
        } else {
            cursor.take(count * element.bytes, of);
        }
    }

    /** The keys, in the order of the file. */
    public Set<String> keys() {
        return places.sequencedKeySet();
    }

    public boolean has(String key) {
        return places.containsKey(key);
    }

    /** A refusal that names the file and the key. */
    public TensorFileError wrong(String key, String what) {
        return new TensorFileError(file, "\"" + key + "\" " + what);
    }

    private TensorFileError kind(String key, Place place, String wanted) {
        String there = place.type == ValueType.ARRAY
                ? "a list of " + place.element.name().toLowerCase(Locale.ROOT)
                : "of the type " + place.type.name().toLowerCase(Locale.ROOT);
        return wrong(key, "is " + there + "; it has to be " + wanted);
    }

    private Cursor at(Place place) {
        return new Cursor(file, bytes, place.at);
    }

    /** A text. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(places.get(key)).map(place -> {
            if (place.type != ValueType.STRING) {
                throw kind(key, place, "a text");
            }
            return at(place).text(LONGEST_TEXT, () -> "the value of \"" + key + "\"");
        });
    }

    /** A whole number of at least 0. */
    public OptionalLong count(String key) {
        Place place = places.get(key);
        if (place == null) {
            return OptionalLong.empty();
        }
        if (!place.type.whole()) {
            throw kind(key, place, "a whole number");
        }
        long value = whole(at(place), place.type);
        if (value < 0) {
            throw wrong(key, "is " + value + "; it has to be a whole number of at least 0");
        }
        return OptionalLong.of(value);
    }

    /** A whole number that the format has as an unsigned one of 32 bits, and as nothing else. */
    OptionalLong unsigned32(String key) {
        Place place = places.get(key);
        if (place == null) {
            return OptionalLong.empty();
        }
        if (place.type != ValueType.UINT32) {
            throw kind(key, place, "an unsigned whole number of 32 bits");
        }
        return count(key);
    }

    /** A number of any kind. */
    public OptionalDouble number(String key) {
        Place place = places.get(key);
        if (place == null) {
            return OptionalDouble.empty();
        }
        if (place.type.whole()) {
            return OptionalDouble.of((double) whole(at(place), place.type));
        }
        if (!place.type.floating()) {
            throw kind(key, place, "a number");
        }
        return OptionalDouble.of(floating(at(place), place.type));
    }

    public Optional<Boolean> flag(String key) {
        return Optional.ofNullable(places.get(key)).map(place -> {
            if (place.type != ValueType.BOOL) {
                throw kind(key, place, "true or false");
            }
            return at(place).integer8(() -> key) != 0;
        });
    }

    /** A list of texts. */
    public Optional<List<String>> texts(String key) {
        return Optional.ofNullable(places.get(key)).map(place -> {
            if (place.type != ValueType.ARRAY || place.element != ValueType.STRING) {
                throw kind(key, place, "a list of texts");
            }
            if (place.count > MOST_TEXTS) {
                throw wrong(key, "has " + place.count + " texts; no more than " + MOST_TEXTS + " are allowed");
            }
            Cursor cursor = at(place);
            List<String> texts = new ArrayList<>((int) place.count);
            for (long k = 0; k < place.count; k++) {
                texts.add(cursor.text(LONGEST_KEY, () -> "a text of \"" + key + "\""));
            }
            return texts;
        });
    }

    /** A list of whole numbers. */
    public Optional<long[]> counts(String key) {
        return Optional.ofNullable(places.get(key)).map(place -> {
            if (place.type != ValueType.ARRAY || !place.element.whole()) {
                throw kind(key, place, "a list of whole numbers");
            }
            long[] counts = new long[length(key, place)];
            Cursor cursor = at(place);
            for (int k = 0; k < counts.length; k++) {
                counts[k] = whole(cursor, place.element);
            }
            return counts;
        });
    }

    /** A list of numbers with a point. */
    public Optional<float[]> numbers(String key) {
        return Optional.ofNullable(places.get(key)).map(place -> {
            if (place.type != ValueType.ARRAY || !place.element.floating()) {
                throw kind(key, place, "a list of numbers with a point");
            }
            float[] numbers = new float[length(key, place)];
            Cursor cursor = at(place);
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] = (float) floating(cursor, place.element);
            }
            return numbers;
        });
    }

    /** A list of yes and no. */
    public Optional<boolean[]> flags(String key) {
        return Optional.ofNullable(places.get(key)).map(place -> {
            if (place.type != ValueType.ARRAY || place.element != ValueType.BOOL) {
                throw kind(key, place, "a list of true or false");
            }
            boolean[] flags = new boolean[length(key, place)];
            Cursor cursor = at(place);
            for (int k = 0; k < flags.length; k++) {
                flags[k] = cursor.integer8(() -> key) != 0;
            }
            return flags;
        });
    }

    private int length(String key, Place place) {
        if (place.count > MOST_NUMBERS) {
            throw wrong(key, "has " + place.count + " numbers; no more than " + MOST_NUMBERS + " are allowed");
        }
        return (int) place.count;
    }

    /** The type of a value and the value, as they lie in the file. */
    byte[] raw(String key) {
        Place place = places.get(key);
        if (place == null) {
            throw wrong(key, "is missing");
        }
        long from = place.at - (place.type == ValueType.ARRAY ? 16 : 4);
        return bytes.asSlice(from, place.end - from).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Whether the value is a list. */
    public boolean isList(String key) {
        Place place = places.get(key);
        return place != null && place.type == ValueType.ARRAY;
    }

    /** Elements of a list; 0 where there is none. */
    public long length(String key) {
        Place place = places.get(key);
        return place != null && place.type == ValueType.ARRAY ? place.count : 0;
    }

    /** The value as a person reads it: of a long list or text the beginning. */
    public String shown(String key) {
        Place place = places.get(key);
        if (place == null) {
            return "";
        }
        if (place.type == ValueType.ARRAY) {
            return place.count + " × " + place.element.name().toLowerCase(Locale.ROOT);
        }
        return switch (place.type) {
            case STRING -> text(key).orElseThrow();
            case BOOL -> flag(key).orElseThrow().toString();
            case FLOAT32, FLOAT64 -> Float.toString((float) number(key).orElseThrow());
            default -> Long.toString(whole(at(place), place.type));
        };
    }

    private static long whole(Cursor cursor, ValueType type) {
        Supplier<String> of = () -> "a number";
        return switch (type) {
            case UINT8 -> cursor.integer8(of) & 0xFF;
            case INT8 -> cursor.integer8(of);
            case UINT16 -> cursor.integer16(of) & 0xFFFF;
            case INT16 -> cursor.integer16(of);
            case UINT32 -> cursor.unsigned32(of);
            case INT32 -> cursor.integer32(of);
            case UINT64, INT64 -> cursor.integer64(of);
            default -> throw new IllegalArgumentException(type + " is not a whole number");
        };
    }

    private static double floating(Cursor cursor, ValueType type) {
        Supplier<String> of = () -> "a number";
        return type == ValueType.FLOAT32
                ? Float.intBitsToFloat(cursor.integer32(of))
                : Double.longBitsToDouble(cursor.integer64(of));
    }
}
