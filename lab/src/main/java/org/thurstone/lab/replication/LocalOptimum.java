package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
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
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** DiscoPOP's hump, and DiscoPOP against DPO where labels are noisy. */
@Method(
        name = "local-optimum",
        kind = "replication",
        papers = "2406.08414",
        source = "arXiv:2406.08414",
        summary = "DiscoPOP is not convex: margins below its hump converge to a negative margin; comparison"
                + " with DPO on noisy labels")
public record LocalOptimum() implements Replication {

    private static final double BETA = 0.05;
    private static final double TAU = 0.05;
    /** Where the loss of a pair is least and largest, of β·h at τ = 0.05: roots of its derivative, worked out apart. */
    private static final double HOLLOW = -0.1186;

    private static final double HUMP = 0.0720;
    private static final int RESPONSES = 8;
    private static final double[] FLIPS = {0, 0.1, 0.2, 0.3};
    private static final double[] RATES = {0.03, 0.3, 1};
    private static final String COLD = "discopop";
    private static final String WARM = "discopop after dpo";

    @Override
    public Description about() {
        return new Description("""
            DiscoPOP, a loss that was discovered by a language model, is logistic for pairs that are ranked incorrectly and exponential for pairs that are ranked
            correctly. It is not convex: between β·h = −0.119 and 0.072 it increases, so that pairs that start below the hump converge to a negative margin, which no
            convex loss has. Nevertheless, it trains as well as DPO or better; since it gives up such pairs, this also holds with noisy labels.""", """
            `bandit`, β = τ = 0.05. Shape: pairs of two responses, each a separate policy with a different initial margin, trained on one certain label in small steps.
            Noise: one prompt × 8 responses, normal rewards with standard deviation 1.5, and 200 Bradley–Terry labels, of which a share is flipped. Tabular policies are
            trained from the reference in batches of 6 pairs at three learning rates; DiscoPOP also starts from the policy after 30 steps of DPO. Measured: expected
            reward at the best learning rate.""", """
            Only the loss is tested, not how it was discovered. The paper's language models were trained with tuned settings; here only the learning rate is tuned. The
            explanation of its robustness to noise is a conjecture of its authors.""");
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
            double[][] end = OfflineTrainer.whole(steps, 0.1).train(policy, loss, reference, pairs);
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
        Findings findings = Findings.of()
                .with(new Lines(
                        "Where a pair's margin goes",
                        "From each first margin, after " + steps + " steps.",
                        Axis.of("β·h at the start"),
                        Axis.of("β·h at the end"),
                        List.of(series("discopop", starts, disco, false), series("dpo", starts, dpo, true))))
                .core("margins that begin below the hump settle at −0.119", trapped)
                .core("margins that begin above it grow", free)
                .core("DPO's grow from everywhere", plain);
        return trial.smoke() ? findings : withNoise(trial, findings);
    }

    private static Series series(String name, double[] x, double[] y, boolean dashed) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(Point.of(x[i], y[i], Double.NaN, Double.NaN));
        }
        return new Series(name, points, dashed);
    }

    private static Findings withNoise(Trial trial, Findings shape) {
        int seeds = 10;
        Sweep value = Sweep.along(FLIPS);
        Sweep byRate = Sweep.along(RATES);
        value.each((f, flip) -> {
            trial.progress().step("flips", f, FLIPS.length, "");
            Bandit world = Bandit.together(trial.seeds(seeds, "worlds", random -> {
                double[] reward = new double[RESPONSES];
                Arrays.setAll(reward, y -> 1.5 * random.nextGaussian());
                return Bandit.rewarded(Simplex.random(1, RESPONSES, 0.5, random), new double[][] {reward});
            }));
            List<TrainingExample> data = PairData.drawn(
                            world, world.reference(), 200 * seeds, flip, trial.random("pairs", f))
                    .examples();
            double[][] warm = world.learn(new OfflineTrainer(30, 0.3, 0), new Dpo(BETA, 0), data);
            for (String arm : List.of("dpo", COLD, WARM)) {
                Loss loss = arm.equals("dpo") ? new Dpo(BETA, 0) : new DiscoPop(BETA, TAU);
                double[][] start = arm.equals(WARM) ? warm : world.reference();
                List<double[]> ends = Arrays.stream(RATES)
                        .mapToObj(rate -> earned(world, loss, start, rate, data))
                        .toList();
                value.add(arm, f, Measured.most(ends));
                if (f == 0) {
                    byRate.each((r, rate) -> byRate.add(arm, r, ends.get(r)));
                }
            }
        });
        String[] rates = Arrays.stream(RATES).mapToObj(r -> "rate " + r).toArray(String[]::new);
        return shape.with(
                        value.table("expected reward at the best rate", "labels", 3, flip -> "flips: " + flip),
                        Figures.of("expected reward by learning rate, no flips", "loss", 3, rates)
                                .rows(byRate.arms(), arm -> byRate.row(arm, arm)))
                .with(value.of(WARM, COLD, "dpo")
                        .curve(
                                "Reward by flips",
                                "At the best of three rates; the band is over worlds.",
                                "share of flipped labels",
                                "expected reward"))
                .also("on clean labels DiscoPOP is no worse than DPO, from the better of its starts", !worse(value, 0))
                .also("nor with flipped labels", value.everywhere(f -> FLIPS[f] == 0 || !worse(value, f)))
                .also("from the reference itself it is no worse, without flips", !value.less(COLD, "dpo", 0))
                .note(
                        "A policy that is its own reference has β·h = 0 everywhere, below the hump: small steps from there"
                                + " teach DiscoPOP the reverse of each label until −0.119 is reached, and what is learned"
                                + " depends on steps that are large enough to jump over the hump, or on a start beyond it.");
    }

    /** Than DPO, from the better of DiscoPOP's starts. */
    private static boolean worse(Sweep value, int f) {
        double[] best = Measured.most(List.of(value.values(WARM, f), value.values(COLD, f)));
        return Measured.difference(best, value.values("dpo", f)).below(0);
    }

    private static double[] earned(Bandit world, Loss loss, double[][] start, double rate, List<TrainingExample> data) {
        try (ExactPolicy policy = ExactPolicy.table(start)) {
            double[][] end =
                    new OfflineTrainer(100, rate, 6 * world.prompts()).train(policy, loss, world.reference(), data);
            return world.each(s -> Simplex.mean(end[s], world.reward().orElseThrow()[s]));
        }
    }
}
