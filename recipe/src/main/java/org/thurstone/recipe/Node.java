package org.thurstone.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recipe's tree before it is bound: texts without types, each with the place where it was written. */
public sealed interface Node {

    Place place();

    /** The kind of node, for messages. */
    String description();

    /**
     * A single value.
     *
     * @param quoted whether it stood in quotes or in a block, and so can only be text
     */
    record Scalar(String text, boolean quoted, Place place) implements Node {

        /** Whether nothing was written, or {@code null}, or {@code ~}. */
        public boolean absent() {
            return !quoted
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String description() {
            return absent() ? "nothing" : '"' + text + '"';
        }
    }

    /** Values in order. */
    record Sequence(List<Node> items, Place place) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String description() {
            return "a list";
        }
    }

    /** Values by key, in the order in which they were written. */
    record Mapping(Map<String, Entry> entries, Place place) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping empty(Place place) {
            return new Mapping(Map.of(), place);
        }

        Mapping with(String key, Node value, Place keyPlace) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, new Entry(keyPlace, value));
            return new Mapping(changed, place);
        }

        Mapping without(String key) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(changed, place);
        }

        @Override
        public String description() {
            return "a map";
        }
    }

    /** A value and where its key was written. */
    record Entry(Place keyPlace, Node value) {}
}
