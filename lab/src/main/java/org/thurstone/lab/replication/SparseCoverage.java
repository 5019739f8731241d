package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.lab.bandit.Bandit;
import org.thurstone.lab.bandit.ExactPolicy;
import org.thurstone.lab.bandit.Lesson;
import org.thurstone.lab.bandit.PairData;
import org.thurstone.lab.bandit.Simplex;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Spac;
import org.thurstone.train.signal.FrozenLogProbs;

/** SPAC where the data say nothing of a part of the responses. */
@Method(
        name = "sparse-coverage",
        kind = "replication",
        rows = {91},
        source = "arXiv:2406.04274",
        summary = "SPAC holds where the data cover a part of the responses, and DPO does not")
public record SparseCoverage() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 10;
    private static final int FEATURES = 6;
    /** What the unseen feature costs. */
    private static final double COST = 4;

    @Override
    public String claim() {
        return """
            Where the data are about a part of the responses only, DPO may send a policy to responses that nobody compared, as far as the features that
            it learned from praise them. SPAC, in which a critic fits the preferences and is hard on what the policy itself says, stays with
            responses that the data speak for, and loses nothing where they cover everything.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 8 prompts × 10 responses, log-linear policies of 7 features, rewards linear in them. Half of the responses have the seventh
            feature and twice the others' size; it costs 4, which nobody can know who has not seen it compared. 1,000 pairs of the
            responses without it (sparse), or of all. SPAC: 8 rounds against π_t with 8 own samples a pair, λ = 5, β = 2; DPO: β = 0.5, from the uniform
            reference, and the same in 8 rounds. Measured: expected reward, and how often the policy says a response that was not covered.\
            """;
    }

    @Override
    public String differs() {
        return """
            The paper compares language models on leaderboards; its theory is what is tried here. Its critic ranges over a class of rewards, ours over
            the policy's own log-linear class, in the practical form with one minimisation a round.\
            """;
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
            List<double[][]> path = new ArrayList<>();
            path.add(bandit.reference());
            try (ExactPolicy policy = ExactPolicy.logLinear(features, new double[FEATURES + 1])) {
                for (int t = 0; t < rounds; t++) {
                    double[][] now = path.getLast();
                    int own = loss.draws().map(d -> d.each()).orElse(0);
                    List<TrainingExample> drawn = data.stream()
                            .map(e -> own == 0
                                    ? e
                                    : e.withSamples(IntStream.range(0, own)
                                            .mapToObj(i -> new int[] {Simplex.draw(now[prompt(e)], random)})
                                            .toList()))
                            .toList();
                    path.add(Lesson.whole(steps, 0.05)
                            .teach(
                                    policy,
                                    loss,
                                    Map.of(FrozenLogProbs.REFERENCE, renewed ? now : bandit.reference()),
                                    drawn,
                                    Integer.MAX_VALUE,
                                    (s, p) -> {}));
                }
            }
            return path;
        }

        private static int prompt(TrainingExample example) {
            return example.trees().getFirst().segments().getFirst().tokens()[0];
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 4);
        int rounds = trial.of(8, 4);
        int steps = trial.of(40, 25);
        List<String> names = List.of("spac", "dpo", "dpo in rounds");
        double[][][][] value = new double[2][names.size()][seeds][rounds + 1];
        double[][][][] outside = new double[2][names.size()][seeds][rounds + 1];
        double[] best = new double[seeds];
        for (int c = 0; c < 2; c++) {
            boolean sparse = c == 0;
            record Ends(List<double[]> value, List<double[]> outside, double best) {}
            List<Ends> found = trial.seeds(seeds, sparse ? "sparse" : "full", random -> {
                World w = World.random(random);
                double[] row = new double[RESPONSES];
                Arrays.setAll(row, y -> !sparse ? 1.0 / RESPONSES : World.covered(y) ? 2.0 / RESPONSES : 0);
                List<TrainingExample> data = PairData.drawn(w.bandit(), Simplex.rows(PROMPTS, row), 1000, 0, random)
                        .examples();
                List<double[]> values = new ArrayList<>();
                List<double[]> outsides = new ArrayList<>();
                for (int m = 0; m < names.size(); m++) {
                    Loss loss = m == 0 ? trial.subject(new Spac(2, 5, new Logistic(0), 8), BETA) : new Dpo(BETA, 0);
                    List<double[][]> path = w.rounds(loss, m != 1, data, rounds, steps, random);
                    values.add(path.stream().mapToDouble(w.bandit()::value).toArray());
                    outsides.add(path.stream().mapToDouble(w::uncovered).toArray());
                }
                return new Ends(values, outsides, w.best());
            });
            for (int s = 0; s < seeds; s++) {
                for (int m = 0; m < names.size(); m++) {
                    value[c][m][s] = found.get(s).value().get(m);
                    outside[c][m][s] = found.get(s).outside().get(m);
                }
                best[s] = sparse ? found.get(s).best() : best[s];
            }
        }
        return findings(names, value, outside, best);
    }

    private static Findings findings(List<String> names, double[][][][] value, double[][][][] outside, double[] best) {
        int last = value[0][0][0].length - 1;
        List<Figures.Row> rows = new ArrayList<>();
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int m = 0; m < names.size(); m++) {
            lines.put(names.get(m), value[0][m]);
            rows.add(Figures.Row.of(
                    names.get(m),
                    Curves.at(value[0][m], last),
                    Curves.at(outside[0][m], last),
                    Curves.at(value[1][m], last)));
        }
        double[] ours = Curves.column(value[0][0], last);
        return new Findings(
                List.of(
                        new Figures(
                                "at the end",
                                "method",
                                List.of("reward, sparse", "said though not covered, sparse", "reward, full coverage"),
                                rows,
                                3),
                        new Figures(
                                "reward of the best policy that the sparse data cover",
                                "",
                                List.of("reward"),
                                List.of(Figures.Row.of("best covered", Measured.of(best))),
                                3)),
                List.of(Curves.of(
                        "Expected reward where half of the responses were never compared",
                        "The band is over worlds.",
                        Axis.of("round"),
                        Axis.of("expected reward"),
                        Curves.counting(last + 1),
                        lines)),
                List.of(
                        Check.core(
                                "with sparse data SPAC earns more than DPO does in one go and in rounds",
                                Measured.difference(ours, Curves.column(value[0][1], last))
                                                .above(0)
                                        && Measured.difference(ours, Curves.column(value[0][2], last))
                                                .above(0)),
                        Check.core(
                                "and says less of what was not covered than the reference does",
                                Measured.difference(Curves.column(outside[0][0], last), Curves.column(outside[0][0], 0))
                                        .below(0)),
                        Check.also(
                                "with sparse data DPO says more of that than the reference does",
                                Measured.difference(Curves.column(outside[0][1], last), Curves.column(outside[0][1], 0))
                                        .above(0)),
                        Check.also(
                                "with full coverage SPAC earns no less than DPO",
                                !Measured.difference(Curves.column(value[1][0], last), Curves.column(value[1][1], last))
                                        .below(0))),
                List.of());
    }
}
