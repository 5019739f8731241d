package org.thurstone.recipe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The records that the tests bind: a small training with a loss of an open interface and a sealed schedule. */
final class Kitchen {

    private Kitchen() {}

    interface Loss {}

    @Method(
            name = "dpo",
            kind = "loss",
            papers = {"2404.19733", "2406.17312"},
            source = "arXiv:2305.18290, eq. 7",
            summary = "direct preference optimisation",
            formula = "−log σ(β·h)")
    record Dpo(@Default("0.1") double beta, @Default("0") double labelSmoothing) implements Loss {
        Dpo {
            if (!(beta > 0)) {
                throw new IllegalArgumentException("beta " + beta + " is not above 0");
            }
            if (labelSmoothing >= 0.5) {
                throw new IllegalArgumentException("label-smoothing " + labelSmoothing + " is not below 0.5");
            }
        }
    }

    @Method(name = "ipo", kind = "loss")
    record Ipo(double tau) implements Loss {}

    @Method(name = "sum", kind = "loss")
    record Sum(List<Loss> of, @Default("[]") List<Double> weights) implements Loss {}

    /** Not a loss, with a loss's name: kinds keep them apart. */
    @Method(name = "dpo", kind = "trainer")
    record DpoTrainer() implements Trainer {}

    interface Trainer {}

    sealed interface Schedule {}

    record Constant() implements Schedule {}

    record WarmupCosine(@Default("10") int warmup) implements Schedule {}

    enum Device {
        CPU,
        FIRST_GPU
    }

    record Training(
            String name,
            Loss loss,
            @Default("1e-4") double learningRate,
            @Default("100") int steps,
            @Default("constant") Schedule schedule,
            Optimiser optimiser) {}

    record Optimiser(@Default("[0.9, 0.999]") List<Double> betas, OptionalDouble clip) {}

    record Everything(
            int i,
            long l,
            double d,
            boolean b,
            String s,
            Path path,
            Duration duration,
            Device device,
            List<Integer> ints,
            Map<String, Double> weights,
            Optional<String> maybe,
            OptionalInt oi,
            OptionalLong ol,
            OptionalDouble od,
            Optional<Loss> loss,
            List<Optimiser> optimisers,
            Map<String, Loss> losses) {}

    record Number(double x) {}

    record Whole(int x) {}

    record Big(long x) {}

    record Flag(boolean x) {}

    record Word(String x) {}

    record Time(Duration x) {}

    record Choice(Device x) {}

    record Files(List<Path> x) {}

    record Scored(Map<String, Integer> x) {}

    static final Catalogue CATALOGUE = Catalogue.of(List.of(Dpo.class, Ipo.class, Sum.class, DpoTrainer.class));

    static Recipe recipe(String... lines) {
        return Recipe.parse(String.join("\n", lines), "r.yaml");
    }

    static Training training(String... lines) {
        return recipe(lines).bind(Training.class, CATALOGUE);
    }
}
