package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.lab.About;
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
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.Classify;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Kto;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Ratings;
import org.thurstone.worlds.bandit.Simplex;

/** BCO and KTO where thumbs up and thumbs down come from different prompts. */
@Method(
        name = "uneven-thumbs",
        kind = "replication",
        rows = {119},
        source = "arXiv:2404.04656",
        summary = "BCO where thumbs up and thumbs down come from different prompts")
public record UnevenThumbs() implements Replication {

    private static final double BETA = 0.5;
    private static final int RESPONSES = 6;
    private static final int FEATURES = 6;
    private static final int RATINGS = 120;
    /** How generous people are with either kind of prompt, in log-odds of a thumb up. */
    private static final double[][] MOODS = {{0, 0}, {1.1, -0.7}, {2.2, -1.4}};

    @Override
    public About about() {
        return new About("""
            A classifier of thumbs whose logit is the implicit reward aligns a policy. Two things make it good: a shift of the reward by its running mean,
            and, where thumbs up and down come from different prompts, weighing the ones as if they came from the prompts of the others. On
            paired data such a classifier is on a par with DPO and KTO; on thumbs of diverging distributions it is better than KTO.""", """
            `bandit`: prompts of two kinds × 6 responses, a log-linear policy of 6 features, of which three vary between the responses to the one kind of
            prompt and the other three between those to the other kind, mostly; a linear reward of variance 1. Each prompt has 120 ratings; a thumb goes up with
            probability σ(r + mood), and moods part the two kinds more and more. BCO with and without matching (by the share of thumbs up of each
            kind), the classifier without shift, KTO with the best of β = 0.25, 0.5, 1 and weights that balance labels. Paired data: 60 pairs a
            prompt, for DPO as pairs, for the others as thumbs. Measured on other prompts at 1 nat: the expected reward; and what is left of
            the regularised objective (β = ½).""", """
            The kind of a prompt is known; the paper has a classifier guess the shares from embeddings. Policies are compared at equal divergence, so that
            it counts where they went and not how far. Rates and steps were set on small runs.""");
    }

    private record Data(List<TrainingExample> thumbs, PromptFeatures facts, double lambda) {

        /** What people with such moods say. */
        static Data of(Ratings ratings) {
            double[] up = new double[2];
            double[] down = new double[2];
            for (int x = 0; x < ratings.up().length; x++) {
                up[x % 2] += Arrays.stream(ratings.up()[x]).sum();
                down[x % 2] += Arrays.stream(ratings.down()[x]).sum();
            }
            List<TrainingExample> examples = ratings.shares();
            Map<String, double[]> shares = new HashMap<>();
            for (TrainingExample e : examples) {
                int kind = e.trees().getFirst().segments().getFirst().tokens()[0] % 2;
                shares.put(e.id(), new double[] {up[kind] / (up[kind] + down[kind])});
            }
            return new Data(
                    examples,
                    new PromptFeatures(Map.of(Bco.DESIRABILITY, shares)),
                    (up[0] + up[1]) / Math.max(1, down[0] + down[1]));
        }
    }

    /** The first half of the prompts is rated; kinds alternate. */
    private static LinearWorld world(int prompts, RandomGenerator random) {
        double[][][] features = new double[2 * prompts][RESPONSES][FEATURES];
        double[][] reward = new double[2 * prompts][RESPONSES];
        double[] theta = new double[FEATURES];
        Arrays.setAll(theta, k -> random.nextGaussian());
        double[] norm = new double[2];
        for (int k = 0; k < FEATURES; k++) {
            norm[0] += theta[k] * theta[k] * (k < FEATURES / 2 ? 1 : 0.04);
            norm[1] += theta[k] * theta[k] * (k < FEATURES / 2 ? 0.04 : 1);
        }
        for (int x = 0; x < 2 * prompts; x++) {
            for (int y = 0; y < RESPONSES; y++) {
                for (int k = 0; k < FEATURES; k++) {
                    boolean own = (k < FEATURES / 2) == (x % 2 == 0);
                    features[x][y][k] = (own ? 1 : 0.2) * random.nextGaussian() / Math.sqrt(norm[x % 2]);
                    reward[x][y] += features[x][y][k] * theta[k];
                }
            }
        }
        return new LinearWorld(
                Bandit.rewarded(Simplex.rows(2 * prompts, Simplex.uniform(RESPONSES)), reward), features);
    }

