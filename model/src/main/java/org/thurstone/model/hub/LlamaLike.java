package org.thurstone.model.hub;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.thurstone.model.transformer.Names;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.Rotary;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.TransformerConfig.Activation;
import org.thurstone.model.transformer.TransformerConfig.Attention;
import org.thurstone.model.transformer.TransformerConfig.NormKind;

/** What Llama-like model families have in common: the keys of config.json, the names of the weights, the shape of a layer. */
final class LlamaLike {

    static final Set<Role> ATTENTION_BIAS = EnumSet.of(Role.QUERY, Role.KEY, Role.VALUE, Role.ATTENTION_OUTPUT);

    private LlamaLike() {}

    static Map<Role, String> roles() {
        Map<Role, String> roles = new EnumMap<>(Role.class);
        roles.put(Role.ATTENTION_NORM, "input_layernorm");
        roles.put(Role.QUERY, "self_attn.q_proj");
        roles.put(Role.KEY, "self_attn.k_proj");
        roles.put(Role.VALUE, "self_attn.v_proj");
        roles.put(Role.ATTENTION_OUTPUT, "self_attn.o_proj");
        roles.put(Role.MLP_NORM, "post_attention_layernorm");
        roles.put(Role.GATE, "mlp.gate_proj");
        roles.put(Role.UP, "mlp.up_proj");
        roles.put(Role.DOWN, "mlp.down_proj");
        return roles;
    }

    static Names names(Map<Role, String> roles, Set<Role> biased) {
        return new Names(
                "model.embed_tokens.weight",
                Optional.empty(),
                "model.norm",
                "lm_head.weight",
                "model.layers.",
                roles,
                biased);
    }

    static int headWidth(ConfigJson json) {
        return json.count("head_dim", json.count("hidden_size") / json.count("num_attention_heads"));
    }

    static List<OptionalInt> everywhere(ConfigJson json, OptionalInt window) {
        return java.util.Collections.nCopies(json.count("num_hidden_layers"), window);
    }

    /** The attention of each layer; layers differ only in their windows. */
    static List<Attention> attention(ConfigJson json, List<OptionalInt> windows) {
        Rotary rotary = RotaryReader.read(json, headWidth(json));
        double scale = 1 / Math.sqrt(headWidth(json));
        return windows.stream()
                .map(w -> new Attention(w, Optional.of(rotary), scale, OptionalDouble.empty()))
                .toList();
    }

    /** A configuration with RMSNorm and a SiLU-gated MLP (SwiGLU). */
    static TransformerConfig config(ConfigJson json, List<Attention> layers, Names names) {
        return config(
                json, layers, names, NormKind.RMS, activation(json, "hidden_act", "silu"), 1, OptionalDouble.empty());
    }

    static TransformerConfig config(
            ConfigJson json,
            List<Attention> layers,
            Names names,
            NormKind norm,
            Activation activation,
            double embeddingScale,
            OptionalDouble logitCap) {
        int heads = json.count("num_attention_heads");
        int keyHeads = json.count("num_key_value_heads", heads);
        if (heads % keyHeads != 0) {
            throw json.wrong(
                    "num_key_value_heads",
                    "is " + keyHeads + ", which does not divide the " + heads + " attention heads");
        }
        return new TransformerConfig(
                json.count("vocab_size"),
                json.count("max_position_embeddings"),
                json.count("hidden_size"),
                json.count("intermediate_size"),
                heads,
                keyHeads,
                headWidth(json),
                layers,
                norm,
                json.number("rms_norm_eps", 1e-6),
                activation,
                false,
                json.flag("tie_word_embeddings", norm == NormKind.RMS_ONE_PLUS),
                false,
                false,
                embeddingScale,
                logitCap,
                names,
                json.source());
    }

    static Activation activation(ConfigJson json, String key, String otherwise) {
        String name = json.text(key, otherwise);
        return switch (name) {
            case "silu", "swish" -> Activation.SILU;
            case "gelu" -> Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> Activation.GELU_TANH;
            case "relu" -> Activation.RELU;
            default ->
                throw json.wrong(
                        key,
                        "is \"" + name
                                + "\"; what is known is silu, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, relu");
        };
    }
}
