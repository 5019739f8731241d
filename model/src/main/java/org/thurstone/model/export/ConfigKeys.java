package org.thurstone.model.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufArchitecture;
import org.thurstone.model.transformer.Role;
import org.thurstone.model.transformer.Rotary;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.TransformerConfig.Activation;
import org.thurstone.model.transformer.TransformerConfig.Attention;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A config.json as the keys of an architecture. What the format has no key for is refused by its name, or said where llama.cpp leaves it out. */
final class ConfigKeys {

    private static final double EQUAL = 1e-6;

    private final TransformerConfig config;
    private final GgufArchitecture architecture;
    private final JsonNode json;
    private final String where;
    private final GgufWriter writer;
    private final StoragePlan plan;
    private final List<String> notes;

    ConfigKeys(
            TransformerConfig config,
            GgufArchitecture architecture,
            String where,
            GgufWriter writer,
            StoragePlan plan,
            List<String> notes) {
        this.config = config;
        this.architecture = architecture;
        this.json = JsonMapper.shared().readTree(config.source().json());
        this.where = where;
        this.writer = writer;
        this.plan = plan;
        this.notes = notes;
    }

    private UserError refused(String key, String what) {
        return new UserError(where + ": \"" + key + "\" " + what + ", which a GGUF file of the architecture "
                + architecture.label() + " cannot say");
    }

    private String key(String name) {
        return architecture.label() + "." + name;
    }

    /** Writes the keys, and the tensors that follow from the configuration. */
    void write() {
        requireExpressible();
        writer.count(key("vocab_size"), config.vocabulary())
                .count(key("context_length"), config.context())
                .count(key("embedding_length"), config.width())
                .count(key("block_count"), config.layers().size())
                .count(key("feed_forward_length"), config.inner())
                .count(key("attention.head_count"), config.heads());
        switch (config.norm()) {
            case RMS, RMS_ONE_PLUS -> {
                writer.count(key("attention.head_count_kv"), config.keyHeads());
                writer.number(key("attention.layer_norm_rms_epsilon"), (float) config.normEpsilon());
            }
            case LAYER -> writer.number(key("attention.layer_norm_epsilon"), (float) config.normEpsilon());
        }
        if (config.headWidth() != config.width() / config.heads() || gemma()) {
            writer.count(key("attention.key_length"), config.headWidth());
            writer.count(key("attention.value_length"), config.headWidth());
        }
        windows();
        if (gemma()) {
            config.logitCap().ifPresent(cap -> writer.number(key("final_logit_softcapping"), (float) cap));
        }
        if (architecture == GgufArchitecture.GEMMA2) {
            writer.number(key("attn_logit_softcapping"), (float)
                    json.path("attn_logit_softcapping").asDouble(50));
        }
        if (architecture == GgufArchitecture.GPTNEOX) {
            writer.flag(key("use_parallel_residual"), config.parallel());
        }
        rotary();
    }

    private boolean gemma() {
        return architecture == GgufArchitecture.GEMMA2 || architecture == GgufArchitecture.GEMMA3;
    }

    private void requireExpressible() {
        Activation usual = switch (architecture) {
            case LLAMA, QWEN2, QWEN3, PHI3 -> Activation.SILU;
            case GEMMA2, GEMMA3, GPT2 -> Activation.GELU_TANH;
            case GPTNEOX -> Activation.GELU;
        };
        if (config.activation() != usual) {
            throw refused(
                    json.has("hidden_act")
                            ? "hidden_act"
                            : json.has("hidden_activation") ? "hidden_activation" : "activation_function",
                    "is " + config.activation().name().toLowerCase(Locale.ROOT));
        }
        if (architecture == GgufArchitecture.GPTNEOX) {
            notes.add("llama.cpp computes GELU by its tanh approximation, so log-probabilities differ in the third"
                    + " decimal");
        }
        boolean biased = config.names().biased().contains(Role.ATTENTION_OUTPUT);
        if (biased && (architecture == GgufArchitecture.QWEN3 || gemma())) {
            throw refused("attention_bias", "is true");
        }
        double scale = scale();
        for (Attention layer : config.layers()) {
            if (Math.abs(layer.scale() - scale) > EQUAL * scale) {
                throw refused(
                        json.has("query_pre_attn_scalar")
                                ? "query_pre_attn_scalar"
                                : json.path("scale_attn_by_inverse_layer_idx").asBoolean(false)
                                        ? "scale_attn_by_inverse_layer_idx"
                                        : "scale_attn_weights",
                        "makes attention scale by " + layer.scale() + " and not by " + scale);
            }
        }
    }

    /** What llama.cpp scales attention by. */
    private double scale() {
        int largest = architecture == GgufArchitecture.GEMMA2 ? 46 : 62;
        int quotient = config.width() / config.heads(); // rounded down, as there
        return 1 / Math.sqrt(gemma() && config.layers().size() == largest ? quotient : config.headWidth());
    }

