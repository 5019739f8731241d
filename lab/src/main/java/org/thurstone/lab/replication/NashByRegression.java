package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Slope;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.method.Inpo;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Preferences;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** INPO in games with cyclic preferences. */
@Method(
        name = "nash-by-regression",
        kind = "replication",
        papers = "2407.00617",
        source = "arXiv:2407.00617",
        summary = "INPO converges to the Nash policy of cyclic preferences, which iterative DPO does not")
public record NashByRegression() implements Replication {

    private static final double TAU = 0.1;
    private static final int RESPONSES = 5;

    @Override
    public Description about() {
        return new Description("""
            If preferences are not determined by a reward, regression on pairs of the policy's own samples, regularised towards the last iterate and towards the
            reference, is mirror descent to the Nash policy of the regularised game: the divergence of the last iterate from it falls at least as 1/T with decreasing
            step sizes (η_t = τ(t + 2)/2), and the duality gap tends to 0. Iterated DPO, which assumes a reward, does not converge to it.""", """
            `bandit`: one prompt × 5 responses with cyclic preferences, in which each response beats two others with probability 0.95, perturbed by a random matrix (a
            fifth of the weight), and a random reference policy; τ = 0.1. The regression of each iteration is minimised to convergence on exact expectations. Measured:
            the regularised duality gap and KL(π* ‖ π_T), with π* from an independent solver.""", """
            No language model. Online DPO represents iterative DPO, with the same reference, β = τ and the same number of gradient steps.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(40, 24);
        // Prompts have nothing in common in a table: each game is one.
        Bandit world = Bandit.together(trial.seeds(
                trial.of(12, 6),
                "cyclic games",
                random -> Bandit.preferring(
                        Simplex.random(1, RESPONSES, 1, random),
                        Preferences.groups(
                                new double[] {0.8, 0.2},
                                Preferences.cyclic(RESPONSES, 0.95),
                                Preferences.random(RESPONSES, random)))));
        double[][] nash = IntStream.range(0, world.prompts())
                .mapToObj(x -> world.game(x).nash(TAU))
                .toArray(double[][]::new);
        trial.progress().say("iterations of INPO");
        List<double[][]> path = Rounds.of(Bandit.POLICY, Rounds.stage(Bandit.POLICY, i -> {
                    int t = i.number();
                    OnlineMethod method = trial.subject(new Inpo(TAU * (t + 2) / 2, TAU), TAU);
                    return SelfPlay.minimised(1, trial.of(50, 30), 0.25)
                            .play(method, world, i.current(), trial.random("exact", t))
                            .getLast();
                }))
                .policies(steps, world.reference());
        double[][] dpo = SelfPlay.exact(20 * steps, 0.8)
                .play(new OnlineDpo(TAU), world, world.reference(), trial.random("exact", 0))
                .getLast();
        Sweep far = Sweep.counting(steps + 1);
        far.each((t, step) -> far.add("inpo", t, world.each(x -> Simplex.divergence(nash[x], path.get(t)[x]))));
        Sweep gap = Sweep.once();
        gap.add("inpo", 0, world.each(x -> world.game(x).gap(path.getLast()[x], TAU)));
        gap.add("online-dpo", 0, world.each(x -> world.game(x).gap(dpo[x], TAU)));
        int from = steps / 4;
        double[] late = IntStream.rangeClosed(from, steps).asDoubleStream().toArray();
        Measured power = Measured.of(world.each(
                x -> Slope.power(late, Arrays.copyOfRange(far.course("inpo", x), from, steps + 1))));
        return Findings.of(
                        Figures.of("regularised duality gap at the end", 4, "method | gap")
                                .arms(gap.arms(), gap::end),
                        Figures.of(
                                        "power of INPO's divergence from the Nash policy in the number of iterations",
                                        2,
                                        " | fitted power")
                                .row("KL(π* ‖ π_T)", power))
                .with(far.map(Math::log10)
                        .curve(
                                "INPO's divergence from the Nash policy",
                                "The band is over games.",
                                "iteration",
                                "log₁₀ KL(π* ‖ π_T)"))
                .core("INPO's gap is below a hundredth", gap.end("inpo").below(0.01))
                .core(
                        "iterated DPO's gap is larger (by logarithms)",
                        gap.map(Math::log10).less("inpo", "online-dpo"))
                .core("the divergence falls at least like 1/T", power.mean() <= -0.9);
    }
}
