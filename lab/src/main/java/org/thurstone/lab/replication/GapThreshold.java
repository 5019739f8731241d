package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.feedback.pairing.ScoreGap;
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
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Responses;
import org.thurstone.worlds.bandit.Sampled;

/** RS-DPO's pairs against best and worst, random pairs and imitation of the best, from the same samples. */
@Method(
        name = "gap-threshold",
        kind = "replication",
        rows = {145},
        source = "arXiv:2402.10038",
        summary = "DPO on all pairs with a wide enough gap of reward")
public record GapThreshold() implements Replication {

    private static final double BETA = 0.1;
    private static final int SAMPLES = 16;
    private static final int RESPONSES = 40;
    private static final double[] ERRORS = {0, 0.5, 1};

    @Override
    public String claim() {
        return """
            Of k samples of the SFT policy, all pairs whose rewards differ by enough (RS-DPO, σ(gap/τ) > η) make a better DPO policy than the best
            against the worst sample, than random pairs, and than imitating the best sample (rejection sampling).\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 40 responses a prompt, of which the policy draws 16; 30 prompts; a log-linear policy of 12 features that explain 80 % of
            the reward's variance. Rewards have variance 1, the judge's errors a deviation of 0, 0.5 and 1; it labels all pairs. η = 0.85, τ = ½, a
            gap of 0.87. DPO with β = 0.1. Measured on 30 other prompts, at a divergence of 1 nat: the true expected reward.\
            """;
    }

    @Override
    public String differs() {
        return """
            The number of pairs is not the same for all, as in the paper: the rules make of the same samples what they make. PPO is not among what is
            compared. The scale of rewards is ours, and τ with it.\
            """;
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 6);
        int steps = trial.of(80, 40);
        int prompts = 30;
        double[] errors = trial.smoke() ? new double[] {0.5} : ERRORS;
        Pairing wide = trial.substitute() == Substitute.ITSELF ? new ScoreGap(0.85, 0.5) : new RandomPairs(1, false);
        List<String> names = List.of("score-gap", "best-worst", "random", "sft on the best");
        List<Pairing> pairings = List.of(wide, new BestWorst(), new RandomPairs(1, false));
        double[][][] value = new double[names.size()][seeds][errors.length];
        double[][] used = new double[seeds][errors.length];
        for (int e = 0; e < errors.length; e++) {
            double error = errors[e];
            List<double[]> found = trial.seeds(seeds, "judge's error " + error, random -> {
                LinearWorld w = LinearWorld.random(2 * prompts, RESPONSES, 12, 0.2, random);
                Bandit world = w.world();
                Sampled sampled = new Sampled(world, world.reference(), SAMPLES, Sampled.noisy(world, error, random));
                double[] values = new double[names.size() + 1];
                for (int p = 0; p < pairings.size(); p++) {
                    PairData data = sampled.judged(pairings.get(p), prompts, random);
                    Loss loss = p == 0 ? trial.subject(new Dpo(BETA, 0), BETA) : new Dpo(BETA, 0);
                    values[p] = held(w, loss, data.examples(), steps, prompts);
                    values[names.size()] = p == 0 ? (double) data.examples().size() / prompts : values[names.size()];
                }
                List<TrainingExample> best = new ArrayList<>();
                double[][] seen = sampled.scores();
                for (int x = 0; x < prompts; x++) {
                    double[] row = seen[x];
                    int y = sampled.scored(x, random).completions().stream()
                            .map(Responses::index)
                            .reduce((a, b) -> row[a] > row[b] ? a : b)
                            .orElseThrow();
                    best.add(Examples.shown(x, y, 1));
                }
                values[3] = held(w, new Sft(Averaging.COMPLETION), best, steps, prompts);
                return values;
            });
            for (int s = 0; s < seeds; s++) {
                for (int m = 0; m < names.size(); m++) {
                    value[m][s][e] = found.get(s)[m];
                }
                used[s][e] = found.get(s)[names.size()];
            }
        }
        List<Figures.Row> rows = new ArrayList<>();
        boolean better = true;
        boolean imitation = true;
        for (int e = 0; e < errors.length; e++) {
            List<Measured> row = new ArrayList<>();
            for (double[][] of : value) {
                row.add(Curves.at(of, e));
            }
            row.add(Curves.at(used, e));
            rows.add(new Figures.Row("judge's error " + errors[e], row));
            better &= ahead(value, 1, e) && ahead(value, 2, e);
            imitation &= ahead(value, 3, e);
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int m = 0; m < names.size(); m++) {
            lines.put(names.get(m), value[m]);
        }
        List<String> columns = new ArrayList<>(names);
        columns.add("pairs a prompt, score-gap");
        return new Findings(
                List.of(new Figures("expected reward on other prompts at 1 nat", "judge", columns, rows, 3)),
                List.of(Curves.of(
                        "Which pairs to make of sixteen samples",
                        "Expected reward on other prompts at 1 nat; the band is over seeds.",
                        Axis.of("deviation of the judge's errors"),
                        Axis.of("expected reward"),
                        Arrays.copyOf(errors, errors.length),
                        lines)),
                List.of(
                        Check.core("pairs by gap are better than best against worst and than random pairs", better),
                        Check.also("and than imitating the best", imitation)),
                List.of());
    }

    private static boolean ahead(double[][][] value, int other, int at) {
        return Measured.difference(Curves.column(value[0], at), Curves.column(value[other], at))
                .above(0);
    }

    private static double held(LinearWorld w, Loss loss, List<? extends TrainingExample> data, int steps, int prompts) {
        return w.value(w.atDivergence(w.learned(Lesson.whole(steps, 0.05), loss, data), 1), prompts);
    }
}
