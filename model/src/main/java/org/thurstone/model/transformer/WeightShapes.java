package org.thurstone.model.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** The shapes of the weights of a configuration, by name. */
public final class WeightShapes {

    private final TransformerConfig config;
    private final SequencedMap<String, long[]> shapes = new LinkedHashMap<>();

    private WeightShapes(TransformerConfig config) {
        this.config = config;
    }

    /** Name and shape of every weight, embedding first, head last. */
    public static SequencedMap<String, long[]> shapes(TransformerConfig config) {
        WeightShapes blueprint = new WeightShapes(config);
        blueprint.draw();
        return blueprint.shapes;
    }

    /** Random weights: normal with the given standard deviation, norms neutral, biases zero. They are all trained. */
    public static Parameters random(
            TransformerConfig config, double deviation, RandomGenerator random, DType type, Device device) {
        Parameters parameters = new Parameters();
        shapes(config).forEach((name, shape) -> {
            try (Scope scope = Scope.open()) {
                Tensor values = shape.length == 1
                        ? Tensor.full(ones(config, name) ? 1 : 0, type, device, shape)
                        : Tensor.normal(random, deviation, type, device, shape);
                parameters.add(name, values, true);
            }
        });
        return parameters;
    }

    private static boolean ones(TransformerConfig config, String name) {
        return name.endsWith(".weight") && config.norm() != TransformerConfig.NormKind.RMS_ONE_PLUS;
    }

    private void draw() {
        Names names = config.names();
        int queries = config.heads() * config.headWidth();
        int keys = config.keyHeads() * config.headWidth();
        shapes.put(names.embedding(), new long[] {config.vocabulary(), config.width()});
        names.positions().ifPresent(n -> shapes.put(n, new long[] {config.context(), config.width()}));
        for (int layer = 0; layer < config.layers().size(); layer++) {
            for (Map.Entry<Role, String> entry : sorted(names.roles()).entrySet()) {
                Role role = entry.getKey();
                String name = names.of(layer, role);
                switch (role) {
                    case QUERY -> projection(name, role, queries, config.width());
                    case KEY, VALUE -> projection(name, role, keys, config.width());
                    case QUERY_KEY_VALUE -> projection(name, role, queries + 2 * keys, config.width());
                    case ATTENTION_OUTPUT -> projection(name, role, config.width(), queries);
                    case GATE, UP -> projection(name, role, config.inner(), config.width());
                    case GATE_UP -> projection(name, role, 2L * config.inner(), config.width());
                    case DOWN -> projection(name, role, config.width(), config.inner());
                    case QUERY_NORM, KEY_NORM -> norm(name, config.headWidth());
                    case ATTENTION_NORM, POST_ATTENTION_NORM, MLP_NORM, POST_MLP_NORM -> norm(name, config.width());
                }
            }
        }
        norm(names.finalNorm(), config.width());
        if (!config.tied()) {
            shapes.put(names.head(), new long[] {config.vocabulary(), config.width()});
        }
    }

    private static SequencedMap<Role, String> sorted(Map<Role, String> roles) {
        SequencedMap<Role, String> sorted = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            String name = roles.get(role);
            if (name != null) {
                sorted.put(role, name);
            }
        }
        return sorted;
    }

    private void projection(String name, Role role, long out, long in) {
        shapes.put(name + ".weight", config.transposed() ? new long[] {in, out} : new long[] {out, in});
        if (config.names().biased().contains(role)) {
            shapes.put(name + ".bias", new long[] {out});
        }
    }

    private void norm(String name, long width) {
        shapes.put(name + ".weight", new long[] {width});
        if (config.norm() == TransformerConfig.NormKind.LAYER) {
            shapes.put(name + ".bias", new long[] {width});
        }
    }
}
