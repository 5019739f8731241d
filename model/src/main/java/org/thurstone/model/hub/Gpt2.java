package org.thurstone.model.hub;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.thurstone.model.transformer.Names;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.TransformerConfig.Attention;
import org.thurstone.model.transformer.TransformerConfig.NormKind;

/** GPT-2: learned position embeddings, LayerNorm, projections stored transposed. */
final class Gpt2 implements Family {

    private static final Set<Role> BIASED = EnumSet.of(Role.QUERY_KEY_VALUE, Role.ATTENTION_OUTPUT, Role.UP, Role.DOWN);

    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public TransformerConfig read(ConfigJson json) {
        int width = json.count("n_embd");
        int heads = json.count("n_head");
        return new TransformerConfig(
                json.count("vocab_size"),
                json.count("n_positions"),
                width,
                json.count("n_inner", 4 * width),
                heads,
                heads,
                width / heads,
                layers(json, width / heads),
                NormKind.LAYER,
                json.number("layer_norm_epsilon", 1e-5),
                LlamaLike.activation(json, "activation_function", "gelu_new"),
                false,
                json.flag("tie_word_embeddings", true),
                true,
                false,
                1,
                OptionalDouble.empty(),
                names(),
                json.source());
    }

    private static List<Attention> layers(ConfigJson json, int headWidth) {
        double scale = json.flag("scale_attn_weights", true) ? 1 / Math.sqrt(headWidth) : 1;
        boolean byLayer = json.flag("scale_attn_by_inverse_layer_idx", false);
        return IntStream.range(0, json.count("n_layer"))
                .mapToObj(i -> new Attention(
                        OptionalInt.empty(),
                        Optional.empty(),
                        byLayer ? scale / (i + 1) : scale,
                        OptionalDouble.empty()))
                .toList();
    }

    private static Names names() {
        Map<Role, String> roles = new EnumMap<>(Role.class);
        roles.put(Role.ATTENTION_NORM, "ln_1");
        roles.put(Role.QUERY_KEY_VALUE, "attn.c_attn");
        roles.put(Role.ATTENTION_OUTPUT, "attn.c_proj");
        roles.put(Role.MLP_NORM, "ln_2");
        roles.put(Role.UP, "mlp.c_fc");
        roles.put(Role.DOWN, "mlp.c_proj");
        return new Names(
                "transformer.wte.weight",
                Optional.of("transformer.wpe.weight"),
                "transformer.ln_f",
                "lm_head.weight",
                "transformer.h.",
                roles,
                BIASED);
    }
}
