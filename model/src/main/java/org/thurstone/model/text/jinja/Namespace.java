package org.thurstone.model.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The result of {@code namespace()}: attributes that a loop can set for code outside the loop. As in Python, each is equal only to itself. */
final class Namespace {

    private final Map<String, Object> attributes;

    private Namespace(Map<String, Object> attributes) {
        this.attributes = attributes;
    }

    static Namespace of(Map<String, Object> start) {
        return new Namespace(new LinkedHashMap<>(start));
    }

    Map<String, Object> attributes() {
        return attributes;
    }
}
