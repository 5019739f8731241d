package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
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
        rows = {70},
        source = "arXiv:2312.00886",
        summary = "Nash-MD's last iterate settles beside the regularised Nash policy, the nearer the less of the"
                + " reference is in its opponent")
public record NashMixture() implements Replication {

    private static final double BETA = 0.1;

    @Override
    public String claim() {
        return """
            A policy that climbs its probability of winning against a geometric mixture of itself and the reference, less β times its divergence
            from the reference, settles in its last iterate, also where preferences go round in circles. With a small share of the reference in
            the mixture it settles at the regularised Nash policy; playing against the reference alone (as reinforcement learning from a model
            of preferences over it does) ends elsewhere.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: one prompt × 3 responses that beat one another in a circle with drawn probabilities between 0.7 and 0.95, a drawn reference,
            β = 0.1; policy gradients on exact expectations, shares of the reference from 0 to 1. Measured: the regularised duality gap of the last
            iterate, how far it still moves, and its distance from the fixed point that the share should have (found apart, by damped iteration).\
            """;
    }

    @Override
    public String differs() {
        return """
            The practical form, Nash-MD-PG, with a constant share; the algorithm of the paper's theorem has steps that decrease, whose share tends to 0.
            The paper's comparison on summaries is not tried.\
            """;
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(12, 6);
        int steps = trial.of(500, 300);
        double[] shares = trial.smoke() ? new double[] {0.125, 0.5, 1} : new double[] {0, 0.125, 0.25, 0.5, 1};
        Bandit world = Bandit.together(trial.seeds(seeds, "games", random -> {
            double a = random.nextDouble(0.7, 0.95);
            double b = random.nextDouble(0.7, 0.95);
            double c = random.nextDouble(0.7, 0.95);
            double[][] circle = {{0.5, a, 1 - c}, {1 - a, 0.5, b}, {c, 1 - b, 0.5}};
            return Bandit.preferring(Simplex.random(1, 3, 0.7, random), circle);
        }));
        double[][] gaps = new double[seeds][shares.length];
        double[][] moved = new double[seeds][shares.length];
        double[][] off = new double[seeds][shares.length];
        for (int k = 0; k < shares.length; k++) {
            trial.progress().step("shares", k, shares.length, "");
            List<double[][]> path = SelfPlay.exact(steps, 3)
                    .play(
                            trial.subject(new NashMd(BETA, shares[k]), BETA),
                            world,
                            world.reference(),
                            trial.random("exact", k));
            for (int s = 0; s < seeds; s++) {
                double[] end = path.getLast()[s];
                gaps[s][k] = world.game(s).gap(end, BETA);
                moved[s][k] = Simplex.distance(end, path.get(path.size() - 11)[s]);
                off[s][k] = Simplex.distance(end, fixedPoint(world.game(s), shares[k]));
            }
        }
        return findings(shares, gaps, moved, off);
    }

    private static Findings findings(double[] shares, double[][] gaps, double[][] moved, double[][] off) {
        List<Figures.Row> rows = new ArrayList<>();
        boolean settled = true;
        boolean met = true;
        boolean ordered = true;
        for (int k = 0; k < shares.length; k++) {
            rows.add(Figures.Row.of(
                    Double.toString(shares[k]), Curves.at(gaps, k), Curves.at(moved, k), Curves.at(off, k)));
            settled &= Curves.at(moved, k).mean() < 0.01;
            met &= Curves.at(off, k).mean() < 0.02;
            ordered &= k == 0
                    || Measured.difference(Curves.column(gaps, k - 1), Curves.column(gaps, k))
                                    .mean()
                            < 0;
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        lines.put("nash-md", gaps);
        int small = shares.length > 3 ? 1 : 0;
        return new Findings(
                List.of(new Figures(
                        "the last iterate",
                        "share of the reference",
                        List.of("regularised duality gap", "moved in the last ten steps", "off its fixed point"),
                        rows,
                        4)),
                List.of(Curves.of(
                        "Duality gap by share",
                        "The band is over games.",
                        Axis.of("share of the reference in the opponent"),
                        Axis.of("regularised duality gap").fromZero(),
                        shares,
                        lines)),
                List.of(
                        Check.core("the last iterate has settled, at every share", settled),
                        Check.core("it has settled where the share's fixed point is", met),
                        Check.core(
                                "with a share of " + shares[small]
                                        + " the gap is less than a quarter of that of playing the reference alone",
                                Curves.at(gaps, small).mean()
                                        < 0.25
                                                * Curves.at(gaps, shares.length - 1)
                                                        .mean()),
                        Check.also("the less of the reference, the smaller the gap", ordered)),
                List.of());
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
