package org.thurstone.lab.replication;

import static org.thurstone.lab.selection.Advantages.ORDERS;
import static org.thurstone.lab.selection.Advantages.words;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.lab.Check;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Substitute;
import org.thurstone.lab.Trial;
import org.thurstone.lab.arithmetic.CarryRecipe;
import org.thurstone.lab.arithmetic.Sums;
import org.thurstone.lab.selection.Advantages;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;

/** Pairs chosen by their margin, in the loop of {@code thurstone run} itself. */
@Method(
        name = "smallest-margins-arithmetic",
        kind = "replication",
        rows = {1},
        source = "arXiv:2406.17312",
        summary = "pairs of smallest margin are worth the most labels, on worked sums")
public record SmallestMarginsArithmetic() implements Replication {

    private static final List<String> SPLITS = List.of("decreasing", "constant", "increasing");

    @Override
    public String claim() {
        return new SmallestMargins().claim();
    }

    @Override
    public String world() {
        return """
            `arithmetic`: a transformer of two layers learns sums of three or four numbers from somebody who forgets two carries in three, and then from
            comparisons of right with wrong answers of its own, in the loop of `thurstone run`: three iterations of 100 fresh sums × 6 answers, 50
            labels each. Of a sum's pairs the acquisition keeps one, and of those the budget's worth. DPO with the likelihood of the chosen, β =
            0.1. Margins are taken against the iteration before, and raw log-probabilities serve in the first; or loss and margins are held to the
            start. Measured: how many of 250 other sums are answered rightly at temperature 1.""";
    }

    @Override
    public String differs() {
        return """
            All seeds begin at one start, which takes as long to train as all their iterations; they draw other sums, answers and choices. Four seeds,
            not ten, for time. Only pairs of a right and a wrong answer are there to choose from, so that a label is never wasted on two of a kind. In
            one iteration means after the first of three.""";
    }

    private record Setting(String name, String margin, String reference) {}

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(4, 2);
        List<Setting> settings = List.of(
                new Setting("margins and loss held to the iteration before", "previous", "previous"),
                new Setting("margins and loss held to the start", "initial", "initial"));
        List<Setting> tried = trial.smoke() ? settings.subList(0, 1) : settings;
        int iterations = trial.of(3, 2);
        Advantages accuracy = new Advantages(tried.stream().map(Setting::name).toList(), seeds);
        double[][][] paths = new double[ORDERS.size()][seeds][];
        double[][][] budgets = new double[ORDERS.size()][SPLITS.size()][seeds];
        trial.progress().say("training the start");
        try (Sums sums =
                Sums.of(trial.smoke() ? CarryRecipe.smoke(iterations) : CarryRecipe.full(iterations), trial.seed())) {
            for (int s = 0; s < seeds; s++) {
                String seed = "seed=" + trial.random("sums", s).nextInt(1_000_000);
                trial.progress().step("sums", s, seeds, "");
                for (Order order : ORDERS) {
                    String by = acquisition(trial.substitute() == Substitute.ITSELF ? order : Order.RANDOM);
                    int o = ORDERS.indexOf(order);
                    for (int at = 0; at < tried.size(); at++) {
                        Setting setting = tried.get(at);
                        double[] path = sums.run(
                                        seed,
                                        by,
                                        "margin=" + setting.margin,
                                        "reference=" + setting.reference,
                                        rate(trial))
                                .accuracy();
                        accuracy.put(at, order, false, s, path[1]);
                        accuracy.put(at, order, true, s, path[iterations]);
                        if (at == 0) {
                            paths[o][s] = path;
                            budgets[o][1][s] = path[iterations];
                        }
                    }
                    for (int b = 0; b < 3 && !trial.smoke() && order != Order.LARGEST; b += 2) {
                        budgets[o][b][s] = sums.run(seed, by, "labels.split=" + SPLITS.get(b))
                                .accuracy()[iterations];
                    }
                }
            }
        }
        List<Figures> figures = new ArrayList<>(List.of(accuracy.figures("sums answered rightly", 3)));
        List<Check> checks = new ArrayList<>(accuracy.checks("in the mean over settings", true));
        if (!trial.smoke()) {
            figures.add(new Figures(
                    "sums answered rightly, by budget",
                    "margins",
                    SPLITS,
                    List.of(row(Order.SMALLEST, budgets), row(Order.RANDOM, budgets)),
                    3));
            for (int b = 1; b < 3; b++) {
                checks.add(Check.also(
                        "smallest margins with a decreasing budget are better than with "
                                + (b == 1 ? "a constant one" : "an increasing one"),
                        Measured.difference(budgets[0][0], budgets[0][b]).above(0)));
            }
        }
        double[] labels = new double[iterations + 1];
        for (int k = 0; k <= iterations; k++) {
            labels[k] = k * trial.of(50, 20);
        }
        Lines plot = Advantages.plot(
                "What labels teach",
                "Margins and loss held to the iteration before; the band is over seeds from one start.",
                Axis.percent("sums answered rightly"),
                labels,
                paths);
        return new Findings(figures, List.of(plot), checks, accuracy.notes("worked sums"));
    }

    private static Figures.Row row(Order order, double[][][] budgets) {
        double[][] of = budgets[ORDERS.indexOf(order)];
        return Figures.Row.of(words(order), Measured.of(of[0]), Measured.of(of[1]), Measured.of(of[2]));
    }

    private static String acquisition(Order order) {
        return "acquisition={margin: {instance: %s, corpus: %s}}".formatted(words(order), words(order));
    }

    private static String rate(Trial trial) {
        return "training.learning-rate=" + (trial.substitute() == Substitute.NOTHING ? "1e-12" : "3e-4");
    }
}
