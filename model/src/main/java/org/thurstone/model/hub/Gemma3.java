package org.thurstone.model.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.Rotary;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.TransformerConfig.Attention;

/** Gemma 3, text only: Gemma 2 with norms on queries and keys, and faster rotary positions in the layers that have a window. */
final class Gemma3 implements Family {

    @Override
    public String modelType() {
        return "gemma3_text";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        Optional<ConfigJson> parameters = json.object("rope_parameters");
        int width = json.count("head_dim", 256);
        Rotary far = RotaryReader.read(
                json,
                parameters.flatMap(p -> p.object("full_attention")),
                width,
                json.number("rope_theta", 1_000_000),
                1);
        Optional<ConfigJson> slidingParameters =
                parameters.flatMap(p -> p.object("sliding_attention")).or(() -> Optional.of(unscaled()));
        Rotary near = RotaryReader.read(json, slidingParameters, width, json.number("rope_local_base_freq", 10_000), 1);
        int pattern = json.count("sliding_window_pattern", 6);
        List<Attention> layers =
                Windows.read(json, json.count("num_hidden_layers"), i -> (i + 1) % pattern != 0).stream()
                        .map(w -> new Attention(
                                w, Optional.of(w.isPresent() ? near : far), Gemma2.scale(json), Gemma2.scoreCap(json)))
                        .toList();
        Map<Role, String> roles = Gemma2.roles();
        roles.put(Role.QUERY_NORM, "self_attn.q_norm");
        roles.put(Role.KEY_NORM, "self_attn.k_norm");
        return Gemma2.config(json, layers, roles);
    }

    /** rope_scaling, where there is one, is for the layers without a window. */
    private static ConfigJson unscaled() {
        return ConfigJson.of("rope_parameters", "{}");
    }
}
