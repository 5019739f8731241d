package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Slope;
import org.thurstone.lab.Substitute;
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
        rows = {24},
        source = "arXiv:2404.19733",
        summary = "DPO on right and wrong derivations wants the likelihood of the right ones beside it")
public record LikelihoodOfTheChosen() implements Replication {

    private static final double BETA = 0.1;
    private static final List<String> METHODS = List.of("irpo", "dpo", "sft");
    private static final List<String> RATES = List.of("3e-4", "1e-3");

    @Override
    public String claim() {
        return """
            Sampling derivations, pairing right ones with wrong ones, and DPO with the likelihood of the chosen beside it makes a policy better over
            repeated iterations. Without that term the likelihood of the chosen falls in training, and accuracy is lower; supervised training on the
            chosen alone is worse too.""";
    }

    @Override
    public String world() {
        return """
            `arithmetic`: a transformer of two layers learns sums of three or four numbers from somebody who forgets two carries in three; then four
            iterations of 100 fresh sums × 6 answers, 50 random pairs of a right and a wrong answer each, from the iteration before, which is the
            reference too. IRPO (β = 0.1, α = 1) against DPO and against supervised training on the chosen, each at learning rates of 3e-4 and
            1e-3, and compared at the one where it ends better. Measured: how many of 250 other sums are answered rightly at temperature 1; how
            much the log-probability of the chosen has changed in the last quarter of each iteration's training.""";
    }

    @Override
    public String differs() {
        return """
            A small policy, sums instead of GSM8K, ARC and MATH, 6 samples a problem instead of 30. Four seeds from one start. Each method's better
            learning rate is chosen by the figures that are compared, two for each.""";
    }

    /** (rates × methods × seeds × iterations): accuracy, and the chosen's gain in nats. */
    private record Came(double[][][][] accuracy, double[][][] gain) {

        /** Of a method at the rate where it ends better. */
        int better(int method) {
            double best = Double.NEGATIVE_INFINITY;
            int at = 0;
            for (int r = 0; r < accuracy.length; r++) {
                double mean = Arrays.stream(accuracy[r][method])
                        .mapToDouble(path -> path[path.length - 1])
                        .average()
                        .orElseThrow();
                if (mean > best) {
                    best = mean;
                    at = r;
                }
            }
            return at;
        }

        double[][] path(int method) {
            return accuracy[better(method)][method];
        }

        double[] ends(int method) {
            return Curves.column(path(method), path(method)[0].length - 1);
        }

        double[] gains(int method) {
            return gain[better(method)][method];
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(4, 2);
        int iterations = trial.of(4, 2);
        List<String> rates = trial.smoke() ? RATES.subList(1, 2) : RATES;
        Came came = new Came(
                new double[rates.size()][METHODS.size()][seeds][], new double[rates.size()][METHODS.size()][seeds]);
        trial.progress().say("training the start");
        try (Sums sums =
                Sums.of(trial.smoke() ? CarryRecipe.smoke(iterations) : CarryRecipe.full(iterations), trial.seed())) {
            for (int s = 0; s < seeds; s++) {
                trial.progress().step("sums", s, seeds, "");
                String seed = "seed=" + trial.random("sums", s).nextInt(1_000_000);
                for (int r = 0; r < rates.size(); r++) {
                    for (int m = 0; m < METHODS.size() - (trial.smoke() ? 1 : 0); m++) {
                        Sums.Run run =
                                sums.run(seed, loss(trial, METHODS.get(m)), rate(trial, METHODS.get(m), rates.get(r)));
                        came.accuracy[r][m][s] = run.accuracy();
                        came.gain[r][m][s] = m == 2 ? Double.NaN : gain(run);
                    }
                }
            }
        }
        return findings(trial, rates, iterations, came);
    }

    private static String loss(Trial trial, String method) {
        String own = trial.substitute() == Substitute.DPO && method.equals("irpo") ? "dpo" : method;
        return own.equals("sft") ? "loss=sft" : "loss={" + own + ": {beta: " + BETA + "}}";
    }

    private static String rate(Trial trial, String method, String rate) {
        boolean idle = trial.substitute() == Substitute.NOTHING && method.equals("irpo");
        return "training.learning-rate=" + (idle ? "1e-12" : rate);
    }

    /** In nats, over the last quarter of each iteration's steps: log π − log π_ref of the chosen. */
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

    private static Findings findings(Trial trial, List<String> rates, int iterations, Came came) {
        List<Figures.Row> rows = new ArrayList<>();
        List<Figures.Row> gains = new ArrayList<>();
        List<String> methods = trial.smoke() ? METHODS.subList(0, 2) : METHODS;
        for (int m = 0; m < methods.size(); m++) {
            for (int r = 0; r < rates.size(); r++) {
                List<Measured> row = new ArrayList<>();
                for (int k = 0; k <= iterations; k++) {
                    row.add(Curves.at(came.accuracy[r][m], k));
                }
                rows.add(new Figures.Row(methods.get(m) + ", " + rates.get(r), row));
                if (m < 2) {
                    gains.add(Figures.Row.of(methods.get(m) + ", " + rates.get(r), Measured.of(came.gain[r][m])));
                }
            }
        }
        List<String> columns = new ArrayList<>(List.of("start"));
        for (int k = 1; k <= iterations; k++) {
            columns.add("iteration " + k);
        }
        double[] counting = Curves.counting(iterations + 1);
        double[] slopes = Arrays.stream(came.path(0))
                .mapToDouble(path -> Slope.of(counting, path))
                .toArray();
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int m = 0; m < methods.size(); m++) {
            lines.put(methods.get(m) + ", " + rates.get(came.better(m)), came.path(m));
        }
        List<Check> checks = new ArrayList<>(List.of(
                Check.core(
                        "with the likelihood term, accuracy rises over the iterations",
                        Measured.of(slopes).above(0)),
                Check.core(
                        "it ends higher than DPO does without the term",
                        Measured.difference(came.ends(0), came.ends(1)).above(0)),
                Check.core(
                        "with DPO alone the likelihood of the chosen falls",
                        Measured.of(came.gains(1)).below(0)),
                Check.core(
                        "with the term it is higher than with DPO alone",
                        Measured.difference(came.gains(0), came.gains(1)).above(0))));
        if (!trial.smoke()) {
            checks.add(Check.also(
                    "with the term accuracy ends higher than by supervised training on the chosen",
                    Measured.difference(came.ends(0), came.ends(2)).above(0)));
        }
        return new Findings(
                List.of(
                        new Figures("sums answered rightly", "method, learning rate", columns, rows, 3),
                        new Figures(
                                "change of the chosen's log-probability in an iteration (nats)",
                                "method, learning rate",
                                List.of("gain"),
                                gains,
                                2)),
                List.of(Curves.of(
                        "Right answers over iterations",
                        "Each method at its better learning rate; the band is over seeds from one start.",
                        Axis.of("iteration"),
                        Axis.percent("sums answered rightly"),
                        counting,
                        lines)),
                checks,
                List.of());
    }
}
