package org.thurstone.lab.replication;

import static org.thurstone.lab.selection.Advantages.ORDERS;
import static org.thurstone.lab.selection.Advantages.words;

import java.util.List;
import org.thurstone.feedback.acquisition.Order;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Check;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.lab.arithmetic.CarryRecipe;
import org.thurstone.lab.arithmetic.Sums;
import org.thurstone.lab.selection.Advantages;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;

/** Pairs chosen by their margin, in the loop of {@code thurstone run} itself. */
@Method(
        name = "smallest-margins-arithmetic",
        kind = "replication",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "pairs with the smallest margin are the most valuable to label, on step-by-step additions")
public record SmallestMarginsArithmetic() implements Replication {

    private static final List<String> SPLITS = List.of("decreasing", "constant", "increasing");

    @Override
    public Description about() {
        return new Description(new SmallestMargins().about().claim(), """
            `arithmetic`: a two-layer transformer learns sums of three or four numbers from demonstrations in which two of three carries are forgotten, and then from
            comparisons of its own correct and incorrect answers, in the loop of `thurstone run`: three iterations of 100 new sums × 6 answers, with 50 labels each. Of
            the pairs of a sum, the acquisition selects one, and of those as many as the budget allows. DPO with the likelihood of the chosen, β = 0.1. Margins are
            relative to the previous iteration, and raw log-probabilities in the first; or both loss and margins use the initial policy. Measured: how many of 250 other
            sums are answered correctly at temperature 1.""", """
            All seeds start from the same initial policy, which takes as long to train as all their iterations; they draw different sums, answers and selections. Four
            seeds instead of ten, to save time. Only pairs of a correct and an incorrect answer can be selected, so that no label is spent on two equal ones. "In one
            iteration" means after the first of three.""");
    }

    private record Setting(String name, String margin, String reference) {}

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(4, 1);
        List<Setting> settings = List.of(
                new Setting("margins and loss held to the iteration before", "previous", "previous"),
                new Setting("margins and loss held to the start", "initial", "initial"));
        List<Setting> tried = trial.smoke() ? settings.subList(0, 1) : settings;
        int iterations = trial.of(3, 2);
        Advantages accuracy = new Advantages(tried.stream().map(Setting::name).toList());
        Sweep paths = Sweep.counting(iterations + 1).scaled(k -> k * trial.of(50, 20));
        Sweep budgets = Sweep.counting(SPLITS.size());
        trial.progress().say("training the start");
        try (Sums sums =
                Sums.of(trial.smoke() ? CarryRecipe.smoke(iterations) : CarryRecipe.full(iterations), trial.seed())) {
            for (int s = 0; s < seeds; s++) {
                String seed = "seed=" + trial.random("sums", s).nextInt(1_000_000);
                trial.progress().step("sums", s, seeds, "");
                for (Order order : ORDERS) {
                    String by = acquisition(trial.ablation() == Ablation.ITSELF ? order : Order.RANDOM);
                    for (int at = 0; at < tried.size(); at++) {
                        Setting setting = tried.get(at);
                        String margin = "margin=" + setting.margin;
                        double[] path = sums.run(seed, by, margin, "reference=" + setting.reference, rate(trial))
                                .accuracy();
                        accuracy.add(at, order, false, path[1]);
                        accuracy.add(at, order, true, path[iterations]);
                        if (at == 0) {
                            paths.add(words(order), path);
                            budgets.add(words(order), 1, path[iterations]);
                        }
                    }
                    for (int b = 0; b < 3 && !trial.smoke() && order != Order.LARGEST; b += 2) {
                        double[] path = sums.run(seed, by, "labels.split=" + SPLITS.get(b))
                                .accuracy();
                        budgets.add(words(order), b, path[iterations]);
                    }
                }
            }
        }
        Findings findings = Findings.of(accuracy.figures("sums answered rightly", 3))
                .with(paths.curve(
                        "What labels teach",
                        "Margins and loss held to the iteration before; the band is over seeds from one start.",
                        Axis.of("labels"),
                        Axis.percent("sums answered rightly")))
                .with(accuracy.checks("in the mean over settings", true).toArray(Check[]::new))
                .note(accuracy.notes("step-by-step additions").toArray(String[]::new));
        if (trial.smoke()) {
            return findings;
        }
        double[] decreasing = budgets.values(words(Order.SMALLEST), 0);
        return findings.with(Figures.of(
                                "sums answered rightly, by budget", 3, "margins | decreasing | constant | increasing")
                        .rows(List.of(words(Order.SMALLEST), words(Order.RANDOM)), arm -> budgets.row(arm, arm)))
                .also(
                        "smallest margins with a decreasing budget are better than with a constant one",
                        Measured.difference(decreasing, budgets.values(words(Order.SMALLEST), 1))
                                .above(0))
                .also(
                        "smallest margins with a decreasing budget are better than with an increasing one",
                        Measured.difference(decreasing, budgets.values(words(Order.SMALLEST), 2))
                                .above(0));
    }

    private static String acquisition(Order order) {
        return "acquisition={margin: {instance: %s, corpus: %s}}".formatted(words(order), words(order));
    }

    private static String rate(Trial trial) {
        return "training.learning-rate=" + (trial.ablation() == Ablation.NOTHING ? "1e-12" : "3e-4");
    }
}
