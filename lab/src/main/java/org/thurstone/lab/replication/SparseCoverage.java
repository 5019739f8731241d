package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Spac;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.Simplex;

/** SPAC with data that cover only a part of the responses. */
@Method(
        name = "sparse-coverage",
        kind = "replication",
        papers = "2406.04274",
        source = "arXiv:2406.04274",
        summary = "SPAC remains good when the data cover only some of the responses, and DPO does not")
public record SparseCoverage() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 10;
    private static final int FEATURES = 6;
    /** What the unseen feature costs. */
    private static final double COST = 4;

    @Override
    public Description about() {
        return new Description("""
            If the data compare only some of the responses, DPO may move a policy to responses that were never compared, if the learned features score them highly.
            SPAC, in which a critic fits the preferences and is pessimistic about the policy's own samples, stays with responses that the data support, and is no worse
            if the data cover all responses.""", """
            `bandit`: 8 prompts × 10 responses, log-linear policies with 7 features, rewards linear in them. Half of the responses have the seventh feature, and
            features of twice the size; the seventh feature costs 4, which cannot be known without comparing such responses. 1,000 pairs of the responses without it
            (sparse), or of all. SPAC: 8 rounds with reference π_t and 8 own samples per pair, λ = 5, β = 2; DPO: β = 0.5, with the uniform reference, and the same in 8
            rounds. Measured: expected reward, and the probability of uncovered responses.""", """
            The paper compares language models on leaderboards; here its theory is tested. Its critic ranges over a class of rewards; here it ranges over the policy's
            own log-linear class, in the practical form with one minimisation per round.""");
    }

    private record World(Bandit bandit, double[][][] features) {
        static World random(RandomGenerator random) {
            double[] theta = new double[FEATURES + 1];
            for (int k = 0; k < FEATURES; k++) {
                theta[k] = random.nextGaussian() / Math.sqrt(FEATURES);
            }
            theta[FEATURES] = -COST;
            double[][][] features = new double[PROMPTS][RESPONSES][FEATURES + 1];
            double[][] reward = new double[PROMPTS][RESPONSES];
            for (int x = 0; x < PROMPTS; x++) {
                for (int y = 0; y < RESPONSES; y++) {
                    for (int k = 0; k <= FEATURES; k++) {
                        double drawn = (covered(y) ? 1 : 2) * random.nextGaussian();
                        features[x][y][k] = k < FEATURES ? drawn : covered(y) ? 0 : 1;
                        reward[x][y] += theta[k] * features[x][y][k];
                    }
                }
            }
            return new World(Bandit.rewarded(Simplex.rows(PROMPTS, Simplex.uniform(RESPONSES)), reward), features);
        }

        static boolean covered(int response) {
            return response < RESPONSES / 2;
        }

        double uncovered(double[][] policy) {
            return bandit.mean(x -> IntStream.range(RESPONSES / 2, RESPONSES)
                    .mapToDouble(y -> policy[x][y])
                    .sum());
        }

        /** Best of the policies that the data cover. */
        double best() {
            double[][] reward = bandit.reward().orElseThrow();
            return bandit.mean(
                    x -> Arrays.stream(reward[x], 0, RESPONSES / 2).max().orElseThrow());
        }

        /** The policy at the start and after each round. */
        List<double[][]> rounds(
                Loss loss, boolean renewed, List<TrainingExample> data, int rounds, int steps, RandomGenerator random) {
            int own = loss.draws().map(d -> d.each()).orElse(0);
            try (ExactPolicy policy = ExactPolicy.logLinear(features, new double[FEATURES + 1])) {
                return Rounds.of(Bandit.POLICY, Rounds.stage(Bandit.POLICY, i -> {
                            double[][] now = i.current();
                            List<TrainingExample> drawn = data.stream()
                                    .map(e -> own == 0
                                            ? e
                                            : e.withSamples(IntStream.range(0, own)
                                                    .mapToObj(j -> new int[] {Simplex.draw(now[prompt(e)], random)})
                                                    .toList()))
                                    .toList();
                            return OfflineTrainer.whole(steps, 0.05)
                                    .train(policy, loss, renewed ? now : bandit.reference(), drawn);
                        }))
                        .policies(rounds, bandit.reference());
            }
        }

        private static int prompt(TrainingExample example) {
            return example.trees().getFirst().segments().getFirst().tokens()[0];
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int rounds = trial.of(8, 3);
        int steps = trial.of(40, 20);
        Sweep value = Sweep.counting(rounds + 1);
        Sweep outside = Sweep.counting(rounds + 1);
        Sweep covered = Sweep.counting(rounds + 1);
        Sweep best = Sweep.once();
        for (boolean sparse : new boolean[] {true, false}) {
            trial.each(trial.of(10, 3), sparse ? "sparse" : "full", random -> {
                World w = World.random(random);
                double[] row = new double[RESPONSES];
                Arrays.setAll(row, y -> !sparse ? 1.0 / RESPONSES : World.covered(y) ? 2.0 / RESPONSES : 0);
                List<TrainingExample> data = PairData.drawn(
                                w.bandit(), Simplex.rows(PROMPTS, row), trial.of(1000, 300), 0, random)
                        .examples();
                for (String arm : List.of("spac", "dpo", "dpo in rounds")) {
                    Loss loss = arm.equals("spac")
                            ? trial.subject(new Spac(2, 5, new Logistic(0), 8), BETA)
                            : new Dpo(BETA, 0);
                    List<double[][]> path = w.rounds(loss, !arm.equals("dpo"), data, rounds, steps, random);
                    (sparse ? value : covered)
                            .add(
                                    arm,
                                    path.stream().mapToDouble(w.bandit()::value).toArray());
                    if (sparse) {
                        outside.add(arm, path.stream().mapToDouble(w::uncovered).toArray());
                    }
                }
                if (sparse) {
                    best.add("best covered", w.best());
                }
            });
        }
        int last = value.last();
        return Findings.of(
                        Figures.of(
                                        "at the end",
                                        3,
                                        "method | reward, sparse | said though not covered, sparse | reward, full coverage")
                                .arms(value.arms(), value::end, outside::end, covered::end),
                        Figures.of("reward of the best policy that the sparse data cover", 3, " | reward")
                                .row("best covered", best.end("best covered")))
                .with(value.curve(
                        "Expected reward where half of the responses were never compared",
                        "The band is over worlds.",
                        "round",
                        "expected reward"))
                .core(
                        "with sparse data SPAC earns more than DPO does in one go and in rounds",
                        value.better("spac", "dpo", last) && value.better("spac", "dpo in rounds", last))
                .core(
                        "and says less of what was not covered than the reference does",
                        outside.gain("spac").below(0))
                .also(
                        "with sparse data DPO says more of that than the reference does",
                        outside.gain("dpo").above(0))
                .also("with full coverage SPAC earns no less than DPO", !covered.less("spac", "dpo", last));
    }
}
