package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Hypo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** HyPO and DPO as fewer and fewer of the responses are covered by the data. */
@Method(
        name = "partial-coverage",
        kind = "replication",
        papers = "2406.01462",
        source = "arXiv:2406.01462",
        summary = "HyPO remains good with partial coverage of the responses, and DPO does not")
public record PartialCoverage() implements Replication {

    private static final double BETA = 0.3;
    private static final int RESPONSES = 10;
    private static final int FEATURES = 5;
    /** What the last one costs, which the data never show. */
    private static final double COST = 8;
    /** The reference's own aversion from it: each uncovered response has e^−3 of the probability of a covered one. */
    private static final double AVERSION = 3;

    @Override
    public Description about() {
        return new Description("""
            DPO needs data that cover all responses that the policy could give. Otherwise its loss does not see what happens to the uncovered ones, and a policy that
            generalises may move far from the reference there. With a KL penalty on the policy's own unlabelled samples (HyPO), it is enough that the data cover the
            good responses. With full coverage, the penalty does no harm.""", """
            `bandit`: 10 responses, a log-linear policy with 5 features, a reward linear in them. The data compare all pairs of 10, 7, 5 or 4 responses, with exact
            shares of votes. Uncovered responses have features of three times the size and a fifth feature that costs 8, so that the optimum is covered; the reference
            gives each of them e^−3 of the probability of a covered one. HyPO with λ = 0.1 and 2 own samples per pair, and DPO, both with β = 0.3; DPO also with the
            best of 0.3, 0.6 and 1.2 for each coverage, chosen with knowledge of the true reward. Measured: the suboptimality in the regularised objective (β = 0.3),
            the divergence from the reference, and the probability of uncovered responses.""", """
            The paper compares language models on summaries and chat; here its separation by coverage is tested. The data contain all pairs with exact labels, so that
            only coverage matters. Learning rates, steps and λ were chosen on small runs.""");
    }

    /** A prompt a seed, each with features of its own, so that a step is a step of all of them. */
    private record World(Bandit bandit, double[][][] features, double[] start, int covered) {
        static World random(int seeds, int covered, RandomGenerator random) {
            double[][][] features = new double[seeds][RESPONSES][seeds * FEATURES];
            double[][] reward = new double[seeds][RESPONSES];
            double[][] reference = new double[seeds][];
            double[] start = new double[seeds * FEATURES];
            for (int s = 0; s < seeds; s++) {
                double[] weights = new double[FEATURES - 1];
                Arrays.setAll(weights, k -> random.nextGaussian() / Math.sqrt(FEATURES - 1));
                double[] logits = new double[RESPONSES];
                for (int y = 0; y < RESPONSES; y++) {
                    for (int k = 0; k < FEATURES - 1; k++) {
                        double drawn = (y < covered ? 1 : 3) * random.nextGaussian();
                        features[s][y][s * FEATURES + k] = drawn;
                        reward[s][y] += drawn * weights[k];
                    }
                    if (y >= covered) {
                        features[s][y][(s + 1) * FEATURES - 1] = 1;
                        reward[s][y] -= COST;
                        logits[y] = -AVERSION;
                    }
                }
                start[(s + 1) * FEATURES - 1] = -AVERSION;
                reference[s] = Simplex.softmax(logits);
            }
            return new World(Bandit.rewarded(reference, reward), features, start, covered);
        }

        double[][] learned(Loss loss, int steps) {
            PairData data = PairData.none(bandit);
            for (int s = 0; s < bandit.prompts(); s++) {
                for (int y = 0; y < covered; y++) {
                    for (int z = 0; z < covered; z++) {
                        data.add(s, y, z, bandit.preference()[s][y][z]);
                    }
                }
            }
            return new LinearWorld(bandit, features)
                    .learn(OfflineTrainer.whole(steps, 0.15), loss, start, data.votes());
        }

        double[] outside(double[][] policy) {
            return bandit.each(s -> Arrays.stream(policy[s], covered, RESPONSES).sum());
        }

        double[] divergence(double[][] policy) {
            return bandit.each(s -> Simplex.divergence(policy[s], bandit.reference()[s]));
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(60, 40);
        double[] covered = trial.smoke() ? new double[] {4} : new double[] {10, 7, 5, 4};
        Sweep left = Sweep.along(covered);
        Sweep went = Sweep.along(covered);
        left.each((c, count) -> {
            trial.progress().step("coverage", c, covered.length, "");
            World world = World.random(trial.of(16, 14), (int) count, trial.random("worlds", c));
            double[][] hypo = world.learned(trial.subject(new Hypo(BETA, 0.1, 2), BETA), steps);
            List<double[][]> plain = Arrays.stream(
                            trial.smoke() ? new double[] {BETA, 1.2} : new double[] {BETA, 0.6, 1.2})
                    .mapToObj(beta -> world.learned(new Dpo(beta, 0), steps))
                    .toList();
            List<double[]> dpo =
                    plain.stream().map(p -> world.bandit.shortfalls(p, BETA)).toList();
            left.add("hypo", c, world.bandit.shortfalls(hypo, BETA));
            left.add("dpo", c, dpo.getFirst());
            left.add("dpo, best β", c, Measured.least(dpo));
            went.add("KL, hypo", c, world.divergence(hypo));
            went.add("KL, dpo", c, world.divergence(plain.getFirst()));
            went.add("uncovered, hypo", c, world.outside(hypo));
            went.add("uncovered, dpo", c, world.outside(plain.getFirst()));
        });
        Findings findings = Findings.of(
                        left.table("regularised objective left", "covered", 3, c -> (int) c + " of " + RESPONSES),
                        went.table("where the policy went", "covered", 3, c -> (int) c + " of " + RESPONSES))
                .with(left.curve(
                        "What is left, by coverage",
                        "The band is over seeds.",
                        Axis.of("responses that the data cover, of 10"),
                        Axis.of("regularised objective left").fromZero()))
                .core(
                        "where 5 responses or fewer are covered HyPO leaves less than DPO",
                        left.everywhere(c -> covered[c] > 5 || left.less("hypo", "dpo", c)))
                .also(
                        "and than DPO with the best β",
                        left.everywhere(c -> covered[c] > 5 || left.less("hypo", "dpo, best β", c)));
        return trial.smoke()
                ? findings
                : findings.also(
                        "with full coverage HyPO leaves less than 0.05 more than DPO",
                        left.difference("hypo", "dpo", 0).below(0.05));
    }
}
