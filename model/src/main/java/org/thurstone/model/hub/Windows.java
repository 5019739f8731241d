package org.thurstone.model.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** The layers with sliding-window attention. */
final class Windows {

    private static final OptionalInt ALL = OptionalInt.empty();

    private Windows() {}

    /**
     * One entry per layer, as {@code layer_types} says.
     *
     * @param otherwise which layers slide in a config.json without layer_types
     */
    static List<OptionalInt> read(ConfigJson config, int layers, IntPredicate otherwise) {
        List<OptionalInt> windows = new ArrayList<>();
        List<String> types = config.has("layer_types") ? config.texts("layer_types") : List.of();
        if (!types.isEmpty() && types.size() != layers) {
            throw config.wrong("layer_types", "has " + types.size() + " entries for " + layers + " layers");
        }
        for (int i = 0; i < layers; i++) {
            boolean slides = types.isEmpty()
                    ? otherwise.test(i)
                    : switch (types.get(i)) {
                        case "sliding_attention" -> true;
                        case "full_attention" -> false;
                        default ->
                            throw config.wrong(
                                    "layer_types",
                                    "has \"" + types.get(i)
                                            + "\"; what is known is full_attention and sliding_attention");
                    };
            windows.add(slides ? OptionalInt.of(config.count("sliding_window")) : ALL);
        }
        return windows;
    }
}
