package org.thurstone.model.transformer;

import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * Low-rank adaptation (LoRA, arXiv:2106.09685): the base is frozen, and each target projection gets scale() · up · down added, of rank much
 * less than its width. Up starts at zero, so a fresh adapter changes nothing. No dropout.
 *
 * @param alpha numerator of the scale
 * @param targets last parts of the names of the projections that are adapted, such as {@code q_proj}; empty for all
 * @param rankStabilised whether the scale is alpha / √rank (arXiv:2312.03732) and not alpha / rank
 */
public record Lora(int rank, double alpha, List<String> targets, boolean rankStabilised) {

    /** The prefix that PEFT puts before the name of an adapted weight. */
    static final String PREFIX = "base_model.model.";

    public Lora {
        targets = List.copyOf(targets);
        if (rank < 1) {
            throw new IllegalArgumentException("the rank of an adapter is " + rank + "; it has to be at least 1");
        }
    }

    /** What the product of the two matrices is multiplied by. */
    public double scale() {
        return rankStabilised ? alpha / Math.sqrt(rank) : alpha / rank;
    }

    /** PEFT's name of the matrix that is applied first. */
    public static String down(String projection) {
        return PREFIX + projection + ".lora_A.weight";
    }

    /** PEFT's name of the matrix that is applied second. */
    public static String up(String projection) {
        return PREFIX + projection + ".lora_B.weight";
    }

    private boolean aims(String projection) {
        return targets.isEmpty()
                || targets.stream().anyMatch(t -> projection.equals(t) || projection.endsWith("." + t));
    }

    /**
     * Name and shape of every weight of the adapter, by the names of PEFT.
     *
     * @throws IllegalArgumentException if a target is no projection of the model
     */
    public SequencedMap<String, long[]> shapes(TransformerConfig config) {
        SequencedMap<String, long[]> shapes = new TreeMap<>();
        List<String> projections = projections(config);
        for (String target : targets) {
            if (projections.stream().noneMatch(p -> p.equals(target) || p.endsWith("." + target))) {
                throw new IllegalArgumentException("the model has no projection \"" + target + "\" to adapt; it has "
                        + String.join(", ", lastParts(projections)));
            }
        }
        SequencedMap<String, long[]> weights = WeightShapes.shapes(config);
        for (String projection : projections) {
            long[] weight = weights.get(projection + ".weight");
            if (aims(projection) && weight != null) {
                long out = config.transposed() ? weight[1] : weight[0];
                long in = config.transposed() ? weight[0] : weight[1];
                shapes.put(down(projection), new long[] {rank, in});
                shapes.put(up(projection), new long[] {out, rank});
            }
        }
        return shapes;
    }

    private static List<String> projections(TransformerConfig config) {
        return java.util.stream.IntStream.range(0, config.layers().size())
                .boxed()
                .flatMap(i -> config.names().roles().keySet().stream()
                        .filter(r -> !r.norm())
                        .map(r -> config.names().of(i, r)))
                .toList();
    }

    private static List<String> lastParts(List<String> names) {
        return names.stream()
                .map(n -> n.substring(n.lastIndexOf('.') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    /** Fresh weights, added to the model's: down uniform within ±1/√in, as PEFT has it, up zero. They alone are trained. */
    void attach(TransformerConfig config, Parameters parameters, RandomGenerator random, DType type, Device device) {
        shapes(config).forEach((name, shape) -> {
            try (Scope scope = Scope.open()) {
                double bound = 1 / Math.sqrt((double) shape[1]);
                Tensor values = name.endsWith("lora_A.weight")
                        ? Tensor.uniform(random, -bound, bound, type, device, shape)
                        : Tensor.zeros(type, device, shape);
                parameters.add(name, values, true);
            }
        });
    }
}
