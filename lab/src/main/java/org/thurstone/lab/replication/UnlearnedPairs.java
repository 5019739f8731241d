package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.FlexDpo;
import org.thurstone.train.loss.pair.Rpo;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;

/** Measures the effect of DPO on the likelihoods of chosen, rejected and all other responses, and of its remedies. */
@Method(
        name = "unlearned-pairs",
        kind = "replication",
        papers = "2406.07327",
        source = "arXiv:2406.07327",
        summary = "DPO lowers the rejected, then degrades the chosen, and disperses probability mass; a "
                + "smaller β for the rejected, or a likelihood term, helps")
public record UnlearnedPairs() implements Replication {

    private static final double BETA = 0.1;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 30;
    private static final int FEATURES = 16;
    /** How much of its features a rejected response has from the chosen one. */
    private static final double ALIKE = 0.9;

    private static final int EVERY = 5;

    @Override
    public Description about() {
        return new Description("""
            During DPO training, the likelihood of rejected responses drops drastically, that of chosen responses degrades after a while, and the probability that both
            lose is dispersed over responses that were in no pair. This is worse if the pairs were not sampled from the policy. The cause is the gradient of the loss,
            which is π(chosen)/π(rejected) times as steep in the probability of the rejected response as in that of the chosen. A smaller β for the rejected (Flex-DPO),
            and the likelihood of the chosen as a second term, help.""", """
            `bandit`: 8 prompts × 30 responses, one pair each; a log-linear policy with 16 normal features that all prompts share, so that responses move together; a
            rejected response shares nine tenths of the chosen one's features. The reference's logits have standard deviation 2. On-policy, the chosen response is the
            most likely one under the reference; off-policy, it is any. 300 steps of DPO with β = 0.1; Flex-DPO with β⁻ = 0.05 and 0.02; DPO with likelihood, η = 0.2.
            Measured: log-probabilities of both, and the probability of all other responses.""", """
            The paper's toy model is a small neural network over a few tokens; here it has a single layer. Its models for mathematics and poems are not tested. The
            definition of an off-policy chosen response was changed after a first run; that check, a secondary one, is therefore not blind with seed 1.""");
    }

    private record World(double[][][] features, double[] theta, int[] chosen, int[] rejected) {
        static World random(boolean own, RandomGenerator random) {
            double[] theta = new double[FEATURES];
            Arrays.setAll(theta, k -> 2 * random.nextGaussian() / Math.sqrt(FEATURES));
            double[][][] features = new double[PROMPTS][RESPONSES][FEATURES];
            int[] chosen = new int[PROMPTS];
            int[] rejected = new int[PROMPTS];
            for (int x = 0; x < PROMPTS; x++) {
                for (double[] of : features[x]) {
                    Arrays.setAll(of, k -> random.nextGaussian());
                }
                chosen[x] = random.nextInt(RESPONSES);
                for (int y = 0; own && y < RESPONSES; y++) {
                    chosen[x] = logit(features[x][y], theta) > logit(features[x][chosen[x]], theta) ? y : chosen[x];
                }
                rejected[x] = (chosen[x] + 1) % RESPONSES;
                double[] like = features[x][chosen[x]];
                Arrays.setAll(
                        features[x][rejected[x]],
                        k -> ALIKE * like[k] + Math.sqrt(1 - ALIKE * ALIKE) * random.nextGaussian());
            }
            return new World(features, theta, chosen, rejected);
        }

        private static double logit(double[] features, double[] theta) {
            double sum = 0;
            for (int k = 0; k < FEATURES; k++) {
                sum += features[k] * theta[k];
            }
            return sum;
        }
    }

    /** Means over prompts along the way: log-probabilities of chosen and rejected, mass of all others. */
    private record Sides(Sweep chosen, Sweep rejected, Sweep others) {

        static Sides along(int places) {
            return new Sides(place(places), place(places), place(places));
        }

        private static Sweep place(int places) {
            return Sweep.counting(places).scaled(i -> i * EVERY);
        }

