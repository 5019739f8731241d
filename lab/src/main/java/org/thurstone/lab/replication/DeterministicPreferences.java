package org.thurstone.lab.replication;

import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** IPO and DPO with deterministic preferences. */
@Method(
        name = "deterministic-preferences",
        kind = "replication",
        papers = "2310.12036",
        source = "arXiv:2310.12036, section 5",
        summary = "with deterministic preferences, IPO stays close to the reference and DPO collapses")
public record DeterministicPreferences() implements Replication {

    private static final double[] TAUS = {0.1, 0.3, 1, 2};
    private static final String EXACT = "ipo's exact optimum";
    private static final String EARLY = "dpo, a quarter of the steps";

    @Override
    public Description about() {
        return new Description("""
            With deterministic preferences, DPO's margins have no finite optimum: for any β, the policy converges to the winner alone and the reference is forgotten.
            IPO's target is finite, so that τ has an effect: the larger it is, the closer the policy stays to the reference, at convergence too.""", """
            `bandit`: one prompt × 3 responses; the first always beats the other two, and the second always beats the third; the reference policy is random. The data
            are all three pairs; tabular policies, full-batch training. Measured: the final probability of the winner, compared with the solution of IPO's normal
            equations (solved without training).""", """
            The paper's example, with random reference policies instead of the uniform one, and with AdamW.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(20, 6);
        int steps = trial.of(800, 200);
        double[] taus = trial.smoke() ? new double[] {0.3, 1} : TAUS;
        // Prompts have nothing in common in a table: each seed is one.
        double[][] references = trial.seeds(seeds, "references", random -> Simplex.random(1, 3, 0.5, random)[0])
                .toArray(double[][]::new);
        Bandit world = Bandit.rewarded(references, references);
        PairData data = PairData.none(world);
        for (int s = 0; s < seeds; s++) {
            data.add(s, 0, 1, 1);
            data.add(s, 1, 2, 1);
            data.add(s, 0, 2, 1);
        }
        Sweep winner = Sweep.along(taus);
        winner.each((t, tau) -> {
            trial.progress().step("τ", t, taus.length, "");
            double[][] ipo = world.learn(
                    OfflineTrainer.whole(steps, 0.1), trial.subject(new Ipo(tau, false), tau), data.examples());
            double[][] early = world.learn(OfflineTrainer.whole(steps / 4, 0.1), new Dpo(tau, 0), data.examples());
            double[][] dpo = world.learn(OfflineTrainer.whole(steps, 0.1), new Dpo(tau, 0), data.examples());
            // Least squares of three equal differences: the winner rises by two thirds of a target, the loser falls
            // by as much.
            double by = 2 / 3.0 / (2 * tau);
            winner.add("ipo", t, world.each(x -> ipo[x][0]));
            winner.add(EXACT, t, world.each(x -> Simplex.tilted(references[x], new double[] {1, 0, -1}, by)[0]));
            winner.add(EARLY, t, world.each(x -> early[x][0]));
            winner.add("dpo", t, world.each(x -> dpo[x][0]));
            winner.add("reference", t, world.each(x -> references[x][0]));
        });
        return Findings.of(winner.table("probability of the winner at the end", "τ, or β", 4, tau -> "τ = " + tau))
                .with(winner.of("ipo", "dpo", "reference")
                        .curve(
                                "Where everybody agrees",
                                "The band is over references.",
                                Axis.of("τ of IPO, β of DPO"),
                                Axis.percent("probability of the winner at the end")))
                .core(
                        "DPO is on its way to the winner alone at every β: four times the steps leave the"
                                + " others less than half as much",
                        winner.everywhere(t -> 1 - winner.at("dpo", t).mean()
                                < (1 - winner.at(EARLY, t).mean()) / 2))
                .core(
                        "IPO ends at the optimum that its normal equations give",
                        winner.everywhere(
                                t -> Math.abs(winner.difference("ipo", EXACT, t).mean()) < 1e-3))
                .core(
                        "a larger τ keeps IPO nearer to the reference",
                        winner.everywhere(t -> t == 0
                                || Measured.difference(winner.values("ipo", t), winner.values("ipo", t - 1))
                                        .below(0)))
                .note("DPO's descent slows down as its margin grows, the more so the larger β: nothing but the"
                        + " number of steps stops it.");
    }
}
