package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.thurstone.lab.About;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Series;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.DiscoPop;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** DiscoPOP's hump, and DiscoPOP against DPO where labels are noisy. */
@Method(
        name = "local-optimum",
        kind = "replication",
        rows = {63},
        source = "arXiv:2406.08414",
        summary =
                "DiscoPOP is not convex: margins below its hump settle at a negative one; against DPO on noisy labels")
public record LocalOptimum() implements Replication {

    private static final double BETA = 0.05;
    private static final double TAU = 0.05;
    /** Where the loss of a pair is least and largest, of β·h at τ = 0.05: roots of its derivative, worked out apart. */
    private static final double HOLLOW = -0.1186;

    private static final double HUMP = 0.0720;
    private static final int RESPONSES = 8;
    private static final double[] FLIPS = {0, 0.1, 0.2, 0.3};

    @Override
    public About about() {
        return new About("""
            DiscoPOP, the loss that a language model found, is logistic for pairs that are ranked wrongly and exponential for pairs that are ranked rightly.
            It is not convex: between β·h = −0.119 and 0.072 it rises, so that pairs that begin below the hump settle at the negative margin, which no
            convex loss has. All the same it trains as well as DPO or better, and as it gives up such pairs, also where labels are noisy.""", """
            `bandit`, β = τ = 0.05. The shape: pairs of two responses, each a policy of its own that begins at another margin, taught one certain label in
            small steps. Noise: one prompt × 8 responses, normal rewards of deviation 1.5, 200 labels by Bradley and Terry's model of which a share is turned round; tables
            from the reference, in batches of 6 pairs at three learning rates, and, for DiscoPOP, also from where 30 steps of DPO lead. Measured:
            expected reward, at the best of the rates.""", """
            The loss alone: how it was found is not tried. The paper's language models were trained with settings that it searched; of ours there is the
            learning rate. Why it should stand noise is a guess of its authors.""");
    }

