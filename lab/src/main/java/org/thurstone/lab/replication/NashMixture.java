package org.thurstone.lab.replication;

import java.util.List;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.online.method.NashMd;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Game;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** Nash-MD's last iterate, by the share of the reference in its opponent. */
@Method(
        name = "nash-mixture",
        kind = "replication",
        papers = "2312.00886",
        source = "arXiv:2312.00886",
        summary = "Nash-MD's last iterate converges near the regularised Nash policy; the less of the "
                + "reference its opponent contains, the nearer")
public record NashMixture() implements Replication {

    private static final double BETA = 0.1;

    @Override
    public Description about() {
        return new Description("""
            A policy is trained to maximise its probability of winning against a geometric mixture of itself and the reference policy, minus β times its divergence from
            the reference. Its last iterate converges, even with cyclic preferences. With a small share of the reference in the mixture, it converges to the regularised
            Nash policy; playing against the reference alone (as reinforcement learning from a preference model does) converges elsewhere.""", """
            `bandit`: one prompt × 3 responses with cyclic preferences of random probabilities between 0.7 and 0.95, and a random reference policy, β = 0.1; policy
            gradients on exact expectations, with shares of the reference from 0 to 1. Measured: the regularised duality gap of the last iterate, how much it still
            changes, and its distance from the fixed point that belongs to the share (computed separately, by damped iteration).""", """
            The practical form, Nash-MD-PG, with a constant share. The paper's theorem is about an algorithm with decreasing steps, whose share tends to 0. The paper's
            comparison on summaries is not tested.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(500, 150);
        double[] shares = trial.smoke() ? new double[] {0.125, 0.5, 1} : new double[] {0, 0.125, 0.25, 0.5, 1};
        Bandit world = Bandit.together(trial.seeds(trial.of(12, 6), "games", Bandit::circle));
        Sweep gap = Sweep.along(shares);
        Sweep moved = Sweep.along(shares);
        Sweep off = Sweep.along(shares);
        gap.each((k, share) -> {
            trial.progress().step("shares", k, shares.length, "");
            List<double[][]> path = SelfPlay.exact(steps, 3)
                    .play(
                            trial.subject(new NashMd(BETA, share), BETA),
                            world,
                            world.reference(),
                            trial.random("exact", k));
            double[][] end = path.getLast();
            gap.add("nash-md", k, world.each(s -> world.game(s).gap(end[s], BETA)));
            moved.add("nash-md", k, world.each(s -> Simplex.distance(end[s], path.get(steps - 10)[s])));
            off.add("nash-md", k, world.each(s -> Simplex.distance(end[s], fixedPoint(world.game(s), share))));
        });
        int small = shares.length > 3 ? 1 : 0;
        return Findings.of(Figures.of(
                                "the last iterate",
                                4,
                                "share of the reference | regularised duality gap | moved in the last ten steps | off its fixed point")
                        .rows(
                                shares.length,
                                k -> Row.of(
                                        Double.toString(shares[k]),
                                        gap.at("nash-md", k),
                                        moved.at("nash-md", k),
                                        off.at("nash-md", k))))
                .with(gap.curve(
                        "Duality gap by share",
                        "The band is over games.",
                        Axis.of("share of the reference in the opponent"),
                        Axis.of("regularised duality gap").fromZero()))
                .core(
                        "the last iterate has settled, at every share",
                        moved.everywhere(k -> moved.at("nash-md", k).mean() < 0.01))
                .core(
                        "it has settled where the share's fixed point is",
                        off.everywhere(k -> off.at("nash-md", k).mean() < 0.02))
                .core(
                        "with a share of " + shares[small]
                                + " the gap is less than a quarter of that of playing the reference alone",
                        gap.at("nash-md", small).mean()
                                < 0.25 * gap.end("nash-md").mean())
                .also("the less of the reference, the smaller the gap", gap.grows("nash-md"));
    }

    /** Where π ∝ π_ref·exp(P(· ≻ π^(1−c)·π_ref^c)/β), by damped repetition. */
    private static double[] fixedPoint(Game game, double share) {
        double[] policy = game.reference().clone();
        for (int t = 0; t < 20_000; t++) {
            double[] logits = new double[policy.length];
            for (int y = 0; y < policy.length; y++) {
                logits[y] = (1 - share) * Math.log(policy[y]) + share * Math.log(game.reference()[y]);
            }
            double[] best = Simplex.tilted(game.reference(), game.wins(Simplex.softmax(logits)), 1 / BETA);
            for (int y = 0; y < policy.length; y++) {
                policy[y] += 0.01 * (best[y] - policy[y]);
            }
        }
        return policy;
    }
}
