package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts with numbers, in order of first appearance. */
final class Interned {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    int of(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        numbers.put(text, texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    String text(int number) {
        return texts.get(number);
    }

    int size() {
        return texts.size();
    }

    List<String> texts() {
        return texts;
    }
}
