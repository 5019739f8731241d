package org.thurstone.model.files;

import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.Metadata;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The config.json that a GGUF file stands for: its keys by architecture in the words of Hugging Face. */
final class GgufConfig {

    private final GgufFile file;
    private final Metadata metadata;
    private final ArchitectureKeys keys;
    private final ObjectNode json = JsonMapper.shared().createObjectNode();

    private GgufConfig(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        this.keys = ArchitectureKeys.of(metadata);
    }

    static GgufConfig of(GgufFile file) {
        GgufConfig config = new GgufConfig(file);
        config.fill(GgufArchitecture.of(file.metadata()));
        return config;
    }

    ObjectNode json() {
        return json;
    }

    private void fill(GgufArchitecture kind) {
        json.put("model_type", kind.modelType());
        json.putArray("architectures").add(kind.className());
        switch (kind) {
            case GPT2 -> gpt2();
            case LLAMA, QWEN2, QWEN3, GEMMA2, PHI3 -> {
                llamaLike();
                if (kind == GgufArchitecture.GEMMA2) {
                    gemma2();
                }
            }
        }
        json.put("torch_dtype", "float32");
        id("bos_token_id", "tokenizer.ggml.bos_token_id");
        id("eos_token_id", "tokenizer.ggml.eos_token_id");
        id("pad_token_id", "tokenizer.ggml.padding_token_id");
    }

    private void id(String key, String from) {
        metadata.count(from).ifPresent(id -> json.put(key, id));
    }

    private void llamaLike() {
        long heads = keys.heads();
        long width = keys.need("embedding_length");
        json.put("vocab_size", vocabulary());
        json.put("hidden_size", width);
        json.put("intermediate_size", keys.uniform("feed_forward_length"));
        json.put("num_hidden_layers", keys.need("block_count"));
        json.put("num_attention_heads", heads);
        json.put("num_key_value_heads", keys.keyHeads());
        json.put("head_dim", headWidth(width, heads));
        json.put("max_position_embeddings", keys.need("context_length"));
        json.put("rms_norm_eps", exact(keys.number("attention.layer_norm_rms_epsilon")));
        json.put("rope_theta", keys.has("rope.freq_base") ? exact(keys.number("rope.freq_base")) : 10_000.0);
        json.put("tie_word_embeddings", !file.has("output.weight"));
        json.put("hidden_act", "silu");
        scaling();
        if (keys.has("attention.sliding_window")) {
            json.put("sliding_window", keys.need("attention.sliding_window"));
        }
        refuse("attention.key_length", "attention.value_length");
    }

    private long headWidth(long width, long heads) {
        if (keys.has("attention.key_length")) {
            return keys.need("attention.key_length");
        }
        return keys.has("rope.dimension_count") ? keys.need("rope.dimension_count") : width / heads;
    }

    /** Keys and values of different widths are not known here. */
    private void refuse(String key, String value) {
        if (keys.has(key) && keys.has(value) && keys.need(key) != keys.need(value)) {
            throw metadata.wrong(
                    keys.full(value),
                    "is " + keys.need(value) + ", and " + keys.full(key) + " is " + keys.need(key)
                            + "; they have to be equal");
        }
    }

    /** The scaling of rotary positions, all of it or a refusal: positions beyond the first context would silently go wrong. */
    private void scaling() {
        String type = metadata.text(keys.full("rope.scaling.type")).orElse("none");
        if (file.has("rope_freqs.weight")) {
            if (!type.equals("none")) {
                throw metadata.wrong(
                        keys.full("rope.scaling.type"),
                        "is \"" + type + "\", and there is a tensor rope_freqs.weight as well");
            }
            json.set(
                    "rope_scaling",
                    RotaryFactors.of(
                            file,
                            json.path("head_dim").asInt(),
                            json.path("rope_theta").asDouble()));
            return;
        }
        switch (type) {
            case "none" -> {}
            case "linear" ->
                json.putObject("rope_scaling")
                        .put("rope_type", "linear")
                        .put("factor", exact(keys.number("rope.scaling.factor")));
            case "yarn" ->
                json.putObject("rope_scaling")
                        .put("rope_type", "yarn")
                        .put("factor", exact(keys.number("rope.scaling.factor")))
                        .put("original_max_position_embeddings", keys.need("rope.scaling.original_context_length"));
            default ->
                throw metadata.wrong(
                        keys.full("rope.scaling.type"),
                        "is \"" + type + "\"; what can be read is none, linear and yarn");
        }
        for (String name : List.of("rope_factors_long.weight", "rope_factors_short.weight")) {
            if (file.has(name)) {
                throw metadata.wrong(
                        "general.architecture",
                        "is " + keys.architecture() + " with a tensor " + name
                                + ": positions that are scaled by such factors cannot be read");
            }
        }
    }

    private void gemma2() {
        long layers = keys.need("block_count");
        long heads = keys.heads();
        json.put("hidden_activation", "gelu_pytorch_tanh");
        json.remove("hidden_act");
        // The format does not have it; llama.cpp goes by the size as well: only the model of 27 B scales by the width
        // of the states.
        json.put(
                "query_pre_attn_scalar",
                layers == 46
                        ? keys.need("embedding_length") / heads
                        : json.path("head_dim").asLong());
        cap("attn_logit_softcapping");
        cap("final_logit_softcapping");
    }

    private void cap(String key) {
        OptionalDouble cap = metadata.number(keys.full(key));
        if (cap.isPresent()) {
            json.put(key, exact(cap.getAsDouble()));
        }
    }

    private void gpt2() {
        json.put("vocab_size", vocabulary());
        json.put("n_embd", keys.need("embedding_length"));
        json.put("n_inner", keys.need("feed_forward_length"));
        json.put("n_layer", keys.need("block_count"));
        json.put("n_head", keys.heads());
        json.put("n_positions", keys.need("context_length"));
        json.put("layer_norm_epsilon", exact(keys.number("attention.layer_norm_epsilon")));
        json.put("activation_function", "gelu_new");
        json.put("tie_word_embeddings", !file.has("output.weight"));
    }

    private long vocabulary() {
        return file.shape("token_embd.weight")[0];
    }

    /** The decimal number that was written in float32: 1e-5, not 9.999999747378752e-06. */
    private static double exact(double single) {
        return Double.parseDouble(Float.toString((float) single));
    }
}
