package org.thurstone.lab.replication;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.feedback.pairing.RejectionSampling;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Slic;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Responses;
import org.thurstone.worlds.bandit.Sampled;
import org.thurstone.worlds.bandit.Simplex;

/** RSO: the kept samples follow the target, and labels on them are worth more than labels on samples of the initial policy or of another one. */
@Method(
        name = "pairs-of-the-target",
        kind = "replication",
        papers = "2309.06657",
        source = "arXiv:2309.06657",
        summary = "RSO's pairs follow the optimal policy, and labels on them are worth more")
public record PairsOfTheTarget() implements Replication {

    private static final double BETA = 0.5;
    private static final int PROMPTS = 8;
    private static final int RESPONSES = 12;
    private static final double[] LABELS = {20, 80, 320};

    @Override
    public Description about() {
        return new Description("""
            Samples of the SFT policy that pass statistical rejection sampling follow the optimal policy π_sft·e^(r/β). Labels on pairs of such samples estimate this
            policy better than labels on pairs of the SFT policy, and these better than labels on pairs of another policy (such as DPO's data), for both the sigmoid
            loss and the hinge loss.""", """
            `bandit`: 8 prompts × 12 responses, normal rewards, a random SFT policy, β = 0.5. Rejection sampling uses a reward model with errors of standard deviation
            0.3 and keeps 8 of 64 candidates. Labels follow the Bradley–Terry model of the true reward. Pairs of another policy are uniform. 20 to 320 labels per
            prompt; tabular policies are trained with DPO (the sigmoid loss) and SLiC's hinge. Measured: the suboptimality in the regularised objective, and the
            expected reward. For the distribution of the kept samples: total variation from the target, with true rewards.""", """
            Labels are those of people, with Bradley–Terry noise; in the paper, the reward model also labels.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(100, 25), 0.1);
        double[] labels = trial.smoke() ? new double[] {80} : LABELS;
        Pairing kept =
                trial.ablation() == Ablation.ITSELF ? new RejectionSampling(BETA, 8, false) : new RandomPairs(4, true);
        Sweep left = Sweep.along(labels);
        Sweep value = Sweep.along(labels);
        left.each((n, count) -> trial.each(trial.of(10, 3), (int) count + " labels a prompt", random -> {
            int each = (int) count;
            Bandit world = Bandit.normal(PROMPTS, RESPONSES, 1, random);
            double[][] model = Sampled.noisy(world, 0.3, random);
            double[][] uniform = Simplex.rows(PROMPTS, Simplex.uniform(RESPONSES));
            RandomPairs two = new RandomPairs(4, true);
            SequencedMap<String, PairData> data = new LinkedHashMap<>();
            data.put("kept", new Sampled(world, world.reference(), 64, model).labelled(kept, PROMPTS, each, random));
            data.put("sft", new Sampled(world, world.reference(), 8, model).labelled(two, PROMPTS, each, random));
            data.put("others'", new Sampled(world, uniform, 8, model).labelled(two, PROMPTS, each, random));
            for (Loss own : List.of(new Dpo(BETA, 0), new Slic(BETA))) {
                data.forEach((from, pairs) -> {
                    Loss loss = trial.ablation() == Ablation.NOTHING ? trial.subject(own, BETA) : own;
                    double[][] policy = world.learn(trainer, loss, pairs.examples());
                    String arm = (own instanceof Dpo ? "dpo, " : "slic, ") + from;
                    left.add(arm, n, world.shortfall(policy, BETA));
                    value.add(arm, n, world.value(policy));
                });
            }
        }));
        Sweep dpo = left.of("dpo, kept", "dpo, sft", "dpo, others'");
        double[] law = law(trial);
        return Findings.of(
                        dpo.table("regularised objective left", "labels", 3, n -> (int) n + " labels per prompt"),
                        value.table("expected reward", "labels", 3, n -> (int) n + " labels per prompt"),
                        Figures.of(
                                        "total variation from the optimal policy, largest over prompts",
                                        3,
                                        "drawn | distance")
                                .row("the SFT policy itself", Measured.of(law[0]))
                                .row("8 kept of 64", Measured.of(law[1]))
                                .row("8 kept of 1,024", Measured.of(law[2])))
                .with(dpo.curve(
                        "Which pairs are worth a label",
                        "DPO; the band is over seeds.",
                        Axis.of("labels per prompt"),
                        Axis.of("regularised objective left").fromZero()))
                .core(
                        "what is kept of many candidates follows the optimal policy, sampling noise of 0.03 aside",
                        law[2] < 0.03 && law[0] > 0.15)
                .core(
                        "with the sigmoid loss, labels on what is kept leave less than the others do",
                        dpo.less("dpo, kept", "dpo, sft") && dpo.less("dpo, kept", "dpo, others'"))
                .also(
                        "with the hinge they earn more reward than the others do",
                        value.less("slic, sft", "slic, kept") && value.less("slic, others'", "slic, kept"))
                .also("pairs of the SFT policy leave less than another policy's", dpo.less("dpo, sft", "dpo, others'"));
    }

    /** Total variation from the target: of the initial policy, of 8 samples of 64, and of 8 of 1,024. */
    private static double[] law(Trial trial) {
        RandomGenerator random = trial.random("law", 0);
        Bandit world = Bandit.normal(PROMPTS, RESPONSES, 1, random);
        double[][] optimum = world.optimum(BETA);
        double[] far = new double[3];
        int[] candidates = {0, 64, 1024};
        RejectionSampling sampling = new RejectionSampling(trial.ablation() == Ablation.ITSELF ? BETA : 1e9, 8, false);
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
