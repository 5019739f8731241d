package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Series;
import org.thurstone.train.loss.Feasible;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;

/** Feasible learning's tail of per-pair losses against that of training on their mean. */
@Method(
        name = "feasible-tail",
        kind = "replication",
        papers = "2501.14912",
        source = "arXiv:2501.14912",
        summary = "bounding the loss of each pair improves the worst pairs at little cost to the mean")
public record FeasibleTail() implements Replication {

    private static final double BETA = 0.5;
    private static final double[] BOUNDS = {0.1, 0.3, 0.5};
    private static final int PROMPTS = 30;
    private static final double WORST = 0.05;

    @Override
    public Description about() {
        return new Description("""
            Requiring every example's loss to be below a bound, with one multiplier per example and slack where the bound cannot be met, improves the worst examples
            compared with training on the mean, with only a small increase of the mean loss.""", """
            `bandit`: 30 prompts × 6 responses; a log-linear policy with 8 features that explain 70 % of the reward's variance, so that some pairs cannot be ranked
            correctly; 90 pairs, in which the better response is chosen. DPO (β = 0.5) on the mean, and the same loss with constraints, with slack ½ and bounds of 0.1,
            0.3 and 0.5. Measured on the training pairs: the mean DPO loss, and its mean over the worst 5 % of pairs.""", """
            A log-linear policy replaces a language model. The bounds are those of the paper's range that make a difference at this β.""");
    }

    /** The loss of each pair, the smallest first. */
    private static double[] losses(double[][] policy, LinearWorld w, List<int[]> pairs) {
        return pairs.stream()
                .mapToDouble(p -> {
                    double[][] reference = w.world().reference();
                    double h = Math.log(policy[p[0]][p[1]] / policy[p[0]][p[2]])
                            - Math.log(reference[p[0]][p[1]] / reference[p[0]][p[2]]);
                    return Math.log1p(Math.exp(-BETA * h));
                })
                .sorted()
                .toArray();
    }

    @Override
    public Findings experiment(Trial trial) {
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(400, 100), 0.05);
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("dpo", new Dpo(BETA, 0));
        for (double bound : trial.smoke() ? new double[] {0.3} : BOUNDS) {
            losses.put("bound " + bound, trial.subject(new Feasible(new Dpo(BETA, 0), bound, 0.5, 1), BETA));
        }
        Sweep mean = Sweep.once();
        Sweep worst = Sweep.once();
        SequencedMap<String, double[]> first = new LinkedHashMap<>();
        trial.each(trial.of(10, 4), "worlds", random -> {
            LinearWorld w = LinearWorld.random(PROMPTS, 6, 8, 0.3, random);
            double[][] reward = w.world().reward().orElseThrow();
            PairData data = PairData.none(w.world());
            List<int[]> pairs = new ArrayList<>();
            for (int i = 0; i < 3 * PROMPTS; i++) {
                List<Integer> two = w.some(2, random);
                int x = i % PROMPTS;
                boolean better = reward[x][two.get(0)] > reward[x][two.get(1)];
                int[] pair = {x, two.get(better ? 0 : 1), two.get(better ? 1 : 0)};
                if (data.count(pair[0], pair[1], pair[2]) == 0) {
                    data.add(pair[0], pair[1], pair[2], 1);
                    pairs.add(pair);
                }
            }
            losses.forEach((arm, loss) -> {
                double[] sorted = losses(w.learn(trainer, loss, data.examples()), w, pairs);
                int tail = Math.max(1, (int) Math.round(WORST * sorted.length));
                mean.add(arm, Arrays.stream(sorted).average().orElseThrow());
                worst.add(
                        arm,
                        Arrays.stream(sorted)
                                .skip(sorted.length - tail)
                                .average()
                                .orElseThrow());
                first.putIfAbsent(arm, sorted);
            });
        });
        List<String> bounds = mean.arms().subList(1, mean.arms().size());
        return Findings.of(Figures.of("DPO loss on the pairs trained on", 3, "training | mean | worst 5 %")
                        .rows(
                                mean.arms(),
                                arm -> Row.of(
                                        arm.equals("dpo") ? arm : "feasible, " + arm, mean.end(arm), worst.end(arm))))
                .with(profile(first))
                .core(
                        "at each bound the worst 5 % are better than with training on the mean",
                        bounds.stream().allMatch(arm -> worst.less(arm, "dpo")))
                .also(
                        "the mean loses less than half of what the tail gains",
                        bounds.stream()
                                .allMatch(arm -> mean.difference(arm, "dpo", 0).mean()
                                        < 0.5 * worst.difference("dpo", arm, 0).mean()));
    }

    private static Lines profile(SequencedMap<String, double[]> of) {
        List<Series> series = new ArrayList<>();
        of.reversed().forEach((arm, sorted) -> {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < sorted.length; i++) {
                points.add(Point.of((i + 0.5) / sorted.length, sorted[i]));
            }
            series.add(new Series(arm, points, arm.equals("dpo")));
        });
        return new Lines(
                "Losses of single pairs, in order",
                "One world; the tail is at the right.",
                Axis.percent("share of pairs that are better"),
                Axis.of("DPO loss"),
                series);
    }
}
