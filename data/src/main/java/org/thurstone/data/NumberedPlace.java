package org.thurstone.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A place in the program where a test makes a process halt or fail: the kind of place, and how many of the kind have been passed by then. Numbers
 * are the same on every machine, so what they find can be repeated.
 */
record NumberedPlace<K extends Enum<K>>(K kind, long number) {

    /**
     * Reads a system property such as {@code append:17}.
     *
     * @param example for the message about a value that is not such a place
     * @return null if the property is not set
     */
    static <K extends Enum<K>> @Nullable NumberedPlace<K> of(Class<K> kinds, String property, String example) {
        String value = System.getProperty(property);
        if (value == null) {
            return null;
        }
        String[] parts = value.split(":", -1);
        try {
            return new NumberedPlace<>(
                    Enum.valueOf(kinds, parts[0].toUpperCase(Locale.ROOT)), Long.parseLong(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "-D" + property + "=" + value + ": expected KIND:NUMBER, such as " + example, e);
        }
    }

    /** The number of places of each kind: {@code write 31, append 24}. */
    static <K extends Enum<K>> String counts(K[] kinds, Map<K, Long> passed) {
        return Arrays.stream(kinds)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT) + " " + passed.getOrDefault(kind, 0L))
                .collect(Collectors.joining(", "));
    }
}
