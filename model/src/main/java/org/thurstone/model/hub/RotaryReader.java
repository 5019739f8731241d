package org.thurstone.model.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.thurstone.model.transformer.Rotary;

/**
 * Rotary positions as config.json gives them: {@code rope_parameters} since transformers 5 ({@code rope_theta} and all of the scaling in
 * one object, or one object for each kind of layer), {@code rope_theta} and {@code rope_scaling} before.
 */
final class RotaryReader {

    private RotaryReader() {}

    /** @param width of a head, of which {@code partial_rotary_factor} may leave a part alone */
    static Rotary read(ConfigJson config, int width) {
        return read(config, config.object("rope_parameters"), width, config.number("rope_theta", 10_000), 1);
    }

    /** @param share of a head's width that turns, where rope_parameters do not say */
    static Rotary read(ConfigJson config, Optional<ConfigJson> parameters, int width, double theta, double share) {
        ConfigJson scaling =
                parameters.or(() -> config.object("rope_scaling")).orElse(ConfigJson.of("rope_scaling", "{}"));
        double part = scaling.number("partial_rotary_factor", config.number("partial_rotary_factor", share));
        return scaled(config, scaling, (int) (width * part), scaling.number("rope_theta", theta));
    }

    private static Rotary scaled(ConfigJson config, ConfigJson scaling, int width, double theta) {
        Rotary plain = Rotary.plain(width, theta);
        String type = scaling.text("rope_type", scaling.text("type", "default"));
        return switch (type) {
            // Dynamic scaling differs from none only beyond the length that was trained, which is our limit.
            case "default", "dynamic" -> plain;
            case "linear" -> each(plain, f -> f / scaling.number("factor"));
            case "llama3" -> each(plain, llama3(config, scaling));
            case "yarn" -> yarn(config, scaling, plain, width, theta);
            default ->
                throw scaling.wrong(
                        "rope_type",
                        "is \"" + type + "\"; what can be read is default, linear, dynamic, llama3 and yarn");
        };
    }

    private static Rotary each(Rotary plain, DoubleUnaryOperator scale) {
        return new Rotary(plain.frequencies().stream().map(scale::applyAsDouble).toList(), plain.scale());
    }

    private static double trained(ConfigJson config, ConfigJson scaling) {
        return scaling.has("original_max_position_embeddings")
                ? scaling.count("original_max_position_embeddings")
                : config.count("max_position_embeddings");
    }

    /** Slow turns are stretched by the factor, fast ones kept, those between blended. */
    private static DoubleUnaryOperator llama3(ConfigJson config, ConfigJson scaling) {
        double factor = scaling.number("factor");
        double low = scaling.number("low_freq_factor");
        double high = scaling.number("high_freq_factor");
        double trained = trained(config, scaling);
        return frequency -> {
            double turns = trained * frequency / (2 * Math.PI);
            double fast = Math.clamp((turns - low) / (high - low), 0.0, 1.0);
            return frequency * (fast + (1 - fast) / factor);
        };
    }

    /** YaRN, arXiv:2309.00071. */
    private static Rotary yarn(ConfigJson config, ConfigJson scaling, Rotary plain, int width, double theta) {
        if (scaling.has("mscale") || scaling.has("mscale_all_dim")) {
            throw scaling.wrong("mscale", "is not known here: only YaRN's own attention factor is");
        }
        double factor = scaling.number("factor");
        double trained = trained(config, scaling);
        double low = dimension(scaling.number("beta_fast", 32), width, theta, trained);
        double high = dimension(scaling.number("beta_slow", 1), width, theta, trained);
        if (scaling.flag("truncate", true)) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, width - 1);
        if (low == high) {
            high += 0.001;
        }
        List<Double> frequencies = new ArrayList<>();
        for (int i = 0; i < plain.frequencies().size(); i++) {
            double slow = Math.clamp((i - low) / (high - low), 0.0, 1.0);
            frequencies.add(plain.frequencies().get(i) * (slow / factor + 1 - slow));
        }
        double sharpen = scaling.number("attention_factor", factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1);
        return new Rotary(frequencies, sharpen);
    }

    /** Which element turns so many times over the trained length. */
    private static double dimension(double turns, int width, double theta, double trained) {
        return width * Math.log(trained / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }
}
