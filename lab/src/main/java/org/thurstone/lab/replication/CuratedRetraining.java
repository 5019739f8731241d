package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.loop.Output;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.Simplex;

/** Tests retraining of a model on samples that people picked from its own output. */
@Method(
        name = "curated-retraining",
        kind = "replication",
        papers = "2407.09499",
        source = "arXiv:2407.09499",
        summary = "retraining on curated samples raises the expected reward, and mixing in real data keeps "
                + "the model stable")
public record CuratedRetraining() implements Replication {

    private static final int MODES = 12;

    /**
     * A way to make training data from samples.
     *
     * @param k number of samples from which one is picked
     * @param real share of real data
     */
    private record Curation(String name, int k, double real) {}

    private static final Curation FOUR = new Curation("K = 4", 4, 0);
    private static final Curation TWO = new Curation("K = 2", 2, 0);
    private static final Curation HALF = new Curation("K = 4, half real", 4, 0.5);
    private static final int DRAWS = 4000;
    private static final Output<double[][]> CURATED = Rounds.output("curated", double[][].class);

    @Override
    public Description about() {
        return new Description("""
            A model is retrained repeatedly on samples of which people choose one of K (with a Bradley–Terry model of a reward). This raises the expected reward towards
            its maximum, although the reward is never computed and the model sees no negative examples. The variance of the reward vanishes: the model collapses to the
            best mode. In each step, E e^r increases by at least (K−1)/K·Var(e^r)/e^(max r). Without curation (K = 1), the expectation does not change. If real data are
            mixed in, the reward still rises, and the model stays close to the data.""", """
            `bandit` with a mixture of 12 modes instead of responses, each with a normal reward; the data are spread over all modes. Each iteration draws 4,000 × K
            samples, keeps one of every K, and trains the table of probabilities by maximum likelihood (`sft`) from its current state; K = 1, 2, 4, and 4 with half of
            each iteration's data real. 12 iterations. Measured: expected reward, its variance, and KL from the data.""", """
            The paper uses Gaussian mixtures in the plane, and images; here the modes are points.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 4);
        int rounds = trial.of(12, 4);
        // Prompts are independent in a tabular policy, so that each prompt serves as one seed.
        RandomGenerator random = trial.random("worlds", 0);
        double[][] reward = new double[seeds][MODES];
        for (double[] row : reward) {
            Arrays.setAll(row, y -> random.nextGaussian());
        }
        Bandit world = Bandit.rewarded(Simplex.random(seeds, MODES, 0.3, random), reward);
        Sweep value = Sweep.counting(rounds + 1);
        Sweep spread = Sweep.counting(rounds + 1);
        Sweep far = Sweep.counting(rounds + 1);
        boolean bound = true;
        for (Curation by : List.of(FOUR, TWO, new Curation("K = 1", 1, 0), HALF)) {
            trial.progress().say(by.name);
            List<double[][]> path = path(trial, world, by, rounds, random);
            for (int t = 0; t <= rounds; t++) {
                double[][] p = path.get(t);
                value.add(by.name, t, world.each(s -> Simplex.mean(p[s], reward[s])));
                spread.add(by.name, t, world.each(s -> variance(p[s], reward[s])));
                far.add(by.name, t, world.each(s -> Simplex.divergence(p[s], world.reference()[s])));
                bound &= t == 0 || by.k == 1 || by.real > 0 || gainedEnough(reward, path.get(t - 1), path.get(t), by.k);
            }
        }
        double[] start = value.values(FOUR.name, 0);
        double[] end = value.values(FOUR.name);
        Measured reached = Measured.of(world.each(
                s -> (end[s] - start[s]) / (Arrays.stream(reward[s]).max().orElseThrow() - start[s])));
        return Findings.of(
                        Figures.of(
                                        "retraining on curated samples",
                                        3,
                                        "curation | reward, start | reward, end | its variance, end | KL from the data, end")
                                .arms(value.arms(), value::start, value::end, spread::end, far::end),
                        Figures.of(
                                        "K = 4: share of the way from the first expected reward to the largest reward",
                                        3,
                                        " | share")
                                .row("at the end", reached))
                .with(value.curve("Expected reward", "The band is over seeds.", "iteration", "expected reward"))
                .with(far.curve(
                        "Distance from the data", "The band is over seeds.", "iteration", "KL from the data, nats"))
                .core(
                        "curation takes the expected reward most of the way (" + trial.of(90, 50)
                                + " %) to the largest reward",
                        reached.above(trial.of(90, 50) / 100.0))
                .core("the more are chosen from, the faster", value.better(FOUR.name, TWO.name, trial.of(4, rounds)))
                .core(
                        "with half of the data real, reward still rises",
                        value.gain(HALF.name).above(0))
                .core("and the model stays nearer to the data", far.less(HALF.name, FOUR.name, rounds))
                .also(
                        "the reward's variance vanishes under curation",
                        spread.end(FOUR.name).mean()
                                < trial.of(1, 5) * 0.1 * spread.start(FOUR.name).mean())
                .also(
                        "without curation the expected reward stays",
                        value.gain("K = 1").around(0))
                .also("each step gains what the bound says, sampling noise aside", bound);
    }

    private static double variance(double[] p, double[] values) {
        double mean = Simplex.mean(p, values);
        return Simplex.mean(
                p, Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray());
    }

    /** Whether the mean gain over seeds reaches the bound, which is on expectations; single seeds are noisy. */
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

    /** The policies at the start and after each iteration of curation and retraining. */
    private static List<double[][]> path(Trial trial, Bandit world, Curation by, int rounds, RandomGenerator random) {
        Loss loss = trial.subject(new Sft(Averaging.COMPLETION), 0.1);
        return Rounds.of(
                        Bandit.POLICY,
                        Rounds.stage(CURATED, i -> curated(world, i.current(), by, random)),
                        Rounds.stage(Bandit.POLICY, i -> {
                            try (ExactPolicy learner = ExactPolicy.table(i.current())) {
                                return OfflineTrainer.whole(trial.of(120, 50), 0.1)
                                        .train(learner, loss, i.current(), shown(i.get(CURATED)));
                            }
                        }))
                .policies(rounds, world.reference());
    }

    /** How often each mode is among the samples that are kept. */
    private static double[][] curated(Bandit world, double[][] policy, Curation by, RandomGenerator random) {
        double[][] counts = new double[world.prompts()][world.responses()];
        for (int x = 0; x < counts.length; x++) {
            double[] reward = world.reward().orElseThrow()[x];
            for (int i = 0; i < DRAWS; i++) {
                if (random.nextDouble() < by.real) {
                    counts[x][Simplex.draw(world.reference()[x], random)]++;
                    continue;
                }
                int[] samples = new int[by.k];
                double[] worth = new double[by.k];
                for (int j = 0; j < by.k; j++) {
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
