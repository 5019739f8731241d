package org.thurstone.model.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.Rotary;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.TransformerConfig.Attention;
import org.thurstone.model.transformer.TransformerConfig.NormKind;

/**
 * Gemma 2: embeddings scaled by the root of the width, norms of 1 + weight before and after each part, soft caps on attention scores and
 * logits, every second layer with a window.
 */
final class Gemma2 implements Family {

    @Override
    public String modelType() {
        return "gemma2";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        Rotary rotary = RotaryReader.read(json, json.count("head_dim"));
        OptionalDouble cap = scoreCap(json);
        List<Attention> layers = Windows.read(json, json.count("num_hidden_layers"), i -> i % 2 == 0).stream()
                .map(w -> new Attention(w, Optional.of(rotary), scale(json), cap))
                .toList();
        return config(json, layers, roles());
    }

    static TransformerConfig config(ConfigJson json, List<Attention> layers, Map<Role, String> roles) {
        if (json.flag("use_bidirectional_attention", false)) {
            throw json.wrong("use_bidirectional_attention", "is true: such a model does not predict the next token");
        }
        Set<Role> biased = json.flag("attention_bias", false) ? LlamaLike.ATTENTION_BIAS : Set.of();
        return LlamaLike.config(
                json,
                layers,
                LlamaLike.names(roles, biased),
                NormKind.RMS_ONE_PLUS,
                LlamaLike.activation(json, "hidden_activation", "gelu_pytorch_tanh"),
                Math.sqrt(json.count("hidden_size")),
                json.maybeNumber("final_logit_softcapping"));
    }

    /**
     * The soft cap on attention scores. Python's transformers applies it in its "eager" attention only and leaves it out by default (the
     * scores of trained models hardly reach it); so that both give the same log-probabilities, it is applied here where config.json asks for
     * eager attention.
     */
    static OptionalDouble scoreCap(ConfigJson json) {
        return json.text("attn_implementation", "sdpa").equals("eager")
                ? json.maybeNumber("attn_logit_softcapping")
                : OptionalDouble.empty();
    }

    static double scale(ConfigJson json) {
        return 1 / Math.sqrt(json.number("query_pre_attn_scalar", 256));
    }

    static Map<Role, String> roles() {
        Map<Role, String> roles = LlamaLike.roles();
        roles.put(Role.POST_ATTENTION_NORM, "post_attention_layernorm");
        roles.put(Role.MLP_NORM, "pre_feedforward_layernorm");
        roles.put(Role.POST_MLP_NORM, "post_feedforward_layernorm");
        return roles;
    }
}
