package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can call. */
final class Globals {

    static final Map<String, Function> ALL = Map.of(
            "range", (positional, named) -> range(positional),
            "namespace", (positional, named) -> Namespace.of(merged(positional, named)),
            "dict", (positional, named) -> merged(positional, named),
            "raise_exception",
                    (positional, named) -> {
                        throw JinjaException.raised(positional.isEmpty() ? "" : Values.text(positional.getFirst()));
                    });

    private Globals() {}

    private static Map<String, Object> merged(List<Object> positional, Map<String, Object> named) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object map : positional) {
            Values.map(map).forEach((key, value) -> all.put(Values.text(key), value));
        }
        all.putAll(named);
        return all;
    }

    private static List<Object> range(List<Object> bounds) {
        long start = bounds.size() > 1 ? Values.integer(bounds.get(0)) : 0;
        long stop = Values.integer(bounds.get(bounds.size() > 1 ? 1 : 0));
        long step = bounds.size() > 2 ? Values.integer(bounds.get(2)) : 1;
        if (step == 0) {
            throw new JinjaException("range() needs a step other than 0");
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
            if (numbers.size() > 1_000_000) {
                throw new JinjaException("range() of more than a million numbers");
            }
            numbers.add(i);
        }
        return numbers;
    }
}
