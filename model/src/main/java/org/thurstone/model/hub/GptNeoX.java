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
import org.thurstone.model.transformer.TransformerConfig.Attention;
import org.thurstone.model.transformer.TransformerConfig.NormKind;

/** GPT-NeoX and Pythia: parallel attention and MLP, rotary positions on a part of each head, and one query-key-value matrix, interleaved by head. */
final class GptNeoX implements Family {

    @Override
    public String modelType() {
        return "gpt_neox";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        int width = json.count("hidden_size");
        int heads = json.count("num_attention_heads");
        Rotary rotary = RotaryReader.read(
                json,
                json.object("rope_parameters"),
                width / heads,
                json.number("rotary_emb_base", json.number("rope_theta", 10_000)),
                json.number("rotary_pct", 0.25));
        Attention attention = new Attention(
                OptionalInt.empty(),
                Optional.of(rotary),
                1 / Math.sqrt((double) width / heads),
                OptionalDouble.empty());
        return new TransformerConfig(
                json.count("vocab_size"),
                json.count("max_position_embeddings"),
                width,
                json.count("intermediate_size"),
                heads,
                heads,
                width / heads,
                List.copyOf(java.util.Collections.nCopies(json.count("num_hidden_layers"), attention)),
                NormKind.LAYER,
                json.number("layer_norm_eps", 1e-5),
                LlamaLike.activation(json, "hidden_act", "gelu"),
                json.flag("use_parallel_residual", true),
                json.flag("tie_word_embeddings", false),
                false,
                true,
                1,
                OptionalDouble.empty(),
                names(json.flag("attention_bias", true)),
                json.source());
    }

    private static Names names(boolean attentionBias) {
        Map<Role, String> roles = new EnumMap<>(Role.class);
        roles.put(Role.ATTENTION_NORM, "input_layernorm");
        roles.put(Role.QUERY_KEY_VALUE, "attention.query_key_value");
        roles.put(Role.ATTENTION_OUTPUT, "attention.dense");
        roles.put(Role.MLP_NORM, "post_attention_layernorm");
        roles.put(Role.UP, "mlp.dense_h_to_4h");
        roles.put(Role.DOWN, "mlp.dense_4h_to_h");
        Set<Role> biased = EnumSet.of(Role.UP, Role.DOWN);
        if (attentionBias) {
            biased.addAll(Set.of(Role.QUERY_KEY_VALUE, Role.ATTENTION_OUTPUT));
        }
        return new Names(
                "gpt_neox.embed_in.weight",
                Optional.empty(),
                "gpt_neox.final_layer_norm",
                "embed_out.weight",
                "gpt_neox.layers.",
                roles,
                biased);
    }
}
