package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
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
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Ratings;
import org.thurstone.worlds.bandit.Simplex;

/** BCO and KTO where thumbs up and thumbs down come from different prompts. */
@Method(
        name = "uneven-thumbs",
        kind = "replication",
        papers = "2404.04656",
        source = "arXiv:2404.04656",
        summary = "BCO where thumbs-up and thumbs-down labels come from different prompts")
public record UnevenThumbs() implements Replication {

    private static final double BETA = 0.5;
    private static final int RESPONSES = 6;
    private static final int FEATURES = 6;
    private static final int RATINGS = 120;
    private static final double[] KTO_BETAS = {0.25, 0.5, 1};
    /** How generous people are with either kind of prompt, in log-odds of a thumb up. */
    private static final double[][] MOODS = {{0, 0}, {1.1, -0.7}, {2.2, -1.4}};

    @Override
    public Description about() {
        return new Description("""
            BCO aligns a policy with a classifier of thumbs-up and thumbs-down labels, whose logit is the implicit reward. Two things improve it: shifting the reward by
            its running mean, and, if the labels come from different prompts, weighting one kind of label as if it came from the prompts of the other. On paired data,
            the classifier is as good as DPO and KTO; on labels from different distributions, it is better than KTO.""", """
            `bandit`: prompts of two kinds × 6 responses; a log-linear policy with 6 features, of which three vary mostly between the responses to one kind of prompt
            and the other three between those to the other kind; a linear reward of variance 1. Each prompt has 120 ratings; a label is a thumbs-up with probability σ(r
            + offset), and the offsets separate the two kinds increasingly. BCO with and without matching (by the share of thumbs-up of each kind), the classifier
            without shift, KTO with the best of β = 0.25, 0.5, 1 and with weights that balance the labels. Paired data: 60 pairs per prompt, as pairs for DPO and as
            thumbs for the others. Measured on other prompts at 1 nat: the expected reward; and the suboptimality in the regularised objective (β = ½).""", """
            The kind of a prompt is known; in the paper, a classifier on embeddings estimates the shares. Policies are compared at equal divergence, which compares the
            directions in which they moved and not the distances. Learning rates and steps were chosen on small runs.""");
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
        for (double beta : trial.smoke() ? new double[] {0.5} : KTO_BETAS) {
            losses.put("kto, β = " + beta, new Kto(beta, 1, lambda));
        }
        return losses;
    }

    private static double[][] learned(
            LinearWorld w, Loss loss, List<TrainingExample> data, PromptFeatures facts, int steps) {
        try (ExactPolicy policy = ExactPolicy.logLinear(w.features(), new double[FEATURES])) {
            return OfflineTrainer.whole(steps, 0.1)
                    .train(
                            policy,
                            loss,
                            Map.of(FrozenLogProbs.REFERENCE, w.world().reference()),
                            data,
                            facts,
                            Integer.MAX_VALUE,
                            (s, p) -> {});
        }
    }

    /** The expected reward at one nat, on prompts without ratings. */
    private static double atOneNat(LinearWorld w, double[][] policy) {
        return w.value(w.atDivergence(policy, 1), w.world().prompts() / 2);
    }

    @Override
    public Findings experiment(Trial trial) {
        int prompts = trial.of(10, 6);
        int steps = trial.of(40, 30);
        double[][] moods = trial.smoke() ? new double[][] {MOODS[2]} : MOODS;
        double[] apart = Arrays.stream(moods).mapToDouble(m -> m[0] - m[1]).toArray();
        Sweep values = Sweep.along(apart);
        Sweep lefts = Sweep.along(apart);
        values.each((m, distance) -> trial.each(8, "moods " + moods[m][0] + ", " + moods[m][1], random -> {
            LinearWorld w = world(prompts, random);
            Data data = Data.of(rated(w, prompts, moods[m], random));
            contenders(trial, data.lambda()).forEach((arm, loss) -> {
                double[][] policy = learned(w, loss, data.thumbs(), data.facts(), steps);
                values.add(arm, m, atOneNat(w, policy));
                lefts.add(arm, m, w.world().shortfall(policy, BETA));
            });
        }));
        Sweep value = tuned(trial, values, Measured::most);
        Sweep left = tuned(trial, lefts, Measured::least);
        int last = value.last();
        Findings findings = Findings.of(
                        table("expected reward on other prompts at 1 nat", moods, value),
                        table("regularised objective left", moods, left))
                .with(value.curve(
                        "Reward by how far the moods are apart",
                        "On other prompts at 1 nat; the interval is over seeds.",
                        "difference of moods, log-odds",
                        "expected reward"))
                .core(
                        "where thumbs come from different prompts BCO with matching earns more than KTO at its best β",
                        value.better("bco, matching", "kto", last))
                .core("and more than BCO without matching", value.better("bco, matching", "bco", last));
        if (trial.smoke()) {
            return findings;
        }
        Sweep paired = paired(trial, prompts, steps);
        return findings.with(paired.table(
                        "expected reward on other prompts at 1 nat, paired data", "", 4, once -> "60 pairs per prompt"))
                .also(
                        "where moods are even the shift leaves less of the regularised objective than no shift does",
                        left.less("bco", "no shift", 0))
                .also("where they come from the same prompts BCO earns no less than KTO", !value.less("bco", "kto", 0))
                .also(
                        "on paired data BCO is on a par with DPO: the mean difference of rewards is below 0.05",
                        Math.abs(paired.difference("bco", "dpo", 0).mean()) < 0.05);
    }

    private static Figures table(String title, double[][] moods, Sweep figure) {
        return Figures.of(title, "moods", 4, figure.arms().toArray(String[]::new))
                .rows(moods.length, m -> figure.row(moods[m][0] + ", " + moods[m][1], m));
    }

    /** With KTO at the β that does best at each place, by the mean over seeds. */
    private static Sweep tuned(Trial trial, Sweep figure, Function<List<double[]>, double[]> best) {
        Sweep tuned = figure.of("bco, matching", "bco");
        List<String> ktos =
                figure.arms().stream().filter(arm -> arm.startsWith("kto")).toList();
        figure.each((m, apart) -> tuned.add(
                "kto",
                m,
                best.apply(ktos.stream().map(arm -> figure.values(arm, m)).toList())));
        if (!trial.smoke()) {
            figure.each((m, apart) -> tuned.add("no shift", m, figure.values("no shift", m)));
        }
        return tuned;
    }

    /** DPO on pairs, and the others on the same votes as thumbs. */
    private static Sweep paired(Trial trial, int prompts, int steps) {
        Sweep value = Sweep.once();
        trial.each(8, "paired", random -> {
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
            value.add("dpo", atOneNat(w, learned(w, new Dpo(BETA, 0), pairs.votes(), PromptFeatures.NONE, steps)));
            SequencedMap<String, Loss> losses = new LinkedHashMap<>();
            losses.put("bco", trial.subject(new Bco(BETA, true, false), BETA));
            for (double beta : KTO_BETAS) {
                losses.put("kto, β = " + (beta == 1 ? "1" : beta), new Kto(beta, 1, 1));
            }
            losses.forEach((arm, loss) ->
                    value.add(arm, atOneNat(w, learned(w, loss, data.thumbs(), data.facts(), steps))));
        });
        return value;
    }
}
