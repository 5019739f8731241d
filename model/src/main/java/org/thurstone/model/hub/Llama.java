package org.thurstone.model.hub;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.TransformerConfig;

/** Llama 1 to 3, and what shares their layout. */
final class Llama implements Family {

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        Set<Role> biased = EnumSet.noneOf(Role.class);
        if (json.flag("attention_bias", false)) {
            biased.addAll(LlamaLike.ATTENTION_BIAS);
        }
        if (json.flag("mlp_bias", false)) {
            biased.addAll(Set.of(Role.GATE, Role.UP, Role.DOWN));
        }
        return LlamaLike.config(
                json,
                LlamaLike.attention(json, LlamaLike.everywhere(json, OptionalInt.empty())),
                LlamaLike.names(LlamaLike.roles(), biased));
    }
}
