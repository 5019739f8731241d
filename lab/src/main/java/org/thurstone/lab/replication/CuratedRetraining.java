package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.loop.Output;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.Simplex;

/** Models that are retrained on what people picked from their own output. */
@Method(
        name = "curated-retraining",
        kind = "replication",
        rows = {104},
        source = "arXiv:2407.09499",
        summary = "retraining on curated samples raises the expected reward, and real data keep it stable")
public record CuratedRetraining() implements Replication {

    private static final int MODES = 12;
    /** The share of real data where some are mixed in. */
    private static final double REAL = 0.5;

    private static final int DRAWS = 4000;
    private static final Output<double[][]> CURATED = Rounds.output("curated", double[][].class);

    @Override
    public String claim() {
        return """
            A model that is retrained, over and over, on the one that people pick of K of its samples (by Bradley and Terry's model of a reward) raises
            the expected reward towards its maximum, though nobody computes it and nothing negative is shown, and its variance vanishes: the model
            collapses on the best mode. Each step gains at least (K−1)/K·Var(e^r)/e^(max r) of E e^r. Without curation (K = 1) the
            expectation does not move. With real data mixed in, reward still rises, and the model stays near the data.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit` with a mixture of 12 modes in place of responses, each with a normal reward; data are spread over all modes. Each iteration
            draws 4,000 × K samples, keeps one of each K, and trains a table by likelihood (`sft`) from where it was; K = 1, 2, 4, and 4 with half of
            each iteration's data real. 12 iterations. Measured: expected reward, its variance, KL from the data.\
            """;
    }

