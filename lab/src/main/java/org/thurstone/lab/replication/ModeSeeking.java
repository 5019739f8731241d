package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.Shuffle;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Substitute;
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
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** EXO and DPO in a class of policies that does not hold the optimum. */
@Method(
        name = "mode-seeking",
        kind = "replication",
        rows = {99},
        source = "arXiv:2402.00856",
        summary =
                "EXO finds a mode where DPO covers all of them, if the class of policies is too small for the optimum")
public record ModeSeeking() implements Replication {

    private static final double BETA = 0.5;
    private static final int RESPONSES = 25;
    /** Listed responses a prompt, however long the lists are. */
    private static final int LISTED = 96;

    @Override
    public String claim() {
        return """
            EXO goes down the reverse divergence from the optimum of reward less β·KL, as reinforcement learning does, whatever the class of
            policies; DPO goes down the forward one. Where the class holds the optimum both find it. Where it is too small, DPO spreads over all
            good responses and what lies between them, while EXO takes one mode and is left with less to gain; the more responses are compared
            at once, the nearer EXO is to the best that the class has.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 25 responses in a row from −3 to 3, a uniform reference, β = ½. The optimum has two peaks of unequal height; a policy is a
            (discretised) normal distribution, whose mean and width are learned. Lists of K = 2 … 16 responses with their rewards, 96 listed a
            prompt, and all 25 at once: EXO on rewards against DPO on rewards (`info-nca`). Pairs with the exact share of people who prefer
            one: `exo` against `dpo`. And the same with a free probability for each response. Measured: the regularised objective that the best normal
            distribution (found on a grid) has more, and the probability of the valley between the peaks.\
            """;
    }

    @Override
    public String differs() {
        return """
            The paper's Gaussian example is continuous, and its other experiments are language models. Labels are the exact shares of people's
            answers: on certain labels EXO's pair form has another optimum, set by its smoothing. Rates and steps were set on small runs.\
            """;
    }

    /** One prompt a seed, each with two features of its own, so that a step is a step of all of them. */
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
            double[] best =
                    IntStream.range(0, seeds).mapToDouble(s -> best(bandit, s)).toArray();
            return new World(bandit, features, valley, best);
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

        double[] missed(double[][] policy) {
            return IntStream.range(0, best.length)
                    .mapToDouble(s -> best[s] - bandit.objective(policy, BETA, s))
                    .toArray();
        }

        double[] between(double[][] policy) {
            return IntStream.range(0, best.length)
                    .mapToDouble(s -> IntStream.range(0, RESPONSES)
                            .filter(y -> valley[s][y])
                            .mapToDouble(y -> policy[s][y])
                            .sum())
                    .toArray();
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

        double[][] normal(Loss loss, int steps, List<TrainingExample> data) {
            try (ExactPolicy policy = ExactPolicy.logLinear(features, new double[2 * best.length])) {
                return Lesson.whole(steps, 0.1).teach(policy, loss, bandit.reference(), data);
            }
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 6);
        int steps = trial.of(150, 150);
        World world = World.random(seeds, 1.2, trial.random("worlds", 0));
        int[] lengths = trial.smoke() ? new int[] {8, RESPONSES} : new int[] {2, 4, 8, 16, RESPONSES};
        Loss forward = new InfoNca(1, BETA);
        // Over lists plain DPO is the forward divergence.
        Loss reverse = trial.substitute() == Substitute.DPO ? forward : trial.subject(new ExoRewards(1, BETA), BETA);
        SequencedMap<String, double[][]> missed = new LinkedHashMap<>();
        SequencedMap<String, double[][]> between = new LinkedHashMap<>();
        List.of("exo", "dpo").forEach(name -> {
            missed.put(name, new double[seeds][lengths.length]);
            between.put(name, new double[seeds][lengths.length]);
        });
        List<Figures.Row> rows = new ArrayList<>();
        boolean ahead = true;
        for (int k = 0; k < lengths.length; k++) {
            trial.progress().step("lists", k, lengths.length, "");
            List<TrainingExample> lists = world.lists(lengths[k], trial.random("lists", k));
            double[][] exo = world.normal(reverse, steps, lists);
            double[][] dpo = world.normal(forward, steps, lists);
            keep(missed, between, "exo", k, world, exo);
            keep(missed, between, "dpo", k, world, dpo);
            ahead &= k == lengths.length - 1
                    || lengths[k] < 8
                    || Measured.difference(world.missed(exo), world.missed(dpo)).below(0);
            rows.add(row(lengths[k] == RESPONSES ? "all 25" : "K = " + lengths[k], world, exo, dpo));
        }
        int all = lengths.length - 1;
        double[][] reached = Objects.requireNonNull(missed.get("exo"));
        double[] exo = Curves.column(reached, all);
        double[] dpo = Curves.column(Objects.requireNonNull(missed.get("dpo")), all);
        List<Check> checks = new ArrayList<>(List.of(
                Check.core(
                        "with all responses listed EXO is left with less to gain than DPO",
                        Measured.difference(exo, dpo).below(0)),
                Check.core(
                        "and puts less between the peaks",
                        Measured.difference(
                                        Curves.column(Objects.requireNonNull(between.get("exo")), all),
                                        Curves.column(Objects.requireNonNull(between.get("dpo")), all))
                                .below(0)),
                Check.also("so it is with lists of 8 and 16", ahead)));
        List<Figures> figures = new ArrayList<>(List.of(new Figures(
                "a normal policy",
                "lists",
                List.of("exo: missed", "dpo: missed", "exo: in the valley", "dpo: in the valley"),
                rows,
                4)));
        if (!trial.smoke()) {
            checks.add(Check.also(
                    "the longer the lists, the less EXO misses",
                    IntStream.range(1, lengths.length)
                            .allMatch(k -> Curves.at(reached, k).mean()
                                    <= Curves.at(reached, k - 1).mean() + 1e-3)));
            beside(trial, world, steps, figures, checks);
        }
        return new Findings(
                figures,
                List.of(Curves.of(
                        "What a normal policy misses, by the length of lists",
                        "Against the best normal policy; the interval is over seeds.",
                        Axis.of("log₂ of the responses in a list"),
                        Axis.of("regularised objective missed").fromZero(),
                        Arrays.stream(lengths)
                                .mapToDouble(k -> Math.log(k) / Math.log(2))
                                .toArray(),
                        missed)),
                checks,
                List.of());
    }

