package org.thurstone.model.hub;

import java.util.Map;
import java.util.Set;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.TransformerConfig;

/** Phi 3 and 3.5 mini: Llama with queries, keys and values in one matrix, gate and up in another. */
final class Phi3 implements Family {

    @Override
    public String modelType() {
        return "phi3";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        Map<Role, String> roles = LlamaLike.roles();
        Set.of(Role.QUERY, Role.KEY, Role.VALUE, Role.GATE, Role.UP).forEach(roles::remove);
        roles.put(Role.QUERY_KEY_VALUE, "self_attn.qkv_proj");
        roles.put(Role.GATE_UP, "mlp.gate_up_proj");
        return LlamaLike.config(
                json,
                LlamaLike.attention(json, LlamaLike.everywhere(json, json.maybeCount("sliding_window"))),
                LlamaLike.names(roles, Set.of()));
    }
}
