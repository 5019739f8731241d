package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.feedback.pairing.RejectionSampling;
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
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Slic;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Responses;
import org.thurstone.worlds.bandit.Sampled;
import org.thurstone.worlds.bandit.Simplex;

/** RSO: what is kept follows the target, and labels on it are worth more than on samples of the start or of somebody else. */
@Method(
        name = "pairs-of-the-target",
        kind = "replication",
        rows = {93},
        source = "arXiv:2309.06657",
        summary = "RSO's pairs are the optimal policy's, and labels on them teach more")
public record PairsOfTheTarget() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 12;
    private static final int[] LABELS = {20, 80, 320};

    @Override
    public String claim() {
        return """
            Samples of the SFT policy that statistical rejection sampling keeps are distributed like the optimal policy π_sft·e^(r/β). Labels on
            pairs of those estimate that policy better than labels on pairs of the SFT policy, and these better than labels on pairs of some
            other policy (as DPO's data are), with the sigmoid loss and with the hinge.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 8 prompts × 12 responses, normal rewards, a drawn SFT policy, β = 0.5. A reward model with errors of deviation 0.3 does the
            sampling, 64 candidates of which 8 are kept; people label pairs by Bradley and Terry's model of the true reward. Somebody else's pairs are
            uniform. 20 to 320 labels a prompt; tables are trained by DPO (the sigmoid loss) and SLiC's hinge. Measured: the regularised
            objective that is left, and the expected reward. The law of what is kept: total variation from the target, true rewards.\
            """;
    }

    @Override
    public String differs() {
        return "Labels are people's, with Bradley and Terry's noise; in the paper the reward model labels as well.";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 5);
        int steps = trial.of(100, 40);
        int[] labels = trial.smoke() ? new int[] {80} : LABELS;
        List<String> names =
                List.of("dpo, kept", "dpo, sft", "dpo, others'", "slic, kept", "slic, sft", "slic, others'");
        double[][][] left = new double[names.size()][seeds][labels.length];
        double[][][] value = new double[names.size()][seeds][labels.length];
        Pairing kept = trial.substitute() == Substitute.ITSELF
                ? new RejectionSampling(BETA, 8, false)
                : new RandomPairs(4, true);
        for (int n = 0; n < labels.length; n++) {
            int each = labels[n];
            List<double[][]> found = trial.seeds(seeds, each + " labels a prompt", random -> {
                Bandit world = world(random);
                double[][] model = Sampled.noisy(world, 0.3, random);
                double[][] uniform = Simplex.rows(PROMPTS, Simplex.uniform(RESPONSES));
                List<PairData> data = List.of(
                        new Sampled(world, world.reference(), 64, model).labelled(kept, PROMPTS, each, random),
                        new Sampled(world, world.reference(), 8, model)
                                .labelled(new RandomPairs(4, true), PROMPTS, each, random),
                        new Sampled(world, uniform, 8, model)
                                .labelled(new RandomPairs(4, true), PROMPTS, each, random));
                double[][] ends = new double[2][names.size()];
                for (int m = 0; m < names.size(); m++) {
                    Loss own = m < 3 ? new Dpo(BETA, 0) : new Slic(BETA);
                    Loss loss = trial.substitute() == Substitute.NOTHING ? trial.subject(own, BETA) : own;
                    double[][] policy = Lesson.whole(steps, 0.1)
                            .teach(loss, world.reference(), data.get(m % 3).examples());
                    ends[0][m] = world.shortfall(policy, BETA);
                    ends[1][m] = world.value(policy);
                }
                return ends;
            });
            for (int s = 0; s < seeds; s++) {
                for (int m = 0; m < names.size(); m++) {
                    left[m][s][n] = found.get(s)[0][m];
                    value[m][s][n] = found.get(s)[1][m];
                }
            }
        }
        List<Figures.Row> rows = new ArrayList<>();
        List<Figures.Row> values = new ArrayList<>();
        boolean sigmoid = true;
        boolean hinge = true;
        boolean others = true;
        double[] places = new double[labels.length];
        for (int n = 0; n < labels.length; n++) {
            int at = n;
            places[n] = labels[n];
            rows.add(new Figures.Row(
                    labels[n] + " labels a prompt",
                    IntStream.range(0, 3).mapToObj(m -> Curves.at(left[m], at)).toList()));
            values.add(new Figures.Row(
                    labels[n] + " labels a prompt",
                    IntStream.range(0, 6).mapToObj(m -> Curves.at(value[m], at)).toList()));
            sigmoid &= lower(left, 0, 1, n) && lower(left, 0, 2, n);
            hinge &= lower(value, 4, 3, n) && lower(value, 5, 3, n);
            others &= lower(left, 1, 2, n);
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int m = 0; m < 3; m++) {
            lines.put(names.get(m), left[m]);
        }
        double[] law = law(trial);
        return new Findings(
                List.of(
                        new Figures("regularised objective left", "labels", names.subList(0, 3), rows, 3),
                        new Figures("expected reward", "labels", names, values, 3),
                        new Figures(
                                "total variation from the optimal policy, largest over prompts",
                                "drawn",
                                List.of("distance"),
                                List.of(
                                        Figures.Row.of("the SFT policy itself", Measured.of(law[0])),
                                        Figures.Row.of("8 kept of 64", Measured.of(law[1])),
                                        Figures.Row.of("8 kept of 1,024", Measured.of(law[2]))),
                                3)),
                List.of(Curves.of(
                        "Which pairs are worth a label",
                        "DPO; the band is over seeds.",
                        Axis.of("labels a prompt"),
                        Axis.of("regularised objective left").fromZero(),
                        places,
                        lines)),
                List.of(
                        Check.core(
                                "what is kept of many candidates follows the optimal policy, sampling noise of 0.03"
                                        + " aside",
                                law[2] < 0.03 && law[0] > 0.15),
                        Check.core(
                                "with the sigmoid loss, labels on what is kept leave less than the others do", sigmoid),
                        Check.also("with the hinge they earn more reward than the others do", hinge),
                        Check.also("pairs of the SFT policy leave less than somebody else's", others)),
                List.of());
    }

    private static boolean lower(double[][][] of, int one, int other, int at) {
        return Measured.difference(Curves.column(of[one], at), Curves.column(of[other], at))
                .below(0);
    }

    private static Bandit world(RandomGenerator random) {
        double[][] reward = new double[PROMPTS][RESPONSES];
        for (double[] row : reward) {
            for (int y = 0; y < RESPONSES; y++) {
                row[y] = random.nextGaussian();
            }
        }
        return Bandit.rewarded(Simplex.random(PROMPTS, RESPONSES, 1, random), reward);
    }

    /** Of the start, of 8 of 64 and of 8 of 1,024. */
    private static double[] law(Trial trial) {
        RandomGenerator random = trial.random("law", 0);
        Bandit world = world(random);
        double[][] optimum = world.optimum(BETA);
        double[] far = new double[3];
        int[] candidates = {0, 64, 1024};
        RejectionSampling sampling =
                new RejectionSampling(trial.substitute() == Substitute.ITSELF ? BETA : 1e9, 8, false);
        for (int x = 0; x < PROMPTS; x++) {
            far[0] = Math.max(far[0], Simplex.distance(world.reference()[x], optimum[x]));
            for (int c = 1; c < 3; c++) {
                Sampled sampled = new Sampled(
                        world, world.reference(), candidates[c], world.reward().orElseThrow());
                double[] shares = new double[RESPONSES];
                int draws = trial.of(1000, 400);
                for (int i = 0; i < draws; i++) {
                    ScoredCompletions scored = sampled.scored(x, random);
                    for (int k : sampling.kept(scored.scores(), random)) {
                        shares[Responses.index(scored.completions().get(k))] += 1.0 / (8 * draws);
                    }
                }
                far[c] = Math.max(far[c], Simplex.distance(shares, optimum[x]));
            }
        }
        return far;
    }
}
