package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Vpo;
import org.thurstone.train.loss.pair.Vpo.Attitude;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.GrowingData;
import org.thurstone.worlds.bandit.GrowingData.SecondResponse;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;

/** VPO's two signs: optimism while labels can still be had, pessimism where they cannot. */
@Method(
        name = "two-attitudes",
        kind = "replication",
        papers = "2405.19320",
        source = "arXiv:2405.19320",
        summary = "VPO: optimism has less regret than online DPO; pessimism is closer to the optimum than "
                + "DPO on few pairs")
public record TwoAttitudes() implements Replication {

    private static final double BETA = 0.2;
    /** For each prompt in a round. */
    private static final int LABELS = 4;

    @Override
    public Description about() {
        return new Description("""
            VPO adds the value that the fitted reward predicts to DPO's loss. With one sign this makes the learner optimistic, with the other pessimistic. Online, the
            regret of optimism grows more slowly than linearly in the number of labels, while online DPO may keep losing reward because of responses that it never
            tried. Offline, pessimism is closer to the regularised optimum than DPO on few pairs with uneven coverage, and not further from it on many.""", """
            `bandit`: one prompt × 12 responses, β = 0.2. Online: eight responses are equally likely under the reference and have normal rewards with standard deviation
            ½; four have a probability of 0.003 each, and one of these has a reward of 3, the others −1. Four labels per round, after which the policy is trained on all
            labels so far; VPO with α = 0.1 and one sample of the reference for each pair as calibration. Measured: regret in the regularised objective E r − β·KL,
            summed over labels. Offline: normal rewards; the reference, whose samples are compared, is skewed, so that some responses are rare; 20, 80 or 320 pairs per
            world; VPO with α = √(20/pairs), calibrated on chosen answers; DPO also with the best of β = 0.2, 0.5 and 1 for each number of pairs, chosen with knowledge
            of the true reward. Losses are minimised almost to convergence (400 steps), as in the theory, because early stopping would also be a form of pessimism.
            Measured: the suboptimality in the regularised objective.""", """
            The paper's language models are trained for question answering, summaries and dialogues; here its theory is tested. Online, α is constant, while in the
            theory it depends on the number of labels. With a table, only the optimiser's steps limit optimism about unlabelled responses. Optimism is tested where it
            matters, with a rare best response; its cost elsewhere is not tested. The dependence of α on the number of pairs, the steps and the numbers of worlds were
            chosen on other seeds: with a constant α = 1, pessimism was worse there than DPO from 80 pairs on.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(50, 25);
        Sweep regret = online(trial, steps);
        Sweep power = Sweep.along(steps / 2.0, steps);
        regret.arms().forEach(arm -> {
            power.add(arm, 0, regret.values(arm, steps / 2));
            power.add(arm, 1, regret.values(arm, steps));
        });
        Sweep powers = power.powers();
        Sweep left = offline(trial, trial.smoke() ? new double[] {20} : new double[] {20, 80, 320});
        Findings findings = Findings.of(
                        Figures.of(
                                        "online, " + LABELS * steps + " labels",
                                        2,
                                        "method | regret, sum | its power in the labels, second half")
                                .arms(regret.arms(), regret::end, powers::end),
                        left.table("offline: regularised objective left", "data", 3, n -> (int) n + " pairs"))
                .with(
                        regret.curve(
                                "Regret so far",
                                "The band is over worlds.",
                                Axis.of("rounds of four labels"),
                                Axis.of("sum of regret").fromZero()),
                        left.scaled(Math::log10)
                                .curve(
                                        "What is left, offline",
                                        "The band is over worlds.",
                                        "log₁₀ of pairs per prompt",
                                        "regularised objective left"))
                .core(
                        "online the optimist's regret is smaller than online DPO's",
                        regret.less("vpo", "online-dpo", steps))
                .core("offline, from 20 pairs, the pessimist leaves less than DPO", left.less("vpo", "dpo", 0));
        return trial.smoke()
                ? findings
                : findings.also(
                                "online the optimist's sum grows less than in proportion to the labels: the power is"
                                        + " below 0.8",
                                powers.end("vpo").below(0.8))
                        .also(
                                "offline, from 20 pairs, it leaves less than DPO with the best β",
                                left.less("vpo", "dpo, best β", 0))
                        .also(
                                "from the most pairs it leaves no more than DPO",
                                !left.better("vpo", "dpo", left.last()));
    }

    /** The sum of regrets after each round. */
    private static Sweep online(Trial trial, int steps) {
        Bandit world = Bandit.together(trial.seeds(trial.of(20, 8), "online", random -> Bandit.rare(0.003, random)));
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("vpo", trial.subject(new Vpo(BETA, 0.1, Attitude.OPTIMISTIC, 1), BETA));
        losses.put("online-dpo", new Dpo(BETA, 0));
        Sweep regret = Sweep.counting(steps + 1);
        losses.forEach((name, loss) -> {
            List<double[][]> path = new GrowingData(steps, LABELS, OfflineTrainer.whole(trial.of(20, 12), 0.5))
                    .play(loss, world, SecondResponse.OWN, trial.random("draws", 0));
            double[] sum = new double[world.prompts()];
            regret.add(name, 0, sum);
            for (int t = 1; t <= steps; t++) {
                double[] left = world.shortfalls(path.get(t - 1), BETA);
                Arrays.setAll(sum, s -> sum[s] + LABELS * left[s]);
                regret.add(name, t, sum);
            }
        });
        return regret;
    }

    private static Sweep offline(Trial trial, double[] sizes) {
        int seeds = trial.of(150, 80);
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(400, 250), 0.1);
        Sweep left = Sweep.along(sizes);
        left.each((n, size) -> {
            trial.progress().step("pairs", n, sizes.length, "");
            Bandit world = Bandit.together(trial.seeds(seeds, "offline", random -> Bandit.normal(1, 12, 1.5, random)));
            List<TrainingExample> examples = PairData.drawn(
                            world, world.reference(), ((int) size) * seeds, 0, trial.random("pairs", n))
                    .examples();
            Loss pessimist = trial.subject(new Vpo(BETA, Math.sqrt(sizes[0] / size), Attitude.PESSIMISTIC, 1), BETA);
            left.add("vpo", n, world.shortfalls(world.learn(trainer, pessimist, examples), BETA));
            List<double[]> plain = Arrays.stream(trial.smoke() ? new double[] {BETA} : new double[] {BETA, 0.5, 1})
                    .mapToObj(beta -> world.shortfalls(world.learn(trainer, new Dpo(beta, 0), examples), BETA))
                    .toList();
            left.add("dpo", n, plain.getFirst());
            left.add("dpo, best β", n, Measured.least(plain));
        });
        return left;
    }
}
