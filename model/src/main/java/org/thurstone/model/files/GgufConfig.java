package org.thurstone.model.files;

import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.Metadata;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The config.json that a GGUF file stands for: its keys by architecture in the words of Hugging Face. */
final class GgufConfig {

    /** The key of a factor of rotary scaling, and what it was called before. */
    private static final List<String> FACTORS = List.of("rope.scaling.factor", "rope.scale_linear");

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
            case GPTNEOX -> gptNeoX();
            case LLAMA, QWEN2, QWEN3, PHI3 -> llamaLike(kind);
            case GEMMA2 -> {
                llamaLike(kind);
                gemma(46);
                cap("attn_logit_softcapping");
            }
            case GEMMA3 -> {
                llamaLike(kind);
                gemma(62);
                windows();
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

    private void llamaLike(GgufArchitecture kind) {
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
        json.put("rope_theta", theta());
        json.put("tie_word_embeddings", !file.has("output.weight"));
        json.put("hidden_act", "silu");
        if (kind == GgufArchitecture.LLAMA || kind == GgufArchitecture.QWEN3) {
            json.put("attention_bias", file.has("blk.0.attn_output.bias"));
        }
        if (kind == GgufArchitecture.LLAMA) {
            json.put("mlp_bias", file.has("blk.0.ffn_down.bias"));
        }
        partial(kind, json.path("head_dim").asLong());
        scaling();
        if (keys.has("attention.sliding_window")) {
            json.put("sliding_window", keys.need("attention.sliding_window"));
        }
        refuse("attention.key_length", "attention.value_length");
    }

    private double theta() {
        return keys.has("rope.freq_base") ? exact(keys.number("rope.freq_base")) : 10_000.0;
    }

    /** A file that does not say how wide a head is has heads as wide as what is rotated of them, if the queries are. */
    private long headWidth(long width, long heads) {
        if (keys.has("attention.key_length")) {
            return keys.need("attention.key_length");
        }
        long rotated = keys.has("rope.dimension_count") ? keys.need("rope.dimension_count") : width / heads;
        return rows("blk.0.attn_q.weight", heads * rotated)
                        && rows("blk.0.attn_qkv.weight", (heads + 2 * keys.keyHeads()) * rotated)
                ? rotated
                : width / heads;
    }

    private boolean rows(String tensor, long wanted) {
        return !file.has(tensor) || file.shape(tensor)[0] == wanted;
    }

    /** Says how much of a head is rotated, where that is not all of it. */
    private void partial(GgufArchitecture kind, long headWidth) {
        if (!keys.has("rope.dimension_count") || keys.need("rope.dimension_count") == headWidth) {
            return;
        }
        long rotated = keys.need("rope.dimension_count");
        if (kind == GgufArchitecture.LLAMA || rotated > headWidth) {
            throw metadata.wrong(
                    keys.full("rope.dimension_count"),
                    "is " + rotated + ", and a head is " + headWidth + " wide; they have to be equal");
        }
        json.put("partial_rotary_factor", share(rotated, headWidth));
    }

    /** The share of a whole that gives the part back when the product is cut to a whole number. */
    private static double share(long part, long whole) {
        double share = (double) part / (double) whole;
        return (long) ((double) whole * share) == part ? share : Math.nextUp(share);
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
        // A factor without a type is a linear one, as in llama.cpp; older files call it scale_linear.
        String type = metadata.text(keys.full("rope.scaling.type"))
                .orElse(FACTORS.stream().anyMatch(keys::has) ? "linear" : "none");
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
                json.putObject("rope_scaling").put("rope_type", "linear").put("factor", factor());
            case "yarn" -> yarn();
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

    private double factor() {
        return exact(keys.number(FACTORS.stream().filter(keys::has).findFirst().orElse(FACTORS.getFirst())));
    }

    private void yarn() {
        if (keys.has("rope.scaling.yarn_log_multiplier")) {
            throw metadata.wrong(keys.full("rope.scaling.yarn_log_multiplier"), "is not known here");
        }
        double factor = factor();
        ObjectNode scaling = json.putObject("rope_scaling")
                .put("rope_type", "yarn")
                .put("factor", factor)
                .put("original_max_position_embeddings", keys.need("rope.scaling.original_context_length"));
        for (String beta : List.of("beta_fast", "beta_slow")) {
            if (keys.has("rope.scaling.yarn_" + beta)) {
                scaling.put(beta, exact(keys.number("rope.scaling.yarn_" + beta)));
            }
        }
        if (keys.has("rope.scaling.attn_factor")) {
            double usual = factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
            scaling.put("attention_factor", usual * keys.number("rope.scaling.attn_factor"));
        }
    }

    /** The layers that have a window: in each run of some layers, all but the last, or those that a list names. */
    private void windows() {
        String key = keys.full("attention.sliding_window_pattern");
        int layers = (int) keys.need("block_count");
        boolean slides = keys.has("attention.sliding_window");
        boolean[] listed = metadata.isList(key) ? metadata.flags(key).orElseThrow() : new boolean[0];
        if (metadata.isList(key) && listed.length != layers) {
            throw metadata.wrong(key, "has " + listed.length + " entries for " + layers + " layers");
        }
        long pattern = listed.length > 0 ? 0 : metadata.count(key).orElse(6);
        ArrayNode types = json.putArray("layer_types");
        for (int layer = 0; layer < layers; layer++) {
            boolean window = listed.length > 0 ? listed[layer] : pattern == 0 || layer % pattern < pattern - 1;
            types.add(slides && window ? "sliding_attention" : "full_attention");
        }
        json.put(
                "rope_local_base_freq",
                keys.has("rope.freq_base_swa") ? exact(keys.number("rope.freq_base_swa")) : 10_000.0);
    }

    private void gptNeoX() {
        long width = keys.need("embedding_length");
        long heads = keys.heads();
        json.put("vocab_size", vocabulary());
        json.put("hidden_size", width);
        json.put("intermediate_size", keys.need("feed_forward_length"));
        json.put("num_hidden_layers", keys.need("block_count"));
        json.put("num_attention_heads", heads);
        json.put("max_position_embeddings", keys.need("context_length"));
        json.put("layer_norm_eps", exact(keys.number("attention.layer_norm_epsilon")));
        long rotated = keys.has("rope.dimension_count") ? keys.need("rope.dimension_count") : width / heads;
        json.put("rotary_pct", share(rotated, width / heads));
        json.put("rotary_emb_base", theta());
        json.put(
                "use_parallel_residual",
                metadata.flag(keys.full("use_parallel_residual")).orElse(true));
        json.put("hidden_act", "gelu");
        json.put("tie_word_embeddings", !file.has("output.weight"));
        scaling();
    }

    /** @param largest layers of the largest model */
    private void gemma(int largest) {
        long layers = keys.need("block_count");
        long heads = keys.heads();
        json.put("hidden_activation", "gelu_pytorch_tanh");
        json.remove("hidden_act");
        // The format does not have it; llama.cpp goes by the size as well: only the models of 27 B scale by the
        // width of the states.
        json.put(
                "query_pre_attn_scalar",
                layers == largest
                        ? keys.need("embedding_length") / heads
                        : json.path("head_dim").asLong());
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
