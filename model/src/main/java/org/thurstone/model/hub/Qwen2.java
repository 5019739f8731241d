package org.thurstone.model.hub;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.TransformerConfig;

/** Qwen 2 and 2.5: Llama with biases on queries, keys and values, and sliding-window attention on the upper layers if config.json sets it. */
final class Qwen2 implements Family {

    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        return LlamaLike.config(
                json,
                LlamaLike.attention(json, windows(json)),
                LlamaLike.names(LlamaLike.roles(), Set.of(Role.QUERY, Role.KEY, Role.VALUE)));
    }

    static List<OptionalInt> windows(ConfigJson json) {
        if (!json.flag("use_sliding_window", false)) {
            return LlamaLike.everywhere(json, OptionalInt.empty());
        }
        int below = json.count("max_window_layers", 28);
        return Windows.read(json, json.count("num_hidden_layers"), i -> i >= below);
    }
}
