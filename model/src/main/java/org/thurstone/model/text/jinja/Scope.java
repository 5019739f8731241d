package org.thurstone.model.text.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names and their values; what is set inside a loop or macro is not seen outside. */
final class Scope {

    private final Optional<Scope> outer;
    private final Map<String, Object> values = new HashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope of(Map<String, ?> values) {
        Scope scope = new Scope(Optional.empty());
        scope.values.putAll(Globals.ALL);
        scope.values.putAll(values);
        return scope;
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    Object get(String name) {
        Object value = values.get(name);
        if (value != null) {
            return Values.of(value);
        }
        return outer.map(o -> o.get(name)).orElseGet(() -> new Undefined(name));
    }
}
