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
import org.thurstone.lab.Slope;
import org.thurstone.lab.Substitute;
import org.thurstone.lab.Trial;
import org.thurstone.lab.bandit.Bandit;
import org.thurstone.lab.bandit.ExactPolicy;
import org.thurstone.lab.bandit.Lesson;
import org.thurstone.lab.bandit.PairData;
import org.thurstone.lab.bandit.Simplex;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;

/** Nesterov's extrapolation between iterations of DPO. */
@Method(
        name = "momentum",
        kind = "replication",
        rows = {38},
        source = "arXiv:2410.06293",
        summary = "extrapolating between iterations speeds iterated DPO up")
public record Momentum() implements Replication {

    private static final double BETA = 2;
    private static final double[] ALPHAS = {0.3, 0.5};
    private static final int RESPONSES = 6;

    @Override
    public String claim() {
        return """
            Iterated DPO is a proximal point method, and Nesterov's extrapolation from the last iteration's result through this one's, with a
            constant α, speeds it up: suboptimality falls like iterated DPO's, but 1/(1 − α) times as fast.""";
    }

    @Override
    public String world() {
        return """
            `bandit`: 6 responses, rewards 0 to 1 in equal steps in random order with small errors, a drawn start. Each iteration trains a table by DPO
            (β = 2) against the iteration's start, on all pairs with the probabilities of Bradley and Terry's model, and extrapolates its
            parameters by α = 0, 0.3, 0.5. Measured: the regret, and the slope of its logarithm over the second half of 12 iterations.""";
    }

    @Override
    public String differs() {
        return """
            No sampling, so that the rate shows; the paper's experiments are three iterations of a language model. SPPO, which it also
            accelerates, is not tried.""";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 5);
        int rounds = trial.of(12, 6);
        int steps = trial.of(120, 50);
        // Prompts have nothing in common in a table: each seed is one.
        RandomGenerator random = trial.random("worlds", 0);
        double[][] reward = new double[seeds][RESPONSES];
        for (double[] row : reward) {
            Arrays.setAll(row, y -> y / (RESPONSES - 1.0) + 0.05 * random.nextGaussian());
        }
        Bandit world = Bandit.rewarded(Simplex.random(seeds, RESPONSES, 0.5, random), reward);
        List<String> names = new ArrayList<>();
        double[][][] logs = new double[ALPHAS.length + 1][][];
        for (int a = 0; a < logs.length; a++) {
            double alpha = a == logs.length - 1 ? 0 : ALPHAS[a];
            names.add(alpha == 0 ? "iterated dpo" : "α = " + alpha);
            trial.progress().step("α = " + alpha, a, logs.length, "");
            boolean itself = trial.substitute() == Substitute.ITSELF;
            Loss loss = alpha == 0 ? new Dpo(BETA, 0) : trial.subject(new Dpo(BETA, 0), BETA);
            logs[a] = logs(world, loss, itself ? alpha : 0, rounds, steps);
        }
        double[] places = Curves.counting(rounds + 1);
        double[] half = Arrays.copyOfRange(places, rounds / 2, rounds + 1);
        double[][] slopes = new double[logs.length][seeds];
        for (int a = 0; a < logs.length; a++) {
            for (int s = 0; s < seeds; s++) {
                slopes[a][s] = Slope.of(half, Arrays.copyOfRange(logs[a][s], rounds / 2, rounds + 1));
            }
        }
        List<Figures.Row> rows = new ArrayList<>();
        boolean faster = true;
        boolean asFast = true;
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int a = 0; a < logs.length; a++) {
            double[] times = new double[seeds];
            int at = a;
            Arrays.setAll(times, s -> slopes[at][s] / slopes[slopes.length - 1][s]);
            rows.add(Figures.Row.of(
                    names.get(a), Curves.at(logs[a], rounds), Measured.of(slopes[a]), Measured.of(times)));
            lines.put(names.get(a), logs[a]);
            if (a < ALPHAS.length) {
                faster &= Measured.difference(slopes[a], slopes[slopes.length - 1])
                        .below(0);
                asFast &= Math.abs(Measured.of(times).mean() * (1 - ALPHAS[a]) - 1) < 0.15;
            }
        }
        return new Findings(
                List.of(new Figures(
                        "regret by iteration",
                        "extrapolation",
                        List.of("log₁₀ regret, end", "slope", "times iterated DPO's"),
                        rows,
                        3)),
                List.of(Curves.of(
                        "Regret",
                        "The band is over worlds.",
                        Axis.of("iteration"),
                        Axis.of("log₁₀ of the regret"),
                        places,
                        lines)),
                List.of(
                        Check.core("with each α the regret falls faster than iterated DPO's", faster),
                        Check.core("1/(1 − α) times as fast, within 15 %", asFast)),
                List.of());
    }

    /** (seeds × rounds + 1): log₁₀ of the regret. */
    private static double[][] logs(Bandit world, Loss loss, double alpha, int rounds, int steps) {
        double[][] reward = world.reward().orElseThrow();
        double[][] uniform = Simplex.rows(world.prompts(), Simplex.uniform(RESPONSES));
        List<TrainingExample> data = PairData.expected(world, uniform, 0).examples();
        double[][] logs = new double[world.prompts()][rounds + 1];
        double[][] start = world.reference();
        double[][] before = start;
        for (int t = 0; t <= rounds; t++) {
            for (int x = 0; x < logs.length; x++) {
                double best = Arrays.stream(reward[x]).max().orElseThrow();
                logs[x][t] = Math.log10(best - Simplex.mean(start[x], reward[x]));
            }
            try (ExactPolicy policy = ExactPolicy.table(start);
                    ExactPolicy earlier = ExactPolicy.table(before)) {
                before = Lesson.whole(steps, 0.05).teach(policy, loss, start, data);
                policy.policy().parameters().moveTowards(earlier.policy().parameters(), -alpha);
                start = policy.probabilities();
            }
        }
        return logs;
    }
}
