package org.thurstone.model.files;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.tensor.gguf.Metadata;

/** The architectures that can be read, with the names that Hugging Face gives to their weights. */
enum GgufArchitecture {
    LLAMA("llama", "LlamaForCausalLM"),
    QWEN2("qwen2", "Qwen2ForCausalLM"),
    QWEN3("qwen3", "Qwen3ForCausalLM"),
    GEMMA2("gemma2", "Gemma2ForCausalLM"),
    PHI3("phi3", "Phi3ForCausalLM"),
    GPT2("gpt2", "GPT2LMHeadModel");

    private static final String KEY = "general.architecture";
    private static final String PARTS = "split.count";

    private final String modelType;
    private final String className;

    GgufArchitecture(String modelType, String className) {
        this.modelType = modelType;
        this.className = className;
    }

    /** What the file calls it. */
    static String name(Metadata metadata) {
        return metadata.text(KEY).orElseThrow(() -> metadata.wrong(KEY, "is missing"));
    }

    /** @throws org.thurstone.tensor.TensorFileError if it is one that cannot be read, by its name, or the file is a part of a model */
    static GgufArchitecture of(Metadata metadata) {
        if (metadata.count(PARTS).orElse(1) > 1) {
            throw metadata.wrong(
                    PARTS,
                    "is " + metadata.count(PARTS).getAsLong() + ": the file is a part of a model, which cannot be read;"
                            + " join the parts first, as with llama-gguf-split --merge");
        }
        String name = name(metadata);
        return Arrays.stream(values())
                .filter(a -> a.modelType.equals(name))
                .findFirst()
                .orElseThrow(() -> metadata.wrong(
                        KEY,
                        "is \"" + name + "\", which cannot be read; what can be is "
                                + Arrays.stream(values()).map(a -> a.modelType).collect(Collectors.joining(", "))));
    }

    String modelType() {
        return modelType;
    }

    String className() {
        return className;
    }

    /** The name in a Hugging Face directory of a tensor of the file; empty for one that has none there. */
    Optional<String> name(String tensor) {
        int dot = tensor.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String stem = tensor.substring(0, dot);
        String part = tensor.substring(dot);
        if (stem.startsWith("blk.")) {
            int next = stem.indexOf('.', 4);
            return next < 0
                    ? Optional.empty()
                    : Optional.ofNullable(layer().get(stem.substring(next + 1)))
                            .map(name -> layers() + stem.substring(4, next) + "." + name + part);
        }
        return Optional.ofNullable(whole().get(stem)).map(name -> name + part);
    }

    private String layers() {
        return this == GPT2 ? "transformer.h." : "model.layers.";
    }

    private Map<String, String> whole() {
        return this == GPT2
                ? Map.of(
                        "token_embd", "transformer.wte",
                        "position_embd", "transformer.wpe",
                        "output_norm", "transformer.ln_f",
                        "output", "lm_head")
                : Map.of("token_embd", "model.embed_tokens", "output_norm", "model.norm", "output", "lm_head");
    }

    private Map<String, String> layer() {
        Map<String, String> names = new LinkedHashMap<>();
        if (this == GPT2) {
            names.put("attn_norm", "ln_1");
            names.put("attn_qkv", "attn.c_attn");
            names.put("attn_output", "attn.c_proj");
            names.put("ffn_norm", "ln_2");
            names.put("ffn_up", "mlp.c_fc");
            names.put("ffn_down", "mlp.c_proj");
            return names;
        }
        names.put("attn_norm", "input_layernorm");
        names.put("attn_q", "self_attn.q_proj");
        names.put("attn_k", "self_attn.k_proj");
        names.put("attn_v", "self_attn.v_proj");
        names.put("attn_output", "self_attn.o_proj");
        names.put("ffn_norm", "post_attention_layernorm");
        names.put("ffn_gate", "mlp.gate_proj");
        names.put("ffn_up", "mlp.up_proj");
        names.put("ffn_down", "mlp.down_proj");
        switch (this) {
            case QWEN3 -> {
                names.put("attn_q_norm", "self_attn.q_norm");
                names.put("attn_k_norm", "self_attn.k_norm");
            }
            case GEMMA2 -> {
                names.put("post_attention_norm", "post_attention_layernorm");
                names.put("ffn_norm", "pre_feedforward_layernorm");
                names.put("post_ffw_norm", "post_feedforward_layernorm");
            }
            case PHI3 -> {
                names.put("attn_qkv", "self_attn.qkv_proj");
                names.put("ffn_up", "mlp.gate_up_proj");
            }
            default -> {}
        }
        return names;
    }
}
