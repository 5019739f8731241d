package org.thurstone.model.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: attributes that a loop can set for the world outside. */
record Namespace(Map<String, Object> attributes) {

    static Namespace of(Map<String, Object> start) {
        return new Namespace(new LinkedHashMap<>(start));
    }
}
