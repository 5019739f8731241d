package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.lab.Check;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Slope;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Series;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Cdpo;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Rdpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** rDPO where some labels were turned round: what is left of the regularised optimum, and the rates in the number of pairs and features. */
@Method(
        name = "flipped-labels",
        kind = "replication",
        rows = {59},
        source = "arXiv:2403.00409",
        summary = "rDPO where labels were flipped")
public record FlippedLabels() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 5;
    private static final double[] FLIPS = {0, 0.1, 0.2, 0.4};

    @Override
    public String claim() {
        return """
            Where labels are turned round with a known probability ε, DPO and conservative DPO (label smoothing) learn margins that are too
            small, the more so the larger ε; rDPO's loss is unbiased, so that it stays near what clean labels would have taught. Its error in
            a log-linear class falls with the number of pairs like n^(−1/2) and grows with the number of features like d^(1/2).\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 8 prompts × 5 responses with 8 random features (the rates: up to 32); the true reward is linear in them, people follow
            Bradley and Terry, and a label is turned round with probability ε. Log-linear policies are trained on the same pairs by DPO, cDPO(ε)
            and rDPO(ε), all data in each step. Measured: how much of the regularised objective E r − β·KL is left, and the error of the implied
            reward differences (root mean square over pairs).\
            """;
    }

    @Override
    public String differs() {
        return """
            The paper's figures are accuracies and win rates of language models; here the optimum is known, and the regularised objective itself is
            compared. ε is known to cDPO and rDPO, as in the paper's theory.\
            """;
    }

    /** A world whose reward is β·φ·θ. */
    private record Truth(Bandit world, double[][][] features) {

        static Truth random(int dimensions, RandomGenerator random) {
            double[][][] features = new double[PROMPTS][RESPONSES][dimensions];
            double[] theta = new double[dimensions];
            double[][] reward = new double[PROMPTS][RESPONSES];
            for (int k = 0; k < dimensions; k++) {
                theta[k] = 2 * random.nextGaussian() / Math.sqrt(dimensions);
            }
            for (int x = 0; x < PROMPTS; x++) {
                for (int y = 0; y < RESPONSES; y++) {
                    for (int k = 0; k < dimensions; k++) {
                        features[x][y][k] = random.nextGaussian();
                        reward[x][y] += BETA * features[x][y][k] * theta[k];
                    }
                }
            }
            return new Truth(Bandit.rewarded(Simplex.rows(PROMPTS, Simplex.uniform(RESPONSES)), reward), features);
        }

        double[][] learned(Loss loss, PairData data, int steps) {
            int dimensions = features[0][0].length;
            try (ExactPolicy policy = ExactPolicy.logLinear(features, new double[dimensions])) {
                return Lesson.whole(steps, 0.1).teach(policy, loss, world.reference(), data.examples());
            }
        }

        /** Root mean square of what the implied differences of reward are wrong by. */
        double error(double[][] policy) {
            double[][] reward = world.reward().orElseThrow();
            double sum = 0;
            int count = 0;
            for (int x = 0; x < PROMPTS; x++) {
                for (int y = 0; y < RESPONSES; y++) {
                    for (int z = 0; z < y; z++, count++) {
                        double implied = BETA * Math.log(policy[x][y] / policy[x][z]);
                        sum += Math.pow(implied - (reward[x][y] - reward[x][z]), 2);
                    }
                }
            }
            return Math.sqrt(sum / count);
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(8, 5);
        int steps = trial.of(80, 60);
        int pairs = 4000;
        List<String> names = List.of("rdpo", "dpo", "cdpo");
        double[][][] left = new double[names.size()][FLIPS.length][seeds];
        for (int f = 0; f < FLIPS.length; f++) {
            double flip = FLIPS[f];
            List<Loss> losses =
                    List.of(trial.subject(new Rdpo(BETA, flip), BETA), new Dpo(BETA, 0), new Cdpo(BETA, flip));
            if (trial.smoke() && f != 0 && f != 2) {
                continue;
            }
            List<double[]> found = trial.seeds(seeds, "labels flipped with " + flip, random -> {
                Truth truth = Truth.random(8, random);
                PairData data = PairData.drawn(truth.world(), truth.world().reference(), pairs, flip, random);
                return losses.stream()
                        .mapToDouble(loss -> truth.world().shortfall(truth.learned(loss, data, steps), BETA))
                        .toArray();
            });
            for (int s = 0; s < seeds; s++) {
                for (int l = 0; l < names.size(); l++) {
                    left[l][f][s] = found.get(s)[l];
                }
            }
        }
        if (trial.smoke()) {
            return findings(names, left, List.of(), List.of(), List.of(), List.of());
        }
        double[] n = {500, 2000, 8000};
        double[] d = {2, 8, 32};
        double[][] byPairs = errors(trial, seeds, steps, n, false);
        double[][] byFeatures = errors(trial, seeds, steps, d, true);
        Measured powerN = Measured.of(powers(n, byPairs));
        Measured powerD = Measured.of(powers(d, byFeatures));
        return findings(
                names,
                left,
                List.of(new Figures(
                        "power of rDPO's error at ε = 0.2",
                        "in",
                        List.of("fitted power"),
                        List.of(
                                Figures.Row.of("number of pairs n", powerN),
                                Figures.Row.of("number of features d", powerD)),
                        3)),
                List.of(
                        logs("rDPO's error by pairs", "log₁₀ n", n, byPairs),
                        logs("rDPO's error by features", "log₁₀ d", d, byFeatures)),
                List.of(
                        Check.also(
                                "its error falls like n^(−1/2): the fitted power lies in −0.5 ± 0.1",
                                Math.abs(powerN.mean() + 0.5) < 0.1),
                        Check.also(
                                "its error grows like d^(1/2): the fitted power lies in 0.5 ± 0.15",
                                Math.abs(powerD.mean() - 0.5) < 0.15)),
                List.of());
    }

    /** (values × seeds): rDPO's error at a flip rate of 0.2. */
    private static double[][] errors(Trial trial, int seeds, int steps, double[] values, boolean features) {
        double flip = 0.2;
        double[][] errors = new double[values.length][seeds];
        for (int v = 0; v < values.length; v++) {
            int dimensions = features ? (int) values[v] : 8;
            int pairs = features ? 4000 : (int) values[v];
            List<Double> found = trial.seeds(
                    seeds, (features ? "features: " : "pairs: ") + (int) values[v], (SplittableGenerator random) -> {
                        Truth truth = Truth.random(dimensions, random);
                        PairData data =
                                PairData.drawn(truth.world(), truth.world().reference(), pairs, flip, random);
                        Loss loss = trial.subject(new Rdpo(BETA, flip), BETA);
                        return truth.error(truth.learned(loss, data, steps));
                    });
            errors[v] = found.stream().mapToDouble(e -> e).toArray();
        }
        return errors;
    }

    private static double[] powers(double[] values, double[][] errors) {
        double[] powers = new double[errors[0].length];
        for (int s = 0; s < powers.length; s++) {
            int seed = s;
            powers[s] = Slope.power(
                    values, Arrays.stream(errors).mapToDouble(e -> e[seed]).toArray());
        }
        return powers;
    }

    private static Findings findings(
            List<String> names,
            double[][][] left,
            List<Figures> rates,
            List<Lines> rateCurves,
            List<Check> rateChecks,
            List<String> notes) {
        List<Figures.Row> rows = new ArrayList<>();
        List<List<Point>> curves = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean better = true;
        boolean noWorse = true;
        for (int f = 0; f < FLIPS.length; f++) {
            if (Arrays.stream(left[1][f]).allMatch(v -> v == 0)) {
                continue; // not part of the small version
            }
            List<Measured> row = new ArrayList<>();
            for (int l = 0; l < names.size(); l++) {
                Measured m = Measured.of(left[l][f]);
                row.add(m);
                curves.get(l).add(m.at(FLIPS[f]));
            }
            rows.add(new Figures.Row("ε = " + FLIPS[f], row));
            if (FLIPS[f] > 0) {
                better &= Measured.difference(left[0][f], left[1][f]).below(0)
                        && Measured.difference(left[0][f], left[2][f]).below(0);
            } else {
                noWorse = Math.abs(Measured.difference(left[0][f], left[1][f]).mean()) < 1e-6;
            }
        }
        List<Check> checks = new ArrayList<>(List.of(
                Check.core("at each flip rate above 0 rDPO leaves less of the optimum than DPO and cDPO do", better),
                Check.also("without flips all three are the same", noWorse)));
        checks.addAll(rateChecks);
        List<Series> drawn = new ArrayList<>();
        for (int l = 0; l < names.size(); l++) {
            drawn.add(new Series(names.get(l), curves.get(l), l > 0));
        }
        List<Figures> figures =
                new ArrayList<>(List.of(new Figures("regularised objective left", "flip rate", names, rows, 4)));
        figures.addAll(rates);
        List<Lines> plots = new ArrayList<>(List.of(new Lines(
                "What flips cost",
                "4,000 pairs; the interval is over seeds.",
                Axis.of("flip rate ε"),
                Axis.of("regularised objective left").fromZero(),
                drawn)));
        plots.addAll(rateCurves);
        return new Findings(figures, plots, checks, notes);
    }

    private static Lines logs(String title, String axis, double[] values, double[][] errors) {
        List<Point> points = new ArrayList<>();
        for (int v = 0; v < values.length; v++) {
            points.add(Measured.of(Arrays.stream(errors[v]).map(Math::log10).toArray())
                    .at(Math.log10(values[v])));
        }
        return new Lines(
                title,
                "On logarithmic scales a rate is a slope.",
                Axis.of(axis),
                Axis.of("log₁₀ of the root mean square error"),
                List.of(Series.of("rdpo", points)));
    }
}