        void learned(String arm, Loss loss, World w, int steps) {
            List<TrainingExample> pairs = new ArrayList<>();
            for (int x = 0; x < PROMPTS; x++) {
                pairs.add(PairData.pair(x, w.chosen()[x], w.rejected()[x], 1, 1));
            }
            try (ExactPolicy policy = ExactPolicy.logLinear(w.features(), w.theta())) {
                double[][] reference = policy.probabilities();
                see(arm, w, 0, reference);
                OfflineTrainer.whole(steps, 0.05)
                        .train(
                                policy,
                                loss,
                                Map.of(FrozenLogProbs.REFERENCE, reference),
                                pairs,
                                EVERY,
                                (step, p) -> see(arm, w, (int) step / EVERY, p));
            }
        }

        private void see(String arm, World w, int place, double[][] policy) {
            double chosen = 0;
            double rejected = 0;
            double others = 0;
            for (int x = 0; x < PROMPTS; x++) {
                double of = policy[x][w.chosen()[x]];
                double against = policy[x][w.rejected()[x]];
                chosen += Math.log(of) / PROMPTS;
                rejected += Math.log(against) / PROMPTS;
                others += (1 - of - against) / PROMPTS;
            }
            this.chosen.add(arm, place, chosen);
            this.rejected.add(arm, place, rejected);
            this.others.add(arm, place, others);
        }

        /** Than DPO: more likelihood of the chosen, and less mass elsewhere. */
        boolean better(String arm) {
            return chosen.gains().better(arm, "dpo") && others.gains().less(arm, "dpo");
        }

        Figures table(String where) {
            return Figures.of(
                            "change from start to end, " + where,
                            2,
                            "loss | log π(rejected) | log π(chosen) | mass of all others | log π(chosen)/π(rejected), end")
                    .rows(
                            chosen.arms(),
                            arm -> Row.of(
                                    arm,
                                    rejected.gain(arm),
                                    chosen.gain(arm),
                                    others.gain(arm),
                                    Measured.difference(chosen.values(arm), rejected.values(arm))));
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(300, 100);
        Sides own = sides(trial, true, steps);
        Sides other = sides(trial, false, steps);
        Sweep sides = Sides.place(steps / EVERY + 1);
        sides.each((i, step) -> {
            sides.add("chosen", i, own.chosen.values("dpo", i));
            sides.add("rejected", i, own.rejected.values("dpo", i));
        });
        return Findings.of(own.table("on-policy pairs"), other.table("off-policy pairs"))
                .with(
                        sides.curve(
                                "Log-probabilities under DPO, on-policy pairs",
                                "The band is over worlds.",
                                "step",
                                "log π"),
                        own.chosen.curve(
                                "Log-probability of the chosen, on-policy pairs",
                                "The band is over worlds.",
                                "step",
                                "log π(chosen)"))
                .core(
                        "the rejected drops to less than a hundredth",
                        own.rejected.gain("dpo").below(-Math.log(100)))
                .core("the chosen degrades as well", own.chosen.gain("dpo").below(0))
                .core("all others gain mass", own.others.gain("dpo").above(0))
                .core("an added likelihood keeps more of the chosen, and of the mass", own.better("dpo and likelihood"))
                .core(
                        "so does a smaller β for the rejected",
                        own.better("flex-dpo, β⁻ = 0.05") && own.better("flex-dpo, β⁻ = 0.02"))
                .also(
                        "off-policy pairs lose more of the chosen than on-policy ones",
                        other.chosen.gain("dpo").mean() < own.chosen.gain("dpo").mean());
    }

    private static Sides sides(Trial trial, boolean own, int steps) {
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("dpo", trial.subject(new Dpo(BETA, 0), BETA));
        losses.put("flex-dpo, β⁻ = 0.05", trial.subject(new FlexDpo(BETA, 0.05), BETA));
        losses.put("flex-dpo, β⁻ = 0.02", trial.subject(new FlexDpo(BETA, 0.02), BETA));
        losses.put("dpo and likelihood", trial.subject(new Rpo(BETA, 0.2), BETA));
        Sides sides = Sides.along(steps / EVERY + 1);
        trial.each(trial.of(16, own ? 5 : 1), own ? "on-policy pairs" : "off-policy pairs", random -> {
            World w = World.random(own, random);
            losses.forEach((arm, loss) -> sides.learned(arm, loss, w, steps));
        });
        return sides;
    }
}
