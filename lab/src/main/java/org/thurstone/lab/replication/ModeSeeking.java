package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.Shuffle;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.list.ExoRewards;
import org.thurstone.train.loss.list.InfoNca;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Exo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** EXO and DPO in a class of policies that does not hold the optimum. */
@Method(
        name = "mode-seeking",
        kind = "replication",
        papers = "2402.00856",
        source = "arXiv:2402.00856",
        summary = "EXO seeks a mode where DPO covers all modes, if the policy class does not contain the optimum")
public record ModeSeeking() implements Replication {

    private static final double BETA = 0.5;
    private static final int RESPONSES = 25;
    /** Listed responses a prompt, however long the lists are. */
    private static final int LISTED = 96;

    @Override
    public Description about() {
        return new Description("""
            EXO minimises the reverse KL divergence from the optimum of reward minus β·KL, as reinforcement learning does, for any class of policies; DPO minimises the
            forward KL divergence. If the class contains the optimum, both find it. If it does not, DPO spreads over all good responses and the region between them,
            while EXO selects one mode and is closer to the best policy of the class. The more responses are compared at once, the closer EXO is to it.""", """
            `bandit`: 25 responses on a line from −3 to 3, a uniform reference policy, β = ½. The optimum has two peaks of unequal height; a policy is a discretised
            normal distribution with learned mean and width. Lists of K = 2 … 16 responses with their rewards, 96 lists per prompt, and all 25 at once: EXO on rewards
            against DPO on rewards (`info-nca`). Pairs with the exact share of people who prefer each: `exo` against `dpo`. The same with a separate probability for
            each response. Measured: the suboptimality in the regularised objective compared with the best normal distribution (found on a grid), and the probability of
            the valley between the peaks.""", """
            The paper's Gaussian example is continuous, and its other experiments use language models. Labels are exact shares: on hard labels, EXO's pairwise form has
            a different optimum, which depends on its smoothing. Learning rates and steps were chosen on small runs.""");
    }

    /** One prompt per seed, each with two features of its own, so that a step is a step of all of them. */
    private record World(Bandit bandit, double[][][] features, boolean[][] valley, double[] best) {

        /**
         * Drawn.
         *
         * @param off how far the peaks are from the middle
         */
        static World random(int seeds, double off, RandomGenerator random) {
            double[][] reward = new double[seeds][RESPONSES];
            boolean[][] valley = new boolean[seeds][RESPONSES];
            double[][][] features = new double[seeds][RESPONSES][2 * seeds];
            for (int s = 0; s < seeds; s++) {
                double left = -off + random.nextDouble(-0.2, 0.2);
                double right = off + random.nextDouble(-0.2, 0.2);
                double share = random.nextDouble(0.25, 0.4);
                if (random.nextBoolean()) {
                    share = 1 - share;
                }
                for (int y = 0; y < RESPONSES; y++) {
                    double u = position(y);
                    double density = share * peak(u - left) + (1 - share) * peak(u - right);
                    reward[s][y] = BETA * Math.log(density + 1e-4);
                    valley[s][y] = u > left + off / 2 && u < right - off / 2;
                    features[s][y][2 * s] = u;
                    features[s][y][2 * s + 1] = -u * u;
                }
            }
            Bandit bandit = Bandit.rewarded(Simplex.rows(seeds, Simplex.uniform(RESPONSES)), reward);
            return new World(bandit, features, valley, bandit.each(s -> best(bandit, s)));
        }

        private static double position(int y) {
            return -3 + 6.0 * y / (RESPONSES - 1);
        }

        private static double peak(double z) {
            return Math.exp(-z * z / 0.32);
        }

        /** By trying means and widths. */
        private static double best(Bandit bandit, int prompt) {
            double best = Double.NEGATIVE_INFINITY;
            for (double mean = -3; mean <= 3; mean += 0.02) {
                for (double width = 0.1; width < 8; width *= 1.05) {
                    double[] logits = new double[RESPONSES];
                    for (int y = 0; y < RESPONSES; y++) {
                        double z = (position(y) - mean) / width;
                        logits[y] = -z * z / 2;
                    }
                    double[][] policy = Simplex.rows(bandit.prompts(), Simplex.softmax(logits));
                    best = Math.max(best, bandit.objective(policy, BETA, prompt));
                }
            }
            return best;
        }

        List<TrainingExample> lists(int length, RandomGenerator random) {
            double[][] reward = bandit.reward().orElseThrow();
            List<Integer> all = IntStream.range(0, RESPONSES).boxed().toList();
            List<TrainingExample> lists = new ArrayList<>();
            for (int s = 0; s < best.length; s++) {
                double[] r = reward[s];
                Set<List<Integer>> seen = new LinkedHashSet<>();
                while (seen.size() < (length == RESPONSES ? 1 : LISTED / length)) {
                    seen.add(List.copyOf(Shuffle.of(all, random).subList(0, length)));
                }
                for (List<Integer> drawn : seen) {
                    lists.add(Examples.list(
                            s, drawn, drawn.stream().map(y -> r[y]).toList()));
                }
            }
            return lists;
        }

