package org.thurstone.rank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Maps names to indexes: by first appearance while votes are read, in alphabetical order afterwards, so that the order of a file does not change the
 * result, not even by a rounding error.
 */
final class ItemIndex {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The index of a name, a new one where it has none yet. */
    int of(String name) {
        Integer known = indexes.putIfAbsent(name, names.size());
        if (known == null) {
            names.add(name);
            return names.size() - 1;
        }
        return known;
    }

    int size() {
        return names.size();
    }

    /** The names in alphabetical order. */
    List<String> sorted() {
        return names.stream().sorted().toList();
    }

    /** Where each index goes in the alphabetical order. */
    int[] places() {
        int[] order = IntStream.range(0, names.size())
                .boxed()
                .sorted((a, b) -> names.get(a).compareTo(names.get(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return places;
    }
}