    @Override
    public String differs() {
        return "The paper's mixtures are Gaussian in the plane, and images; the modes of ours are points.";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 4);
        int rounds = trial.of(12, 4);
        int steps = trial.of(120, 50);
        // Prompts have nothing in common in a table: each seed is one.
        RandomGenerator random = trial.random("worlds", 0);
        double[][] reward = new double[seeds][MODES];
        for (double[] row : reward) {
            Arrays.setAll(row, y -> random.nextGaussian());
        }
        Bandit world = Bandit.rewarded(Simplex.random(seeds, MODES, 0.3, random), reward);
        List<String> names = List.of("K = 4", "K = 2", "K = 1", "K = 4, half real");
        int[] picks = {4, 2, 1, 4};
        double[] real = {0, 0, 0, REAL};
        double[][][] value = new double[4][seeds][rounds + 1];
        double[][][] spread = new double[4][seeds][rounds + 1];
        double[][][] far = new double[4][seeds][rounds + 1];
        boolean bound = true;
        for (int c = 0; c < names.size(); c++) {
            trial.progress().step(names.get(c), c, names.size(), "");
            List<double[][]> path = path(trial, world, picks[c], real[c], rounds, steps, random);
            for (int t = 0; t <= rounds; t++) {
                for (int s = 0; s < seeds; s++) {
                    double[] p = path.get(t)[s];
                    value[c][s][t] = Simplex.mean(p, reward[s]);
                    spread[c][s][t] = variance(p, reward[s]);
                    far[c][s][t] = Simplex.divergence(p, world.reference()[s]);
                }
                if (t > 0 && c < 2) {
                    bound &= gainedEnough(reward, path.get(t - 1), path.get(t), picks[c]);
                }
            }
        }
        List<Figures.Row> rows = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            rows.add(Figures.Row.of(
                    names.get(c),
                    Curves.at(value[c], 0),
                    Curves.at(value[c], rounds),
                    Curves.at(spread[c], rounds),
                    Curves.at(far[c], rounds)));
        }
        double[] most = Arrays.stream(reward)
                .mapToDouble(r -> Arrays.stream(r).max().orElseThrow())
                .toArray();
        double[] end = Curves.column(value[0], rounds);
        double[] start = Curves.column(value[0], 0);
        double[] reached = new double[seeds];
        Arrays.setAll(reached, s -> (end[s] - start[s]) / (most[s] - start[s]));
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        SequencedMap<String, double[][]> distances = new LinkedHashMap<>();
        for (int c = 0; c < names.size(); c++) {
            lines.put(names.get(c), value[c]);
            distances.put(names.get(c), far[c]);
        }
        Measured unmoved = Measured.difference(Curves.column(value[2], rounds), Curves.column(value[2], 0));
        return new Findings(
                List.of(
                        new Figures(
                                "retraining on curated samples",
                                "curation",
                                List.of("reward, start", "reward, end", "its variance, end", "KL from the data, end"),
                                rows,
                                3),
                        new Figures(
                                "K = 4: share of the way from the first expected reward to the largest reward",
                                "",
                                List.of("share"),
                                List.of(Figures.Row.of("at the end", Measured.of(reached))),
                                3)),
                List.of(
                        Curves.of(
                                "Expected reward",
                                "The band is over seeds.",
                                Axis.of("iteration"),
                                Axis.of("expected reward"),
                                Curves.counting(rounds + 1),
                                lines),
                        Curves.of(
                                "Distance from the data",
                                "The band is over seeds.",
                                Axis.of("iteration"),
                                Axis.of("KL from the data, nats"),
                                Curves.counting(rounds + 1),
                                distances)),
                List.of(
                        Check.core(
                                "curation takes the expected reward most of the way (" + trial.of(90, 50)
                                        + " %) to the largest reward",
                                Measured.of(reached).above(trial.of(90, 50) / 100.0)),
                        Check.core(
                                "the more are chosen from, the faster",
                                Measured.difference(
                                                Curves.column(value[0], trial.of(4, rounds)),
                                                Curves.column(value[1], trial.of(4, rounds)))
                                        .above(0)),
                        Check.core(
                                "with half of the data real, reward still rises",
                                Measured.difference(Curves.column(value[3], rounds), Curves.column(value[3], 0))
                                        .above(0)),
                        Check.core(
                                "and the model stays nearer to the data",
                                Measured.difference(Curves.column(far[3], rounds), Curves.column(far[0], rounds))
                                        .below(0)),
                        Check.also(
                                "the reward's variance vanishes under curation",
                                Curves.at(spread[0], rounds).mean()
                                        < trial.of(1, 5)
                                                * 0.1
                                                * Curves.at(spread[0], 0).mean()),
                        Check.also("without curation the expected reward stays", unmoved.around(0)),
                        Check.also("each step gains what the bound says, sampling noise aside", bound)),
                List.of());
    }

    private static double variance(double[] p, double[] values) {
        double mean = Simplex.mean(p, values);
        return Simplex.mean(
                p, Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray());
    }

    /** Means over seeds; the bound is on expectations, and each seed's step has noise of its own. */
    private static boolean gainedEnough(double[][] reward, double[][] before, double[][] after, int k) {
        double gained = 0;
        double promised = 0;
        for (int s = 0; s < reward.length; s++) {
            double[] gain = Arrays.stream(reward[s]).map(Math::exp).toArray();
            gained += (Simplex.mean(after[s], gain) - Simplex.mean(before[s], gain)) / reward.length;
            double most = Arrays.stream(gain).max().orElseThrow();
            promised += (k - 1.0) / k * variance(before[s], gain) / most / reward.length;
        }
        return gained > promised - 0.05;
    }

    /** The policies at the start and after each iteration of curating and imitating. */
    private static List<double[][]> path(
            Trial trial, Bandit world, int k, double real, int rounds, int steps, RandomGenerator random) {
        Loss loss = trial.subject(new Sft(Averaging.COMPLETION), 0.1);
        return Rounds.of(
                        Bandit.POLICY,
                        Rounds.stage(CURATED, i -> curated(world, i.current(), k, real, random)),
                        Rounds.stage(Bandit.POLICY, i -> {
                            try (ExactPolicy learner = ExactPolicy.table(i.current())) {
                                return Lesson.whole(steps, 0.1)
                                        .teach(learner, loss, i.current(), shown(i.get(CURATED)));
                            }
                        }))
                .policies(rounds, world.reference());
    }

    /** How often each mode is among the samples that are kept. */
    private static double[][] curated(Bandit world, double[][] policy, int k, double real, RandomGenerator random) {
        double[][] counts = new double[world.prompts()][world.responses()];
        for (int x = 0; x < counts.length; x++) {
            double[] reward = world.reward().orElseThrow()[x];
            for (int i = 0; i < DRAWS; i++) {
                if (random.nextDouble() < real) {
                    counts[x][Simplex.draw(world.reference()[x], random)]++;
                    continue;
                }
                int[] samples = new int[k];
                double[] worth = new double[k];
                for (int j = 0; j < k; j++) {
                    samples[j] = Simplex.draw(policy[x], random);
                    worth[j] = reward[samples[j]];
                }
                counts[x][samples[Simplex.draw(Simplex.softmax(worth), random)]]++;
            }
        }
        return counts;
    }

    private static List<TrainingExample> shown(double[][] counts) {
        List<TrainingExample> data = new ArrayList<>();
        for (int x = 0; x < counts.length; x++) {
            for (int y = 0; y < counts[x].length; y++) {
                if (counts[x][y] > 0) {
                    data.add(Examples.shown(x, y, counts[x][y] / DRAWS * MODES));
                }
            }
        }
        return data;
    }
}
