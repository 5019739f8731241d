package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Typo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** Preservation and interpolation: what a preference loss should do, and which of two does it. */
@Method(
        name = "desiderata",
        kind = "replication",
        rows = {90},
        source = "arXiv:2407.09072",
        summary = "TYPO preserves what is right and interpolates between preferences and reference; DPO does neither")
public record Desiderata() implements Replication {

    private static final double[] STRENGTHS = {0.01, 0.1, 1, 10, 100};

    @Override
    public String claim() {
        return """
            Two things are to be wanted of a preference loss. Preservation: where the reference already answers as people prefer, it stays as
            it is while other prompts improve. Interpolation: its one knob leads from the policy that people's preferences describe,
            π(y)/π(y') = P(y ≻ y')/P(y' ≻ y), to the reference. TYPO does both; DPO, whatever its β, does neither.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: for each seed 2 prompts × 4 responses with a drawn reward. To the first prompt the reference answers exactly as the preferences describe, to
            the second otherwise. All pairs with their true probabilities, tables trained by all data in each step, TYPO's λ and DPO's β over four
            orders of magnitude. Measured: total-variation distances to the policy that the preferences describe and to the reference.\
            """;
    }

    @Override
    public String differs() {
        return "The paper shows it for QPO losses at large, by proof and on a toy with neural networks; here DPO"
                + " stands for them, and tables for those.";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(20, 6);
        int steps = trial.of(500, 200);
        double[] strengths = trial.smoke() ? new double[] {0.01, 1, 100} : STRENGTHS;
        int n = strengths.length;
        // By method, then seed, then strength.
        double[][][] kept = new double[2][seeds][n];
        double[][][] toPreferences = new double[2][seeds][n];
        double[][][] toReference = new double[2][seeds][n];
        List<double[][]> rewards = trial.seeds(seeds, "worlds", random -> new double[][] {
            random.doubles(4, -1.5, 1.5).toArray(),
            random.doubles(4, -1.5, 1.5).toArray(),
            random.doubles(4, -1.5, 1.5).toArray()
        });
        // Prompts have nothing in common in a table: each seed is two of them, one where the reference is right.
        double[][] reward = new double[2 * seeds][];
        double[][] described = new double[2 * seeds][];
        double[][] reference = new double[2 * seeds][];
        for (int s = 0; s < seeds; s++) {
            double[][] drawn = rewards.get(s);
            for (int x = 0; x < 2; x++) {
                reward[2 * s + x] = drawn[x];
                described[2 * s + x] = Simplex.softmax(drawn[x]);
            }
            reference[2 * s] = described[2 * s];
            reference[2 * s + 1] = Simplex.softmax(drawn[2]);
        }
        List<TrainingExample> data = PairData.expected(
                        Bandit.rewarded(reference, reward), Simplex.rows(2 * seeds, Simplex.uniform(4)), 0)
                .votes();
        for (int k = 0; k < n; k++) {
            trial.progress().step("strengths", k, n, "");
            double strength = strengths[k];
            // TYPO looks at samples of the reference; with exact divergences at each, any response will do.
            Loss typo = trial.subject(new Typo(strength, true, 1), strength);
            List<TrainingExample> sampled = typo.draws().isPresent()
                    ? data.stream()
                            .map(e -> e.withSamples(List.of(new int[] {0})))
                            .toList()
                    : data;
            double[][][] ends = {
                Lesson.whole(steps, 0.1).teach(typo, reference, sampled),
                Lesson.whole(steps, 0.1).teach(new Dpo(strength, 0), reference, data)
            };
            for (int m = 0; m < 2; m++) {
                for (int s = 0; s < seeds; s++) {
                    kept[m][s][k] = Simplex.distance(ends[m][2 * s], reference[2 * s]);
                    toPreferences[m][s][k] = Simplex.distance(ends[m][2 * s + 1], described[2 * s + 1]);
                    toReference[m][s][k] = Simplex.distance(ends[m][2 * s + 1], reference[2 * s + 1]);
                }
            }
        }
        return findings(strengths, kept, toPreferences, toReference);
    }

    private static Findings findings(
            double[] strengths, double[][][] kept, double[][][] toPreferences, double[][][] toReference) {
        List<Figures.Row> rows = new ArrayList<>();
        String[] names = {"typo", "dpo"};
        boolean preserves = true;
        boolean dpoDoesNot = true;
        double nearest = Double.POSITIVE_INFINITY;
        for (int m = 0; m < 2; m++) {
            for (int k = 0; k < strengths.length; k++) {
                Measured moved = Curves.at(kept[m], k);
                Measured from = Curves.at(toPreferences[m], k);
                rows.add(Figures.Row.of(names[m] + " " + strengths[k], moved, from, Curves.at(toReference[m], k)));
                if (m == 0) {
                    preserves &= moved.mean() < 0.01;
                } else {
                    dpoDoesNot &= strengths[k] > 1 || moved.mean() > 0.05;
                    nearest = Math.min(nearest, from.mean());
                }
            }
        }
        int last = strengths.length - 1;
        boolean ends = Curves.at(toPreferences[0], 0).mean() < 0.01
                && Curves.at(toReference[0], last).mean() < 0.02;
        boolean monotone = true;
        for (int k = 1; k < strengths.length; k++) {
            monotone &= Measured.difference(Curves.column(toReference[0], k), Curves.column(toReference[0], k - 1))
                            .mean()
                    < 0;
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        lines.put("typo", toPreferences[0]);
        lines.put("dpo", toPreferences[1]);
        double[] logs = Arrays.stream(strengths).map(Math::log10).toArray();
        return new Findings(
                List.of(new Figures(
                        "total-variation distances",
                        "loss and its λ or β",
                        List.of(
                                "moved where it was right",
                                "elsewhere: to what preferences describe",
                                "elsewhere: to the reference"),
                        rows,
                        4)),
                List.of(Curves.of(
                        "Interpolation",
                        "Where the reference is wrong. The band is over worlds.",
                        Axis.of("log₁₀ of λ or β"),
                        Axis.of("distance to what preferences describe").fromZero(),
                        logs,
                        lines)),
                List.of(
                        Check.core("TYPO leaves the prompt that was right as it was, at every λ", preserves),
                        Check.core(
                                "TYPO ends at what preferences describe for small λ and at the reference for large λ",
                                ends),
                        Check.also("in between it comes nearer to the reference with each λ", monotone),
                        Check.core("DPO moves the prompt that was right, at each β up to 1", dpoDoesNot),
                        Check.core("DPO comes nowhere near what preferences describe, at any β", nearest > 0.05)),
                List.of());
    }
}
