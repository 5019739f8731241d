package org.thurstone.lab.replication;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Series;
import org.thurstone.train.loss.single.Pmpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.Ratings;
import org.thurstone.worlds.bandit.Simplex;

/** PMPO from what was liked, from what was not, and from both. */
@Method(
        name = "one-sided",
        kind = "replication",
        papers = "2410.04166",
        source = "arXiv:2410.04166",
        summary = "PMPO learns from positives alone, from negatives alone, and best from both")
public record OneSided() implements Replication {

    private static final int RESPONSES = 6;
    private static final double[] BETAS = {0.05, 0.5, 2};

    @Override
    public Description about() {
        return new Description("""
            PMPO combines the likelihood of preferred responses, the unlikelihood of rejected ones, and the KL divergence between reference and policy. The policy
            improves from positives alone, from negatives alone and from both, and most from both. Without a sufficient KL term, the loss on negatives alone has no
            lower bound, and the policy diverges from the reference.""", """
            `bandit`: for each seed one prompt × 6 responses with a random reward and reference policy; 40 samples of the reference, each with a thumbs-up with
            probability σ(2·(r − mean)). Tabular policies, full-batch training. KL weights β from 0.05 to 2. Measured: expected reward above the reference's, and KL(π ‖
            π_ref).""", """
            No control suite and no language model; the reference is fixed.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(24, 16);
        int steps = trial.of(200, 150);
        double[] betas = trial.smoke() ? new double[] {0.05, 2} : BETAS;
        Bandit world =
                Bandit.together(trial.seeds(seeds, "worlds", random -> Bandit.uniform(RESPONSES, -1.5, 1.5, random)));
        double[][] reward = world.reward().orElseThrow();
        double[][] liked = new double[seeds][RESPONSES];
        for (int s = 0; s < seeds; s++) {
            double mean = Simplex.mean(world.reference()[s], reward[s]);
            for (int y = 0; y < RESPONSES; y++) {
                liked[s][y] = 1 / (1 + Math.exp(2 * (mean - reward[s][y])));
            }
        }
        Ratings ratings = Ratings.drawn(liked, world.reference(), 40, trial.random("ratings", 0));
        Sweep gain = Sweep.along(betas);
        Sweep moved = Sweep.along(betas);
        gain.each((k, beta) -> {
            trial.progress().step("strengths", k, betas.length, "");
            arms().forEach((arm, alpha) -> {
                double[][] end = world.learn(
                        OfflineTrainer.whole(steps, 0.05),
                        trial.subject(new Pmpo(alpha, beta), beta),
                        ratings.certain(alpha > 0, alpha < 1));
                gain.add(
                        arm,
                        k,
                        world.each(
                                s -> Simplex.mean(end[s], reward[s]) - Simplex.mean(world.reference()[s], reward[s])));
                moved.add(arm, k, world.each(s -> Simplex.divergence(end[s], world.reference()[s])));
            });
        });
        Figures table = Figures.of(
                "after training", 3, "from, and β of the divergence | reward above the reference's | KL(π ‖ π_ref)");
        for (String arm : gain.arms()) {
            table = table.rows(betas.length, k -> Row.of(arm + ", β = " + betas[k], gain.at(arm, k), moved.at(arm, k)));
        }
        Sweep best = Sweep.once();
        gain.arms().forEach(arm -> best.add(arm, 0, gain.values(arm, gain.best(arm))));
        return Findings.of(table)
                .with(new Lines(
                        "Reward above the reference's",
                        "The interval is over worlds.",
                        Axis.of("log₁₀ β"),
                        Axis.of("reward above the reference's").fromZero(),
                        gain.arms().stream()
                                .map(arm ->
                                        new Series(arm, gain.scaled(Math::log10).points(arm), !arm.equals("both")))
                                .toList()))
                .core(
                        "at its best β each of the three improves on the reference",
                        best.arms().stream().allMatch(arm -> best.end(arm).above(0)))
                .also(
                        "both together are better than either alone, each at its best β",
                        best.better("both", "positives") && best.better("both", "negatives"))
                .core(
                        "negatives alone run away at the smallest β: KL is larger there by more than 0.2 nats"
                                + " than at the largest",
                        Measured.difference(moved.values("negatives", 0), moved.values("negatives"))
                                .above(0.2));
    }

    /** What is learned from, with the weight of what was liked. */
    private static SequencedMap<String, Double> arms() {
        SequencedMap<String, Double> arms = new LinkedHashMap<>();
        arms.put("positives", 1.0);
        arms.put("negatives", 0.0);
        arms.put("both", 0.5);
        return arms;
    }
}
