package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** IPO and DPO where everybody agrees. */
@Method(
        name = "deterministic-preferences",
        kind = "replication",
        rows = {111},
        source = "arXiv:2310.12036, section 5",
        summary = "IPO keeps to the reference where everybody agrees, and DPO collapses")
public record DeterministicPreferences() implements Replication {

    private static final double[] TAUS = {0.1, 0.3, 1, 2};

    @Override
    public String claim() {
        return """
            Where preferences are certain, DPO's margins have no finite optimum: whatever β, the policy ends on the winner alone and the
            reference is forgotten. IPO's target is finite, so that τ keeps its meaning: the larger it is, the nearer to the reference the
            policy stays, all the way.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: one prompt × 3 responses; the first always beats both others, the second always beats the third; the reference is drawn. All
            three pairs are the data; tables are trained by all data in each step. Measured: the probability of the winner at the end, beside the
            one that IPO's normal equations give (solved apart from the training).\
            """;
    }

    @Override
    public String differs() {
        return "The paper's example, with drawn references instead of the uniform one, and AdamW.";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(20, 6);
        int steps = trial.of(800, 200);
        double[] taus = trial.smoke() ? new double[] {0.3, 1} : TAUS;
        double[][] ipo = new double[seeds][taus.length];
        double[][] dpo = new double[seeds][taus.length];
        double[][] early = new double[seeds][taus.length];
        double[][] exact = new double[seeds][taus.length];
        double[][] start = new double[seeds][taus.length];
        // Prompts have nothing in common in a table: each seed is one.
        double[][] references = trial.seeds(seeds, "references", random -> Simplex.random(1, 3, 0.5, random)[0])
                .toArray(double[][]::new);
        PairData data = PairData.none(Bandit.rewarded(references, references));
        for (int s = 0; s < seeds; s++) {
            data.add(s, 0, 1, 1);
            data.add(s, 1, 2, 1);
            data.add(s, 0, 2, 1);
        }
        for (int t = 0; t < taus.length; t++) {
            double tau = taus[t];
            trial.progress().step("τ", t, taus.length, "");
            Loss subject = trial.subject(new Ipo(tau, false), tau);
            double[][] byIpo = Lesson.whole(steps, 0.1).teach(subject, references, data.examples());
            double[][] atQuarter = Lesson.whole(steps / 4, 0.1).teach(new Dpo(tau, 0), references, data.examples());
            double[][] byDpo = Lesson.whole(steps, 0.1).teach(new Dpo(tau, 0), references, data.examples());
            for (int s = 0; s < seeds; s++) {
                ipo[s][t] = byIpo[s][0];
                dpo[s][t] = byDpo[s][0];
                early[s][t] = atQuarter[s][0];
                // Least squares of three equal differences: the winner rises by two thirds of a target, the loser falls
                // by as much.
                double by = 2 / 3.0 / (2 * tau);
                exact[s][t] = Simplex.tilted(references[s], new double[] {1, 0, -1}, by)[0];
                start[s][t] = references[s][0];
            }
        }
        return findings(taus, ipo, dpo, early, exact, start);
    }

    private static Findings findings(
            double[] taus, double[][] ipo, double[][] dpo, double[][] early, double[][] exact, double[][] start) {
        List<Figures.Row> rows = new ArrayList<>();
        boolean collapsed = true;
        boolean met = true;
        boolean nearer = true;
        for (int t = 0; t < taus.length; t++) {
            rows.add(Figures.Row.of(
                    "τ = " + taus[t],
                    Curves.at(ipo, t),
                    Curves.at(exact, t),
                    Curves.at(early, t),
                    Curves.at(dpo, t),
                    Curves.at(start, t)));
            collapsed &= 1 - Curves.at(dpo, t).mean() < (1 - Curves.at(early, t).mean()) / 2;
            met &= Math.abs(Measured.difference(Curves.column(ipo, t), Curves.column(exact, t))
                            .mean())
                    < 1e-3;
            nearer &= t == 0
                    || Measured.difference(Curves.column(ipo, t), Curves.column(ipo, t - 1))
                            .below(0);
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        lines.put("ipo", ipo);
        lines.put("dpo", dpo);
        lines.put("reference", start);
        return new Findings(
                List.of(new Figures(
                        "probability of the winner at the end",
                        "τ, or β",
                        List.of("ipo", "ipo's exact optimum", "dpo, a quarter of the steps", "dpo", "reference"),
                        rows,
                        4)),
                List.of(Curves.of(
                        "Where everybody agrees",
                        "The band is over references.",
                        Axis.of("τ of IPO, β of DPO"),
                        Axis.percent("probability of the winner at the end"),
                        taus,
                        lines)),
                List.of(
                        Check.core(
                                "DPO is on its way to the winner alone at every β: four times the steps leave the"
                                        + " others less than half as much",
                                collapsed),
                        Check.core("IPO ends at the optimum that its normal equations give", met),
                        Check.core("a larger τ keeps IPO nearer to the reference", nearer)),
                List.of("DPO's descent slows down as its margin grows, the more so the larger β: nothing but the"
                        + " number of steps stops it."));
    }
}