        /** With the share of people as the label. */
        List<TrainingExample> pairs(RandomGenerator random) {
            PairData data = PairData.none(bandit);
            for (int s = 0; s < best.length; s++) {
                for (int i = 0; i < LISTED / 2; i++) {
                    int y = random.nextInt(RESPONSES);
                    int z = (y + random.nextInt(1, RESPONSES)) % RESPONSES;
                    data.add(s, y, z, bandit.preference()[s][y][z]);
                    data.add(s, z, y, bandit.preference()[s][z][y]);
                }
            }
            return data.votes();
        }

        double[][] normal(Loss loss, List<TrainingExample> data) {
            return new LinearWorld(bandit, features).learn(OfflineTrainer.whole(150, 0.1), loss, data);
        }

        void see(Sweep missed, Sweep between, String arm, int place, double[][] policy) {
            missed.add(arm, place, bandit.each(s -> best[s] - bandit.objective(policy, BETA, s)));
            between.add(
                    arm,
                    place,
                    bandit.each(s -> IntStream.range(0, RESPONSES)
                            .filter(y -> valley[s][y])
                            .mapToDouble(y -> policy[s][y])
                            .sum()));
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        World world = World.random(trial.of(10, 6), 1.2, trial.random("worlds", 0));
        double[] lengths = trial.smoke() ? new double[] {8, RESPONSES} : new double[] {2, 4, 8, 16, RESPONSES};
        int all = lengths.length - 1;
        Loss forward = new InfoNca(1, BETA);
        // Over lists plain DPO is the forward divergence.
        Loss reverse = trial.ablation() == Ablation.DPO ? forward : trial.subject(new ExoRewards(1, BETA), BETA);
        Sweep missed = Sweep.along(lengths);
        Sweep between = Sweep.along(lengths);
        missed.each((k, length) -> {
            trial.progress().step("lists", k, lengths.length, "");
            List<TrainingExample> lists = world.lists((int) length, trial.random("lists", k));
            world.see(missed, between, "exo", k, world.normal(reverse, lists));
            world.see(missed, between, "dpo", k, world.normal(forward, lists));
        });
        Findings findings = Findings.of(table(
                        "a normal policy",
                        "lists",
                        missed,
                        between,
                        k -> lengths[k] == RESPONSES ? "all 25" : "K = " + (int) lengths[k]))
                .with(missed.scaled(k -> Math.log(k) / Math.log(2))
                        .curve(
                                "What a normal policy misses, by the length of lists",
                                "Against the best normal policy; the interval is over seeds.",
                                Axis.of("log₂ of the responses in a list"),
                                Axis.of("regularised objective missed").fromZero()))
                .core(
                        "with all responses listed EXO is left with less to gain than DPO",
                        missed.less("exo", "dpo", all))
                .core("and puts less between the peaks", between.less("exo", "dpo", all))
                .also(
                        "so it is with lists of 8 and 16",
                        missed.everywhere(k -> k == all || lengths[k] < 8 || missed.less("exo", "dpo", k)));
        return trial.smoke()
                ? findings
                : withHeldOut(
                        trial,
                        world,
                        findings.also(
                                "the longer the lists, the less EXO misses",
                                missed.everywhere(k -> k == 0
                                        || missed.at("exo", k).mean()
                                                <= missed.at("exo", k - 1).mean() + 1e-3)));
    }

    private static Figures table(String title, String corner, Sweep missed, Sweep between, IntFunction<String> name) {
        return Figures.of(title, 4, corner + " | exo: missed | dpo: missed | exo: in the valley | dpo: in the valley")
                .rows(
                        missed.last() + 1,
                        k -> Row.of(
                                name.apply(k),
                                missed.at("exo", k),
                                missed.at("dpo", k),
                                between.at("exo", k),
                                between.at("dpo", k)));
    }

    /** Pairs, and a class that holds the optimum. */
    private static Findings withHeldOut(Trial trial, World world, Findings findings) {
        trial.progress().say("pairs");
        List<TrainingExample> pairs = world.pairs(trial.random("pairs", 0));
        Sweep missed = Sweep.once();
        Sweep between = Sweep.once();
        world.see(missed, between, "exo", 0, world.normal(trial.subject(new Exo(BETA, 1e-3), BETA), pairs));
        world.see(missed, between, "dpo", 0, world.normal(new Dpo(BETA, 0), pairs));
        List<TrainingExample> lists = world.lists(RESPONSES, trial.random("free", 0));
        Sweep free = Sweep.once();
        free.add("exo", 0, left(world.bandit(), new ExoRewards(1, BETA), lists));
        free.add("dpo", 0, left(world.bandit(), new InfoNca(1, BETA), lists));
        return findings.with(
                        table(
                                "a normal policy, pairs with the share of people",
                                "data",
                                missed,
                                between,
                                k -> "48 pairs"),
                        free.table(
                                "a free probability for each response: regularised objective left",
                                "",
                                4,
                                k -> "all 25"))
                .also("so it is with pairs", missed.less("exo", "dpo"))
                .also(
                        "in a class that holds the optimum both find it: they leave less than 0.01",
                        free.end("exo").mean() < 0.01 && free.end("dpo").mean() < 0.01);
    }

    private static double[] left(Bandit bandit, Loss loss, List<TrainingExample> data) {
        double[][] policy = bandit.learn(OfflineTrainer.whole(400, 0.1), loss, data);
        return bandit.shortfalls(policy, BETA);
    }
}
