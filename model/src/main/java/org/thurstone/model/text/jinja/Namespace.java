package org.thurstone.model.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code namespace()} makes: attributes that a loop can set for the world outside. As in Jinja it equals itself only; it may hold itself, so that
 * comparing what it holds might not end.
 */
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