    private static Ratings rated(LinearWorld w, int prompts, double[] moods, RandomGenerator random) {
        double[][] liked = new double[prompts][RESPONSES];
        for (int x = 0; x < prompts; x++) {
            double[] r = w.world().reward().orElseThrow()[x];
            double mood = moods[x % 2];
            Arrays.setAll(liked[x], y -> 1 / (1 + Math.exp(-r[y] - mood)));
        }
        return Ratings.drawn(liked, w.world().reference(), RATINGS, random);
    }

    private static SequencedMap<String, Loss> contenders(Trial trial, double lambda) {
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("bco, matching", trial.subject(new Bco(BETA, true, true), BETA));
        losses.put("bco", trial.subject(new Bco(BETA, true, false), BETA));
        if (!trial.smoke()) {
            losses.put("no shift", Composed.of(new LogRatio(), BETA, new Classify(0)));
        }
        for (double beta : trial.smoke() ? new double[] {0.5} : new double[] {0.25, 0.5, 1}) {
            losses.put("kto, β = " + beta, new Kto(beta, 1, lambda));
        }
        return losses;
    }

    private static double[][] learned(
            LinearWorld w, Loss loss, List<TrainingExample> data, PromptFeatures facts, int steps) {
        try (ExactPolicy policy = ExactPolicy.logLinear(w.features(), new double[FEATURES])) {
            return Lesson.whole(steps, 0.1)
                    .teach(
                            policy,
                            loss,
                            Map.of(FrozenLogProbs.REFERENCE, w.world().reference()),
                            data,
                            facts,
                            Integer.MAX_VALUE,
                            (s, p) -> {});
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(8, 8);
        int prompts = trial.of(10, 6);
        int steps = trial.of(40, 30);
        double[][] moods = trial.smoke() ? new double[][] {MOODS[2]} : MOODS;
        List<String> names = trial.smoke()
                ? List.of("bco, matching", "bco", "kto")
                : List.of("bco, matching", "bco", "kto", "no shift");
        double[][][] value = new double[names.size()][moods.length][];
        double[][][] left = new double[names.size()][moods.length][];
        for (int m = 0; m < moods.length; m++) {
            double[] mood = moods[m];
            List<Map<String, double[]>> found =
                    trial.seeds(seeds, "moods " + mood[0] + ", " + mood[1], (SplittableGenerator random) -> {
                        LinearWorld w = world(prompts, random);
                        Data data = Data.of(rated(w, prompts, mood, random));
                        Map<String, double[]> ends = new LinkedHashMap<>();
                        contenders(trial, data.lambda()).forEach((name, loss) -> {
                            double[][] policy = learned(w, loss, data.thumbs(), data.facts(), steps);
                            ends.put(name, measured(w, policy, prompts));
                        });
                        return ends;
                    });
            for (int n = 0; n < names.size(); n++) {
                value[n][m] = best(found, names.get(n), 0);
                left[n][m] = best(found, names.get(n), 1);
            }
        }
        return findings(
                trial, names, moods, value, left, trial.smoke() ? List.of() : paired(trial, seeds, prompts, steps));
    }

    /** Of the variants of one name the best one, by the mean over seeds. */
    private static double[] best(List<Map<String, double[]>> found, String name, int figure) {
        double[] best = new double[0];
        for (String variant : found.getFirst().keySet()) {
            if (variant.equals(name) || variant.startsWith(name + ", β")) {
                double[] of = found.stream()
                        .mapToDouble(f -> Objects.requireNonNull(f.get(variant))[figure])
                        .toArray();
                double sign = figure == 0 ? 1 : -1;
                if (best.length == 0
                        || sign * Measured.of(of).mean()
                                > sign * Measured.of(best).mean()) {
                    best = of;
                }
            }
        }
        return best;
    }

    /** Reward on other prompts at one nat, and what is left of the objective on all. */
    private static double[] measured(LinearWorld w, double[][] policy, int prompts) {
        return new double[] {
            w.value(w.atDivergence(policy, 1), prompts), w.world().shortfall(policy, BETA)
        };
    }

    /** Each of DPO, BCO and KTO at its value, a seed each. */
    private static List<double[]> paired(Trial trial, int seeds, int prompts, int steps) {
        List<double[]> found = trial.seeds(seeds, "paired", random -> {
            LinearWorld w = world(prompts, random);
            PairData pairs = PairData.none(w.world());
            double[][] up = new double[prompts][RESPONSES];
            double[][] down = new double[prompts][RESPONSES];
            for (int x = 0; x < prompts; x++) {
                for (int i = 0; i < RATINGS / 2; i++) {
                    int y = random.nextInt(RESPONSES);
                    int z = (y + random.nextInt(1, RESPONSES)) % RESPONSES;
                    boolean first = random.nextDouble() < w.world().preference()[x][y][z];
                    pairs.add(x, first ? y : z, first ? z : y, 1);
                    up[x][first ? y : z]++;
                    down[x][first ? z : y]++;
                }
            }
            Data data = Data.of(new Ratings(up, down));
            double[] values = new double[5];
            values[0] =
                    measured(w, learned(w, new Dpo(BETA, 0), pairs.votes(), PromptFeatures.NONE, steps), prompts)[0];
            List<Loss> losses = List.of(
                    trial.subject(new Bco(BETA, true, false), BETA),
                    new Kto(0.25, 1, 1),
                    new Kto(0.5, 1, 1),
                    new Kto(1, 1, 1));
            for (int l = 0; l < losses.size(); l++) {
                values[l + 1] = measured(w, learned(w, losses.get(l), data.thumbs(), data.facts(), steps), prompts)[0];
            }
            return values;
        });
        return found;
    }

    private static Findings findings(
            Trial trial,
            List<String> names,
            double[][] moods,
            double[][][] value,
            double[][][] left,
            List<double[]> paired) {
        int last = moods.length - 1;
        List<Figures.Row> values = new ArrayList<>();
        List<Figures.Row> lefts = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        for (int n = 0; n < names.size(); n++) {
            List<Point> points = new ArrayList<>();
            for (int m = 0; m < moods.length; m++) {
                points.add(Measured.of(value[n][m]).at(moods[m][0] - moods[m][1]));
            }
            series.add(new Series(names.get(n), points, n > 0));
        }
        for (int m = 0; m < moods.length; m++) {
            String name = moods[m][0] + ", " + moods[m][1];
            List<Measured> of = new ArrayList<>();
            List<Measured> over = new ArrayList<>();
            for (int n = 0; n < names.size(); n++) {
                of.add(Measured.of(value[n][m]));
                over.add(Measured.of(left[n][m]));
            }
            values.add(new Figures.Row(name, of));
            lefts.add(new Figures.Row(name, over));
        }
        List<Figures> figures = new ArrayList<>(List.of(
                new Figures("expected reward on other prompts at 1 nat", "moods", names, values, 4),
                new Figures("regularised objective left", "moods", names, lefts, 4)));
        List<Check> checks = new ArrayList<>(List.of(
                Check.core(
                        "where thumbs come from different prompts BCO with matching earns more than KTO at its best β",
                        Measured.difference(value[0][last], value[2][last]).above(0)),
                Check.core(
                        "and more than BCO without matching",
                        Measured.difference(value[0][last], value[1][last]).above(0))));
        if (!trial.smoke()) {
            checks.add(Check.also(
                    "where moods are even the shift leaves less of the regularised objective than no shift does",
                    Measured.difference(left[1][0], left[3][0]).below(0)));
            checks.add(Check.also(
                    "where they come from the same prompts BCO earns no less than KTO",
                    !Measured.difference(value[1][0], value[2][0]).below(0)));
            List<Measured> pairs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int at = i;
                pairs.add(Measured.of(paired.stream().mapToDouble(p -> p[at]).toArray()));
            }
            figures.add(new Figures(
                    "expected reward on other prompts at 1 nat, paired data",
                    "",
                    List.of("dpo", "bco", "kto, β = 0.25", "kto, β = 0.5", "kto, β = 1"),
                    List.of(new Figures.Row("60 pairs a prompt", pairs)),
                    4));
            Measured apart = Measured.difference(
                    paired.stream().mapToDouble(p -> p[1]).toArray(),
                    paired.stream().mapToDouble(p -> p[0]).toArray());
            checks.add(Check.also(
                    "on paired data BCO is on a par with DPO: the mean difference of rewards is below 0.05",
                    Math.abs(apart.mean()) < 0.05));
        }
        return new Findings(
                figures,
                List.of(new Lines(
                        "Reward by how far the moods are apart",
                        "On other prompts at 1 nat; the interval is over seeds.",
                        Axis.of("difference of moods, log-odds"),
                        Axis.of("expected reward"),
                        series)),
                checks,
                List.of());
    }
}
