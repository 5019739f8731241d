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
        summary = "DPO on right and wrong derivations needs the likelihood of the right ones as an added term")
public record LikelihoodOfTheChosen() implements Replication {

    private static final double BETA = 0.1;
    private static final List<String> METHODS = List.of("irpo", "dpo", "sft");
    private static final List<String> RATES = List.of("3e-4", "1e-3");

    @Override
    public Description about() {
        return new Description("""
            Sampling derivations, pairing right ones with wrong ones, and DPO plus the likelihood of the chosen makes a policy better over
            repeated iterations. Without that term the likelihood of the chosen falls in training, and accuracy is lower; supervised training on the
            chosen alone is worse too.""", """
            `arithmetic`: a transformer of two layers learns sums of three or four numbers from a demonstrator that forgets two carries in three; then four
            iterations of 100 fresh sums × 6 answers, 50 random pairs of a right and a wrong answer each, from the iteration before, which is the
            reference too. IRPO (β = 0.1, α = 1) against DPO and against supervised training on the chosen, each at learning rates of 3e-4 and
            1e-3, and compared at the one where it ends better. Measured: how many of 250 other sums are answered rightly at temperature 1; how
            much the log-probability of the chosen has changed in the last quarter of each iteration's training.""", """
            A small policy, sums instead of GSM8K, ARC and MATH, 6 samples a problem instead of 30. Four seeds from one start. Each method's better
            learning rate is chosen by the figures that are compared, two for each.""");
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
            trial.each(trial.of(4, 2), "sums", random -> {
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