    /** Where pairs that begin at some margins β·h end. */
    private static double[] settled(Loss loss, double[] starts, int steps) {
        double[][] begin = new double[starts.length][];
        for (int i = 0; i < starts.length; i++) {
            double h = starts[i] / BETA;
            begin[i] = Simplex.softmax(new double[] {h / 2, -h / 2});
        }
        double[][] reference = Simplex.rows(starts.length, Simplex.uniform(2));
        List<TrainingExample> pairs = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            pairs.add(PairData.pair(i, 0, 1, 1, 1));
        }
        try (ExactPolicy policy = ExactPolicy.table(begin)) {
            double[][] end = Lesson.whole(steps, 0.1).teach(policy, loss, reference, pairs);
            return Arrays.stream(end)
                    .mapToDouble(p -> BETA * Math.log(p[0] / p[1]))
                    .toArray();
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(300, 120);
        double[] starts = new double[trial.of(41, 17)];
        Arrays.setAll(starts, i -> -0.4 + 0.8 * i / (starts.length - 1) + 1e-3);
        double[] disco = settled(trial.subject(new DiscoPop(BETA, TAU), BETA), starts, steps);
        double[] dpo = settled(new Dpo(BETA, 0), starts, steps);
        boolean trapped = true;
        boolean free = true;
        boolean plain = true;
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] < HUMP - 0.01 && starts[i] > HOLLOW - 0.1) {
                trapped &= Math.abs(disco[i] - HOLLOW) < 0.01;
            } else if (starts[i] > HUMP + 0.01) {
                free &= disco[i] > starts[i] + 0.1;
            }
            plain &= dpo[i] > starts[i] + 0.1;
        }
        List<Figures> figures = new ArrayList<>();
        List<Lines> plots = new ArrayList<>(List.of(new Lines(
                "Where a pair's margin goes",
                "From each first margin, after " + steps + " steps.",
                Axis.of("β·h at the start"),
                Axis.of("β·h at the end"),
                List.of(series("discopop", starts, disco, false), series("dpo", starts, dpo, true)))));
        List<Check> checks = new ArrayList<>(List.of(
                Check.core("margins that begin below the hump settle at −0.119", trapped),
                Check.core("margins that begin above it grow", free),
                Check.core("DPO's grow from everywhere", plain)));
        List<String> notes = new ArrayList<>();
        if (!trial.smoke()) {
            noise(trial, figures, plots, checks);
            notes.add(
                    "A policy that is its own reference has β·h = 0 everywhere, below the hump: small steps from there"
                            + " teach DiscoPOP the reverse of each label until −0.119 is reached, and what is learned"
                            + " depends on steps that are large enough to jump over the hump, or on a start beyond it.");
        }
        return new Findings(figures, plots, checks, notes);
    }

    private static Series series(String name, double[] x, double[] y, boolean dashed) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(Point.of(x[i], y[i], Double.NaN, Double.NaN));
        }
        return new Series(name, points, dashed);
    }

    private static void noise(Trial trial, List<Figures> figures, List<Lines> plots, List<Check> checks) {
        int seeds = 10;
        double[] rates = {0.03, 0.3, 1};
        List<String> names = List.of("dpo", "discopop", "discopop after dpo");
        double[][][] value = new double[names.size()][seeds][FLIPS.length];
        List<Figures.Row> rows = new ArrayList<>();
        List<Figures.Row> byRate = new ArrayList<>();
        for (int f = 0; f < FLIPS.length; f++) {
            trial.progress().step("flips", f, FLIPS.length, "");
            Bandit world = Bandit.together(trial.seeds(seeds, "worlds", random -> {
                double[] reward = new double[RESPONSES];
                Arrays.setAll(reward, y -> 1.5 * random.nextGaussian());
                return Bandit.rewarded(Simplex.random(1, RESPONSES, 0.5, random), new double[][] {reward});
            }));
            List<TrainingExample> data = PairData.drawn(
                            world, world.reference(), 200 * seeds, FLIPS[f], trial.random("pairs", f))
                    .examples();
            double[][] warm = world.learn(new Lesson(30, 0.3, 0), new Dpo(BETA, 0), data);
            double[][] starts = world.reference();
            List<List<double[]>> ends = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (double rate : rates) {
                ends.get(0).add(earned(world, new Dpo(BETA, 0), starts, rate, data));
                ends.get(1).add(earned(world, new DiscoPop(BETA, TAU), starts, rate, data));
                ends.get(2).add(earned(world, new DiscoPop(BETA, TAU), warm, rate, data));
            }
            List<Measured> row = new ArrayList<>();
            for (int m = 0; m < names.size(); m++) {
                double[] best = ends.get(m).getFirst();
                List<Measured> each = new ArrayList<>();
                for (double[] of : ends.get(m)) {
                    each.add(Measured.of(of));
                    best = Measured.of(of).mean() > Measured.of(best).mean() ? of : best;
                }
                for (int s = 0; s < seeds; s++) {
                    value[m][s][f] = best[s];
                }
                row.add(Measured.of(best));
                if (f == 0) {
                    byRate.add(new Figures.Row(names.get(m), each));
                }
            }
            rows.add(new Figures.Row("flips: " + FLIPS[f], row));
        }
        figures.add(new Figures("expected reward at the best rate", "labels", names, rows, 3));
        figures.add(new Figures(
                "expected reward by learning rate, no flips",
                "loss",
                Arrays.stream(rates).mapToObj(r -> "rate " + r).toList(),
                byRate,
                3));
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        boolean noWorse = true;
        boolean noise = true;
        for (int m = names.size() - 1; m >= 0; m--) {
            lines.put(names.get(m), value[m]);
        }
        for (int f = 0; f < FLIPS.length; f++) {
            double[] dpo = Curves.column(value[0], f);
            double[] best =
                    Curves.at(value[1], f).mean() > Curves.at(value[2], f).mean()
                            ? Curves.column(value[1], f)
                            : Curves.column(value[2], f);
            boolean worse = Measured.difference(best, dpo).below(0);
            noWorse &= FLIPS[f] > 0 || !worse;
            noise &= FLIPS[f] == 0 || !worse;
        }
        plots.add(Curves.of(
                "Reward by flips",
                "At the best of three rates; the band is over worlds.",
                Axis.of("share of labels turned round"),
                Axis.of("expected reward"),
                FLIPS.clone(),
                lines));
        checks.add(Check.also("on clean labels DiscoPOP is no worse than DPO, from the better of its starts", noWorse));
        checks.add(Check.also("nor where labels were turned round", noise));
        checks.add(Check.also(
                "from the reference itself it is no worse, without flips",
                !Measured.difference(Curves.column(value[1], 0), Curves.column(value[0], 0))
                        .below(0)));
    }

    private static double[] earned(Bandit world, Loss loss, double[][] start, double rate, List<TrainingExample> data) {
        double[] earned = new double[world.prompts()];
        try (ExactPolicy policy = ExactPolicy.table(start)) {
            double[][] end = new Lesson(100, rate, 6 * world.prompts())
                    .teach(
                            policy,
                            loss,
                            Map.of(FrozenLogProbs.REFERENCE, world.reference()),
                            data,
                            Integer.MAX_VALUE,
                            (s, p) -> {});
            for (int s = 0; s < earned.length; s++) {
                earned[s] = Simplex.mean(end[s], world.reward().orElseThrow()[s]);
            }
        }
        return earned;
    }
}
