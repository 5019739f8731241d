package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Slope;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.method.Inpo;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Preferences;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** INPO in games that go round in circles. */
@Method(
        name = "nash-by-regression",
        kind = "replication",
        rows = {11},
        source = "arXiv:2407.00617",
        summary = "INPO goes to the Nash policy of cyclic preferences, which iterative DPO does not")
public record NashByRegression() implements Replication {

    private static final double TAU = 0.1;
    private static final int RESPONSES = 5;

    @Override
    public String claim() {
        return """
            Where preferences follow no reward, regressing on pairs of the policy's own answers, held to the last iterate and to the
            reference, is mirror descent to the Nash policy of the regularised game: the last iterate's divergence from it falls at least
            like 1/T with steps of decreasing size (η_t = τ(t + 2)/2), and the duality gap goes to 0. Iterated DPO, which assumes a reward,
            does not get there.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: one prompt × 5 responses in a circle in which each beats two others with probability 0.95, bent by a random matrix (a fifth
            of the weight) and a random reference; τ = 0.1. Each iteration's regression is minimised to its end on exact expectations. Measured:
            the regularised duality gap and KL(π* ‖ π_T), π* by an independent solver.\
            """;
    }

    @Override
    public String differs() {
        return "No language model; online DPO stands for iterative DPO, with the same reference, β = τ and as many"
                + " gradient steps.";
    }

    private record Ends(double[] kl, double inpoGap, double dpoGap) {}

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(12, 6);
        int steps = trial.of(40, 28);
        List<Ends> found = ends(trial, seeds, steps);
        double[] inpo = found.stream().mapToDouble(Ends::inpoGap).toArray();
        double[] dpo = found.stream().mapToDouble(Ends::dpoGap).toArray();
        int from = steps / 4;
        double[] t = new double[steps + 1 - from];
        for (int i = 0; i < t.length; i++) {
            t[i] = from + i;
        }
        Measured power = Measured.of(found.stream()
                .mapToDouble(e -> Slope.power(t, Arrays.copyOfRange(e.kl(), from, steps + 1)))
                .toArray());
        SequencedMap<String, double[][]> course = new LinkedHashMap<>();
        course.put(
                "inpo",
                found.stream()
                        .map(e -> Arrays.stream(e.kl()).map(Math::log10).toArray())
                        .toArray(double[][]::new));
        return new Findings(
                List.of(
                        new Figures(
                                "regularised duality gap at the end",
                                "method",
                                List.of("gap"),
                                List.of(
                                        Figures.Row.of("inpo", Measured.of(inpo)),
                                        Figures.Row.of("online-dpo", Measured.of(dpo))),
                                4),
                        new Figures(
                                "power of INPO's divergence from the Nash policy in the number of iterations",
                                "",
                                List.of("fitted power"),
                                List.of(Figures.Row.of("KL(π* ‖ π_T)", power)),
                                2)),
                List.of(Curves.of(
                        "INPO's divergence from the Nash policy",
                        "The band is over games.",
                        Axis.of("iteration"),
                        Axis.of("log₁₀ KL(π* ‖ π_T)"),
                        Curves.counting(steps + 1),
                        course)),
                List.of(
                        Check.core(
                                "INPO's gap is below a hundredth",
                                Measured.of(inpo).below(0.01)),
                        Check.core(
                                "iterated DPO's gap is larger (by logarithms)",
                                Measured.difference(logs(inpo), logs(dpo)).below(0)),
                        Check.core("the divergence falls at least like 1/T", power.mean() <= -0.9)),
                List.of());
    }

    private static double[] logs(double[] gaps) {
        return Arrays.stream(gaps).map(Math::log10).toArray();
    }

    /** For each game. Prompts have nothing in common in a table: each game is one. */
    private static List<Ends> ends(Trial trial, int seeds, int steps) {
        Bandit world = Bandit.together(trial.seeds(
                seeds,
                "cyclic games",
                random -> Bandit.preferring(
                        Simplex.random(1, RESPONSES, 1, random),
                        Preferences.groups(
                                new double[] {0.8, 0.2},
                                Preferences.cyclic(RESPONSES, 0.95),
                                Preferences.random(RESPONSES, random)))));
        double[][] nash =
                IntStream.range(0, seeds).mapToObj(x -> world.game(x).nash(TAU)).toArray(double[][]::new);
        trial.progress().say("iterations of INPO");
        List<double[][]> path = Rounds.of(Bandit.POLICY, Rounds.stage(Bandit.POLICY, i -> {
                    int t = i.number();
                    OnlineMethod method = trial.subject(new Inpo(TAU * (t + 2) / 2, TAU), TAU);
                    return SelfPlay.minimised(1, trial.of(50, 40), 0.25)
                            .play(method, world, i.current(), trial.random("exact", t))
                            .getLast();
                }))
                .policies(steps, world.reference());
        double[][] inpo = path.getLast();
        double[][] other = SelfPlay.exact(20 * steps, 0.8)
                .play(new OnlineDpo(TAU), world, world.reference(), trial.random("exact", 0))
                .getLast();
        return IntStream.range(0, seeds)
                .mapToObj(x -> new Ends(
                        path.stream()
                                .mapToDouble(p -> Simplex.divergence(nash[x], p[x]))
                                .toArray(),
                        world.game(x).gap(inpo[x], TAU),
                        world.game(x).gap(other[x], TAU)))
                .toList();
    }
}
