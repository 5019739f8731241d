package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurstone.lab.Check;
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
import org.thurstone.train.loss.Feasible;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.PairData;

/** Feasible learning's tail of per-pair losses against that of training on their mean. */
@Method(
        name = "feasible-tail",
        kind = "replication",
        rows = {142},
        source = "arXiv:2501.14912",
        summary = "bounding each pair's loss mends the tail at little cost to the mean")
public record FeasibleTail() implements Replication {

    private static final double BETA = 0.5;
    private static final double[] BOUNDS = {0.1, 0.3, 0.5};
    private static final int PROMPTS = 30;
    private static final double WORST = 0.05;

    @Override
    public String claim() {
        return """
            Asking that every single example's loss be below a bound, with multipliers for the examples and slack where the bound cannot be met,
            gives a model whose worst examples are better than those of a model that was trained on the mean, with only a marginal loss in the mean.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 30 prompts × 6 responses, a log-linear policy of 8 features that explain 70 % of the reward's variance, so that some pairs
            cannot be had; 90 pairs, the better response is the chosen one. DPO (β = 0.5) on the mean, and the same loss made feasible with slack ½
            and bounds of 0.1, 0.3 and 0.5. Measured on the pairs trained on: the mean DPO loss, and its mean over the worst 5 % of pairs.\
            """;
    }

    @Override
    public String differs() {
        return "A log-linear policy takes the place of a language model; bounds are those of the paper's range that"
                + " matter at this β.";
    }

    private record Losses(double mean, double worst, double[] sorted) {
        static Losses of(double[][] policy, LinearWorld w, List<int[]> pairs) {
            double[] each = pairs.stream()
                    .mapToDouble(p -> {
                        double[][] reference = w.world().reference();
                        double h = Math.log(policy[p[0]][p[1]] / policy[p[0]][p[2]])
                                - Math.log(reference[p[0]][p[1]] / reference[p[0]][p[2]]);
                        return Math.log1p(Math.exp(-BETA * h));
                    })
                    .sorted()
                    .toArray();
            int tail = Math.max(1, (int) Math.round(WORST * each.length));
            return new Losses(
                    Arrays.stream(each).average().orElseThrow(),
                    Arrays.stream(each).skip(each.length - tail).average().orElseThrow(),
                    each);
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 4);
        int steps = trial.of(400, 100);
        double[] bounds = trial.smoke() ? new double[] {0.3} : BOUNDS;
        List<List<Losses>> found = trial.seeds(seeds, "worlds", random -> {
            LinearWorld w = LinearWorld.random(PROMPTS, 6, 8, 0.3, random);
            double[][] reward = w.world().reward().orElseThrow();
            PairData data = PairData.none(w.world());
            List<int[]> pairs = new ArrayList<>();
            for (int i = 0; i < 3 * PROMPTS; i++) {
                List<Integer> two = w.some(2, random);
                int x = i % PROMPTS;
                boolean first = reward[x][two.get(0)] > reward[x][two.get(1)];
                int[] pair = {x, two.get(first ? 0 : 1), two.get(first ? 1 : 0)};
                if (data.count(pair[0], pair[1], pair[2]) == 0) {
                    data.add(pair[0], pair[1], pair[2], 1);
                    pairs.add(pair);
                }
            }
            Lesson lesson = Lesson.whole(steps, 0.05);
            List<Losses> all = new ArrayList<>();
            all.add(Losses.of(w.learned(lesson, new Dpo(BETA, 0), data.examples()), w, pairs));
            for (double bound : bounds) {
                Loss feasible = new Feasible(new Dpo(BETA, 0), bound, 0.5, 1);
                all.add(Losses.of(w.learned(lesson, trial.subject(feasible, BETA), data.examples()), w, pairs));
            }
            return all;
        });
        List<Figures.Row> rows = new ArrayList<>();
        boolean tail = true;
        boolean marginal = true;
        for (int m = 0; m <= bounds.length; m++) {
            int method = m;
            double[] mean =
                    found.stream().mapToDouble(f -> f.get(method).mean()).toArray();
            double[] worst =
                    found.stream().mapToDouble(f -> f.get(method).worst()).toArray();
            rows.add(Figures.Row.of(
                    m == 0 ? "dpo" : "feasible, bound " + bounds[m - 1], Measured.of(mean), Measured.of(worst)));
            if (m > 0) {
                double[] meanBefore =
                        found.stream().mapToDouble(f -> f.getFirst().mean()).toArray();
                double[] worstBefore =
                        found.stream().mapToDouble(f -> f.getFirst().worst()).toArray();
                tail &= Measured.difference(worst, worstBefore).below(0);
                Measured cost = Measured.difference(mean, meanBefore);
                Measured gain = Measured.difference(worstBefore, worst);
                marginal &= cost.mean() < 0.5 * gain.mean();
            }
        }
        return new Findings(
                List.of(new Figures(
                        "DPO loss on the pairs trained on", "training", List.of("mean", "worst 5 %"), rows, 3)),
                List.of(profile(found.getFirst(), bounds)),
                List.of(
                        Check.core("at each bound the worst 5 % are better than with training on the mean", tail),
                        Check.also("the mean loses less than half of what the tail gains", marginal)),
                List.of());
    }

    private static Lines profile(List<Losses> of, double[] bounds) {
        List<Series> series = new ArrayList<>();
        for (int m = of.size() - 1; m >= 0; m--) {
            double[] sorted = of.get(m).sorted();
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < sorted.length; i++) {
                points.add(Point.of((i + 0.5) / sorted.length, sorted[i]));
            }
            series.add(new Series(m == 0 ? "dpo" : "bound " + bounds[m - 1], points, m == 0));
        }
        return new Lines(
                "Losses of single pairs, in order",
                "One world; the tail is at the right.",
                Axis.percent("share of pairs that are better"),
                Axis.of("DPO loss"),
                series);
    }
}
