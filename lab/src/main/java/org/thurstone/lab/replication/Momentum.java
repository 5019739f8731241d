package org.thurstone.lab.replication;

import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.feedback.Shuffle;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.loop.Output;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.Simplex;
import org.thurstone.worlds.language.extrapolation.Nesterov;

/** Nesterov's extrapolation between iterations of DPO. */
@Method(
        name = "momentum",
        kind = "replication",
        papers = "2410.06293",
        source = "arXiv:2410.06293",
        summary = "Nesterov extrapolation between iterations accelerates iterated DPO")
public record Momentum() implements Replication {

    private static final double[] BETAS = {1, 2, 4};
    private static final double[] ALPHAS = {0, 0.3, 0.5};
    private static final int RESPONSES = 6;
    private static final String PLAIN = "iterated dpo";
    /** The band of regret that is crossed, in shares of the regret at the start. */
    private static final double FROM = 0.25;

    private static final double TO = 0.025;

    @Override
    public Description about() {
        return new Description("""
            Iterated DPO is a proximal point method. Nesterov extrapolation, from the result of the last iteration through the result of this one, with a constant α,
            accelerates it: the suboptimality falls 1/(1 − α) times as fast as iterated DPO's, for any step size.""", """
            `bandit`: 6 responses with rewards 0 to 1 in equal steps in random order, and a random initial policy. Each iteration trains a table with DPO, with the
            policy at the start of the iteration as reference, on all pairs with their Bradley–Terry probabilities, and extrapolates the parameters by α = 0, 0.3, 0.5;
            β = 1, 2, 4, which determines the step size (1/β). Measured: the number of iterations that reduce the regret from a quarter of its initial value to a
            fortieth, with log-linear interpolation within an iteration.""", """
            No sampling, so that the rate can be observed; the paper's experiments are three iterations of a language model. SPPO, which the paper also accelerates, is
            not tested. An earlier version compared slopes of the logarithm over the same iterations. Since regret falls slowly at first and faster later, it compared
            different phases of the runs.""");
    }

    /** A policy, and what was learned before it was extrapolated. */
    private record Iterate(double[][] policy, double[][] estimate) {}

    private static final Output<Iterate> ITERATE = Rounds.output("iterate", Iterate.class);

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(100, 40);
        // Prompts have nothing in common in a table: each seed is one.
        Bandit world = Bandit.together(trial.seeds(trial.of(12, 5), "worlds", random -> {
            List<Integer> order =
                    Shuffle.of(IntStream.range(0, RESPONSES).boxed().toList(), random);
            double[] reward =
                    order.stream().mapToDouble(i -> i / (RESPONSES - 1.0)).toArray();
            return Bandit.rewarded(Simplex.random(1, RESPONSES, 0.5, random), new double[][] {reward});
        }));
        Figures table = Figures.of(
                "iterations from a quarter of the first regret to a fortieth",
                2,
                "step and extrapolation | iterations | times as fast as iterated DPO | 1/(1 − α)");
        Findings findings = Findings.of();
        boolean fewer = true;
        boolean asFast = true;
        for (double beta : trial.smoke() ? new double[] {1} : BETAS) {
            int rounds = (int) (trial.of(24, 12) * beta);
            Sweep logs = Sweep.counting(rounds + 1);
            Sweep crossed = Sweep.once();
            for (double alpha : ALPHAS) {
                trial.progress().say("β = " + beta + ", α = " + alpha);
                String arm = alpha == 0 ? PLAIN : "α = " + alpha;
                for (double[] course : logs(trial, world, beta, alpha, rounds, steps)) {
                    logs.add(arm, course);
                    crossed.add(arm, Curves.reached(course, Math.log10(TO)) - Curves.reached(course, Math.log10(FROM)));
                }
                double[] plain = crossed.values(PLAIN);
                double[] mine = crossed.values(arm);
                Measured times = Measured.of(world.each(s -> plain[s] / mine[s]));
                table = table.row(
                        "β = %.0f, α = %.1f".formatted(beta, alpha),
                        crossed.end(arm),
                        times,
                        Measured.of(1 / (1 - alpha)));
                fewer &= alpha == 0 || crossed.less(arm, PLAIN);
                asFast &= Math.abs(times.mean() * (1 - alpha) - 1) < 0.15;
            }
            findings = findings.with(logs.curve(
                    "Regret, β = %.0f".formatted(beta),
                    "The band is over worlds.",
                    "iteration",
                    "log₁₀ of the share of the first regret"));
        }
        return findings.with(table)
                .core("with each step and each α the band is crossed in fewer iterations", fewer)
                .core("1/(1 − α) times as fast, within 15 %", asFast);
    }

    /** (worlds × rounds + 1): log₁₀ of the regret as a share of the first. */
    private static double[][] logs(Trial trial, Bandit world, double beta, double alpha, int rounds, int steps) {
        boolean extrapolated = alpha > 0 && trial.ablation() == Ablation.ITSELF;
        Loss loss = alpha == 0 ? new Dpo(beta, 0) : trial.subject(new Dpo(beta, 0), beta);
        double[][] reward = world.reward().orElseThrow();
        double[][] uniform = Simplex.rows(world.prompts(), Simplex.uniform(RESPONSES));
        List<TrainingExample> data = PairData.expected(world, uniform, 0).votes();
        double[][] start = world.reference();
        List<Iterate> path = Rounds.of(ITERATE, Rounds.stage(ITERATE, i -> {
                    Iterate now = i.current();
                    try (ExactPolicy policy = ExactPolicy.table(now.policy);
                            ExactPolicy earlier = ExactPolicy.table(now.estimate)) {
                        double[][] estimate = OfflineTrainer.whole(steps, 0.05).train(policy, loss, now.policy, data);
                        if (extrapolated) {
                            new Nesterov(alpha)
                                    .move(
                                            policy.policy().parameters(),
                                            earlier.policy().parameters());
                        }
                        return new Iterate(policy.probabilities(), estimate);
                    }
                }))
                .policies(rounds, new Iterate(start, start));
        return IntStream.range(0, world.prompts())
                .mapToObj(x -> path.stream()
                        .mapToDouble(i -> Math.log10(
                                (1 - Simplex.mean(i.policy[x], reward[x])) / (1 - Simplex.mean(start[x], reward[x]))))
                        .toArray())
                .toArray(double[][]::new);
    }
}
