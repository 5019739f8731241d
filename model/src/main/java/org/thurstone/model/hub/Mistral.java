package org.thurstone.model.hub;

import java.util.Set;
import org.thurstone.model.transformer.TransformerConfig;

/** Mistral: Llama with a sliding window. */
final class Mistral implements Family {

    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        return LlamaLike.config(
                json,
                LlamaLike.attention(json, LlamaLike.everywhere(json, json.maybeCount("sliding_window"))),
                LlamaLike.names(LlamaLike.roles(), Set.of()));
    }
}
