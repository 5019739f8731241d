package org.thurstone.model.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The result of {@code namespace()}: attributes that a loop can set for code outside the loop. */
record Namespace(Map<String, Object> attributes) {

    static Namespace of(Map<String, Object> start) {
        return new Namespace(new LinkedHashMap<>(start));
    }
}
