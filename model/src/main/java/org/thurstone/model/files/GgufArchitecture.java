package org.thurstone.model.files;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.tensor.gguf.Metadata;

/** The architectures that can be read and written, with the names that Hugging Face gives to their weights. */
public enum GgufArchitecture {
    LLAMA("llama", "LlamaForCausalLM"),
    QWEN2("qwen2", "Qwen2ForCausalLM"),
    QWEN3("qwen3", "Qwen3ForCausalLM"),
    GEMMA2("gemma2", "Gemma2ForCausalLM"),
    PHI3("phi3", "Phi3ForCausalLM"),
    GEMMA3("gemma3", "gemma3_text", "Gemma3ForCausalLM"),
    GPT2("gpt2", "GPT2LMHeadModel"),
    GPTNEOX("gptneox", "gpt_neox", "GPTNeoXForCausalLM");

    private static final String KEY = "general.architecture";

    private final String label;
    private final String modelType;
    private final String className;

    GgufArchitecture(String modelType, String className) {
        this(modelType, modelType, className);
    }

    GgufArchitecture(String label, String modelType, String className) {
        this.label = label;
        this.modelType = modelType;
        this.className = className;
    }

    /** What the file calls it. */
    static String name(Metadata metadata) {
        return metadata.text(KEY).orElseThrow(() -> metadata.wrong(KEY, "is missing"));
    }

    /** @throws org.thurstone.tensor.TensorFileError if it is one that cannot be read, by its name */
    static GgufArchitecture of(Metadata metadata) {
        String name = name(metadata);
        return Arrays.stream(values())
                .filter(a -> a.label.equals(name))
                .findFirst()
                .orElseThrow(() -> metadata.wrong(
                        KEY,
                        "is \"" + name + "\", which cannot be read; what can be is "
                                + Arrays.stream(values()).map(a -> a.label).collect(Collectors.joining(", "))));
    }

    /** The one that a config.json's {@code model_type} is written as; empty if none is. */
    public static Optional<GgufArchitecture> ofModelType(String modelType) {
        // The format has no name for Mistral: its files are called llama, whose layout they have.
        String written = modelType.equals("mistral") ? "llama" : modelType;
        return Arrays.stream(values()).filter(a -> a.modelType.equals(written)).findFirst();
    }

    /** What files call it. */
    public String label() {
        return label;
    }

    String modelType() {
        return modelType;
    }

    String className() {
        return className;
    }

    /** The name in a Hugging Face directory of a tensor of the file; empty for one that has none there. */
    Optional<String> name(String tensor) {
        return renamed(tensor, "blk.", layers(), layer(), whole());
    }

    /** The name in the file of a tensor of a Hugging Face directory; empty for one that has none there. */
    Optional<String> tensor(String name) {
        return renamed(name, layers(), "blk.", inverse(layer()), inverse(whole()));
    }

    private static Optional<String> renamed(
            String from, String prefix, String otherPrefix, Map<String, String> layer, Map<String, String> whole) {
        int dot = from.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String stem = from.substring(0, dot);
        String part = from.substring(dot);
        if (stem.startsWith(prefix)) {
            int next = stem.indexOf('.', prefix.length());
            return next < 0
                    ? Optional.empty()
                    : Optional.ofNullable(layer.get(stem.substring(next + 1)))
                            .map(name -> otherPrefix + stem.substring(prefix.length(), next) + "." + name + part);
        }
        return Optional.ofNullable(whole.get(stem)).map(name -> name + part);
    }

    private static Map<String, String> inverse(Map<String, String> names) {
        return names.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private String layers() {
        return switch (this) {
            case GPT2 -> "transformer.h.";
            case GPTNEOX -> "gpt_neox.layers.";
            default -> "model.layers.";
        };
    }

    private Map<String, String> whole() {
        return switch (this) {
            case GPT2 ->
                Map.of(
                        "token_embd", "transformer.wte",
                        "position_embd", "transformer.wpe",
                        "output_norm", "transformer.ln_f",
                        "output", "lm_head");
            case GPTNEOX ->
                Map.of(
                        "token_embd", "gpt_neox.embed_in",
                        "output_norm", "gpt_neox.final_layer_norm",
                        "output", "embed_out");
            default -> Map.of("token_embd", "model.embed_tokens", "output_norm", "model.norm", "output", "lm_head");
        };
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
        if (this == GPTNEOX) {
            names.put("attn_norm", "input_layernorm");
            names.put("attn_qkv", "attention.query_key_value");
            names.put("attn_output", "attention.dense");
            names.put("ffn_norm", "post_attention_layernorm");
            names.put("ffn_up", "mlp.dense_h_to_4h");
            names.put("ffn_down", "mlp.dense_4h_to_h");
            return names;
        }
        names.put("attn_norm", "input_layernorm");
        names.put("attn_output", "self_attn.o_proj");
        names.put("ffn_norm", "post_attention_layernorm");
        names.put("ffn_down", "mlp.down_proj");
        if (this == PHI3) {
            names.put("attn_qkv", "self_attn.qkv_proj");
            names.put("ffn_up", "mlp.gate_up_proj");
            return names;
        }
        names.put("attn_q", "self_attn.q_proj");
        names.put("attn_k", "self_attn.k_proj");
        names.put("attn_v", "self_attn.v_proj");
        names.put("ffn_gate", "mlp.gate_proj");
        names.put("ffn_up", "mlp.up_proj");
        if (this == QWEN3 || this == GEMMA3) {
            names.put("attn_q_norm", "self_attn.q_norm");
            names.put("attn_k_norm", "self_attn.k_norm");
        }
        if (this == GEMMA2 || this == GEMMA3) {
            names.put("post_attention_norm", "post_attention_layernorm");
            names.put("ffn_norm", "pre_feedforward_layernorm");
            names.put("post_ffw_norm", "post_feedforward_layernorm");
        }
        return names;
    }
}
