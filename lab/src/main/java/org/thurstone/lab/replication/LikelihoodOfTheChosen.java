package org.thurstone.lab.replication;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.lab.arithmetic.CarryRecipe;
import org.thurstone.lab.arithmetic.Sums;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;

/** Iterative reasoning preference optimisation: what the likelihood of the chosen adds to DPO on right and wrong derivations. */
@Method(
        name = "likelihood-of-the-chosen",
        kind = "replication",
        papers = "2404.19733",
        source = "arXiv:2404.19733",
        summary = "DPO on correct and incorrect derivations needs the likelihood of the correct ones as an "
                + "additional term")
public record LikelihoodOfTheChosen() implements Replication {

    private static final double BETA = 0.1;
    private static final List<String> METHODS = List.of("irpo", "dpo", "sft");
    private static final List<String> RATES = List.of("3e-4", "1e-3");

    @Override
    public Description about() {
        return new Description("""
            Iterating three steps improves a policy: sample derivations, pair correct with incorrect ones, and train with DPO plus the likelihood of the chosen
            derivation (IRPO). Without that term, the likelihood of the chosen falls during training, and accuracy is lower. Supervised training on the chosen
            derivations alone is worse, too.""", """
            `arithmetic`: a two-layer transformer learns sums of three or four numbers from demonstrations in which two of three carries are forgotten. Four iterations
            follow, each with 100 new sums × 6 answers and 50 random pairs of a correct and an incorrect answer; samples and reference come from the previous iteration.
            IRPO (β = 0.1, α = 1) is compared with DPO and with supervised training on the chosen answers, each at learning rates of 3e-4 and 1e-3, of which the one
            with the better final result counts. Measured: how many of 250 other sums are answered correctly at temperature 1, and how much the log-probability of the
            chosen answers changes in the last quarter of each iteration's training.""", """
            A small policy; sums instead of GSM8K, ARC and MATH; 6 samples per problem instead of 30. Four seeds with the same initial policy. The better learning rate
            of each method is selected by the same figures that are compared, from two values.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int iterations = trial.of(4, 2);
        List<String> methods = trial.smoke() ? METHODS.subList(0, 2) : METHODS;
        Sweep accuracy = Sweep.counting(iterations + 1);
        Sweep gain = Sweep.once();
        trial.progress().say("training the start");
        try (Sums sums =
                Sums.of(trial.smoke() ? CarryRecipe.smoke(iterations) : CarryRecipe.full(iterations), trial.seed())) {
            trial.each(trial.of(4, 1), "sums", random -> {
                String seed = "seed=" + random.nextInt(1_000_000);
                for (String method : methods) {
                    for (String rate : trial.smoke() ? RATES.subList(1, 2) : RATES) {
                        Sums.Run run = sums.run(seed, loss(trial, method), rate(trial, method, rate));
                        accuracy.add(method + ", " + rate, run.accuracy());
                        if (!method.equals("sft")) {
                            gain.add(method + ", " + rate, gain(run));
                        }
                    }
                }
            });
        }
        return findings(trial, accuracy, gain);
    }

    private static String loss(Trial trial, String method) {
        String own = trial.ablation() == Ablation.DPO && method.equals("irpo") ? "dpo" : method;
        return own.equals("sft") ? "loss=sft" : "loss={" + own + ": {beta: " + BETA + "}}";
    }

    private static String rate(Trial trial, String method, String rate) {
        boolean idle = trial.ablation() == Ablation.NOTHING && method.equals("irpo");
        return "training.learning-rate=" + (idle ? "1e-12" : rate);
    }

    /** In nats, over the last quarter of each iteration's steps: log π − log π_ref of the chosen, which the log has times β. */
    private static double gain(Sums.Run run) {
        return run.metrics().stream()
                .filter(m -> 4 * m.step() > 3 * last(run, m.stage()))
                .flatMap(m -> Stream.ofNullable(m.values().get("rewards/chosen")))
                .mapToDouble(reward -> reward / BETA)
                .average()
                .orElse(Double.NaN);
    }

    private static long last(Sums.Run run, String stage) {
        return run.metrics().stream()
                .filter(m -> m.stage().equals(stage))
                .mapToLong(MetricsRow::step)
                .max()
                .orElse(0);
    }

    private static Findings findings(Trial trial, Sweep accuracy, Sweep gain) {
        int last = accuracy.last();
        String ours = better(accuracy, "irpo");
        String dpo = better(accuracy, "dpo");
        String[] columns = IntStream.rangeClosed(0, last)
                .mapToObj(k -> k == 0 ? "start" : "iteration " + k)
                .toArray(String[]::new);
        Sweep best = trial.smoke() ? accuracy.of(ours, dpo) : accuracy.of(ours, dpo, better(accuracy, "sft"));
        Findings findings = Findings.of(
                        Figures.of("sums answered rightly", "method, learning rate", 3, columns)
                                .rows(accuracy.arms(), arm -> accuracy.row(arm, arm)),
                        Figures.of(
                                        "change of the chosen's log-probability in an iteration (nats)",
                                        2,
                                        "method, learning rate | gain")
                                .arms(gain.arms(), gain::end))
                .with(best.curve(
                        "Right answers over iterations",
                        "Each method at its better learning rate; the band is over seeds from one start.",
                        Axis.of("iteration"),
                        Axis.percent("sums answered rightly")))
                .core(
                        "with the likelihood term, accuracy rises over the iterations",
                        accuracy.slopes().end(ours).above(0))
                .core("it ends higher than DPO does without the term", accuracy.better(ours, dpo, last))
                .core(
                        "with DPO alone the likelihood of the chosen falls",
                        gain.end(dpo).below(0))
                .core("with the term it is higher than with DPO alone", gain.better(ours, dpo));
        return trial.smoke()
                ? findings
                : findings.also(
                        "with the term accuracy ends higher than by supervised training on the chosen",
                        accuracy.better(ours, better(accuracy, "sft"), last));
    }

    /** A method at the rate where it ends better. */
    private static String better(Sweep accuracy, String method) {
        return accuracy.arms().stream()
                .filter(arm -> arm.startsWith(method + ","))
                .reduce((a, b) -> accuracy.end(b).mean() > accuracy.end(a).mean() ? b : a)
                .orElseThrow();
    }
}