    private static void keep(
            SequencedMap<String, double[][]> missed,
            SequencedMap<String, double[][]> between,
            String name,
            int at,
            World world,
            double[][] policy) {
        double[] left = world.missed(policy);
        double[] valley = world.between(policy);
        for (int s = 0; s < left.length; s++) {
            Objects.requireNonNull(missed.get(name))[s][at] = left[s];
            Objects.requireNonNull(between.get(name))[s][at] = valley[s];
        }
    }

    private static Figures.Row row(String name, World world, double[][] exo, double[][] dpo) {
        return Figures.Row.of(
                name,
                Measured.of(world.missed(exo)),
                Measured.of(world.missed(dpo)),
                Measured.of(world.between(exo)),
                Measured.of(world.between(dpo)));
    }

    /** Pairs, and a class that holds the optimum. */
    private static void beside(Trial trial, World world, int steps, List<Figures> figures, List<Check> checks) {
        trial.progress().step("pairs", 0, 1, "");
        List<TrainingExample> pairs = world.pairs(trial.random("pairs", 0));
        double[][] exo = world.normal(trial.subject(new Exo(BETA, 1e-3), BETA), steps, pairs);
        double[][] dpo = world.normal(new Dpo(BETA, 0), steps, pairs);
        figures.add(new Figures(
                "a normal policy, pairs with the share of people",
                "data",
                List.of("exo: missed", "dpo: missed", "exo: in the valley", "dpo: in the valley"),
                List.of(row("48 pairs", world, exo, dpo)),
                4));
        checks.add(Check.also(
                "so it is with pairs",
                Measured.difference(world.missed(exo), world.missed(dpo)).below(0)));
        List<TrainingExample> lists = world.lists(RESPONSES, trial.random("free", 0));
        double[] free = left(world, new ExoRewards(1, BETA), lists);
        double[] other = left(world, new InfoNca(1, BETA), lists);
        figures.add(new Figures(
                "a free probability for each response: regularised objective left",
                "",
                List.of("exo", "dpo"),
                List.of(Figures.Row.of("all 25", Measured.of(free), Measured.of(other))),
                4));
        checks.add(Check.also(
                "in a class that holds the optimum both find it: they leave less than 0.01",
                Measured.of(free).mean() < 0.01 && Measured.of(other).mean() < 0.01));
    }

    private static double[] left(World world, Loss loss, List<TrainingExample> data) {
        Bandit bandit = world.bandit();
        double[][] policy = Lesson.whole(400, 0.1).teach(loss, bandit.reference(), data);
        double[][] optimum = bandit.optimum(BETA);
        return IntStream.range(0, bandit.prompts())
                .mapToDouble(s -> bandit.objective(optimum, BETA, s) - bandit.objective(policy, BETA, s))
                .toArray();
    }
}