    private void windows() {
        List<OptionalInt> windows =
                config.layers().stream().map(Attention::window).toList();
        OptionalInt window =
                windows.stream().filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
        if (window.isEmpty()) {
            return;
        }
        switch (architecture) {
            case GEMMA2, GEMMA3 -> {
                writer.count(key("attention.sliding_window"), window.getAsInt());
                int run = architecture == GgufArchitecture.GEMMA2 ? 2 : 6;
                boolean[] slides = new boolean[windows.size()];
                boolean usual = true;
                for (int layer = 0; layer < slides.length; layer++) {
                    slides[layer] = windows.get(layer).isPresent();
                    usual &= slides[layer] == (layer % run < run - 1);
                }
                if (!usual) {
                    writer.flags(key("attention.sliding_window_pattern"), slides);
                }
            }
            case PHI3 -> {
                writer.count(key("attention.sliding_window"), window.getAsInt());
                dropped(window.getAsInt());
            }
            default -> dropped(window.getAsInt());
        }
    }

    private void dropped(int window) {
        notes.add(String.format(
                Locale.ROOT,
                "llama.cpp knows no sliding window for %s: after %,d tokens it attends to more than the model did in"
                        + " training",
                architecture.label(),
                window));
    }

    private void rotary() {
        if (config.layers().stream().allMatch(l -> l.rotary().isEmpty())) {
            return;
        }
        // Layers with a window turn by a base of their own in Gemma 3, and all the same in every other family.
        Attention far = config.layers().stream()
                .filter(l -> l.window().isEmpty())
                .findFirst()
                .orElse(config.layers().getFirst());
        Rotary turns = far.rotary().orElseThrow();
        JsonNode parameters =
                json.path("rope_parameters").isObject() ? json.path("rope_parameters") : json.path("rope_scaling");
        JsonNode scaling = parameters.has("full_attention") ? parameters.path("full_attention") : parameters;
        double theta = scaling.path("rope_theta")
                .asDouble(json.path("rope_theta")
                        .asDouble(json.path("rotary_emb_base")
                                .asDouble(architecture == GgufArchitecture.GEMMA3 ? 1_000_000 : 10_000)));
        writer.number(key("rope.freq_base"), (float) theta);
        int rotated = 2 * turns.frequencies().size();
        if (architecture == GgufArchitecture.LLAMA && rotated != config.headWidth()) {
            throw refused("partial_rotary_factor", "is " + (double) rotated / config.headWidth());
        }
        writer.count(key("rope.dimension_count"), rotated);
        if (architecture == GgufArchitecture.GEMMA3) {
            double near = parameters
                    .path("sliding_attention")
                    .path("rope_theta")
                    .asDouble(json.path("rope_local_base_freq").asDouble(10_000));
            writer.number(key("rope.freq_base_swa"), (float) near);
        }
        scaling(scaling, turns, theta, rotated);
    }

    private void scaling(JsonNode scaling, Rotary turns, double theta, int rotated) {
        String type = scaling.path("rope_type").asString(scaling.path("type").asString("default"));
        switch (type) {
            case "default" -> {}
            case "dynamic" -> notes.add("dynamic scaling of positions is left out: it acts beyond the context alone");
            case "linear" -> factor("linear", scaling);
            case "yarn" -> {
                factor("yarn", scaling);
                writer.count(
                        key("rope.scaling.original_context_length"),
                        scaling.path("original_max_position_embeddings").asLong(config.context()));
                beta("beta_fast", scaling, 32);
                beta("beta_slow", scaling, 1);
                if (!scaling.path("truncate").asBoolean(true)) {
                    throw refused("truncate", "is false");
                }
                double factor = scaling.path("factor").asDouble();
                double usual = factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
                if (Math.abs(turns.scale() - usual) > EQUAL) {
                    writer.number(key("rope.scaling.attn_factor"), (float) (turns.scale() / usual));
                }
            }
            case "llama3" -> {
                Rotary plain = Rotary.plain(rotated, theta);
                float[] divisors = new float[turns.frequencies().size()];
                for (int k = 0; k < divisors.length; k++) {
                    divisors[k] = (float)
                            (plain.frequencies().get(k) / turns.frequencies().get(k));
                }
                Supplier<Tensor> values = () -> Tensor.of(divisors, divisors.length);
                plan.add("rope_freqs.weight", StorageType.F32, new long[] {divisors.length}, values);
            }
            default -> throw refused("rope_type", "is \"" + type + "\"");
        }
    }

    private void factor(String type, JsonNode scaling) {
        writer.text(key("rope.scaling.type"), type);
        writer.number(key("rope.scaling.factor"), (float) scaling.path("factor").asDouble());
    }

    private void beta(String name, JsonNode scaling, double usual) {
        if (scaling.path(name).asDouble(usual) != usual) {
            writer.number(
                    key("rope.scaling.yarn_" + name), (float) scaling.path(name).asDouble());
        }
    }

    /** Biases that llama.cpp needs and the model does not have: zeros. */
    static Map<String, Long> absent(TransformerConfig config, GgufArchitecture architecture) {
        if (architecture != GgufArchitecture.GPTNEOX || config.names().biased().contains(Role.QUERY_KEY_VALUE)) {
            return Map.of();
        }
        return Map.of(
                "attn_qkv.bias", 3L * config.heads() * config.headWidth(), "attn_output.bias", (long) config.width());
    }
}
