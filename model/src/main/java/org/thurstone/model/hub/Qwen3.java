package org.thurstone.model.hub;

import java.util.Map;
import java.util.Set;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.TransformerConfig;

/** Qwen 3, dense: Llama with norms on queries and keys, head by head. */
final class Qwen3 implements Family {

    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        Map<Role, String> roles = LlamaLike.roles();
        roles.put(Role.QUERY_NORM, "self_attn.q_norm");
        roles.put(Role.KEY_NORM, "self_attn.k_norm");
        Set<Role> biased = json.flag("attention_bias", false) ? LlamaLike.ATTENTION_BIAS : Set.of();
        return LlamaLike.config(json, LlamaLike.attention(json, Qwen2.windows(json)), LlamaLike.names(roles, biased));
    }
}
