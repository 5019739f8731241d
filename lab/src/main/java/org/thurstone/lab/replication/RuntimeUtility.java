package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.rank.runtime.RuntimeScore;
import org.thurstone.rank.runtime.RuntimeScore.Run;
import org.thurstone.rank.runtime.Utility;
import org.thurstone.recipe.Method;

/** Utilities of runtimes: what they mean, how they order algorithms, and how many runs estimate them. */
@Method(
        name = "runtime-utility",
        kind = "replication",
        papers = "2205.13028",
        source = "arXiv:2205.13028",
        summary =
                "the utility of an algorithm's runtimes depends on the captime's distribution, orders algorithms by it, "
                        + "and is estimated from few, capped runs")
public record RuntimeUtility() implements Replication {

    private static final double CONFIDENCE = 0.95;
    private static final int GRID = 20_000;
    private static final String STEADY = "steady: 20 s";
    private static final String RISKY = "risky: 1 s, or 10,000 s in 10 %";

    @Override
    public Description about() {
        return new Description("""
            The expected runtime of an algorithm is decided by its slowest runs, which in practice would be stopped. Its expected utility, the probability that an answer
            comes before a random captime, is not: which of two algorithms is better then depends on the distribution of captimes. If only some of its moments are known,
            the distribution of maximum entropy takes its place. From ⌈2·ln(2/δ)/ε²⌉ runs, each stopped where the utility has fallen to ε/2, the expected utility
            is known to within ε with probability 1 − δ, whatever the distribution of runtimes.""", """
            Four distributions of runtimes (exponential; log-normal with σ = 2.5; Pareto with an infinite mean; 1 s, or 10,000 s in 10 % of runs) and five of captimes with
            a mean of 60 s, each of maximum entropy under what it knows. Bounds at 95 % for ε = 0.2, 0.1 and 0.05, over 400 samples of each; truth by integration. The
            order of the risky algorithm and a steady one (20 s) for exponential captimes with means from 3 to 3,000 s. Finally, two random log-normal algorithms: one is
            chosen under a captime of which only the mean is taken into account, as exponential (maximum entropy) or as fixed at 60 s, and measured under each of the
            five: the utility lost in the worst of them.""", """
            The paper proves its bounds and has no experiments on this scale; it also treats a value of answers that changes with time, which is 1 here. That a captime of
            maximum entropy loses less in the worst case is our own test of what it is for.""");
    }

    /** Runs that are stopped at the captime, and their score; instead of it, runs are stopped early and taken for answers. */
    private static RuntimeScore sampled(
            Trial trial, DoubleUnaryOperator runtime, Utility utility, double tolerance, RandomGenerator random) {
        boolean itself = trial.ablation() == Ablation.ITSELF;
        double captime = itself ? RuntimeScore.captime(utility, tolerance) : utility.until(0.5);
        List<Run> runs = new ArrayList<>();
        for (int i = RuntimeScore.runsFor(tolerance, CONFIDENCE); i > 0; i--) {
            double time = runtime.applyAsDouble(random.nextDouble());
            runs.add(new Run(Math.min(time, captime), time <= captime || !itself));
        }
        return RuntimeScore.of(runs, utility, CONFIDENCE);
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(20, 4);
        int samples = trial.of(20, 5);
        double[] tolerances = trial.smoke() ? new double[] {0.2} : new double[] {0.2, 0.1, 0.05};
        Sweep held = Sweep.along(tolerances);
        Sweep near = Sweep.along(tolerances);
        Sweep error = Sweep.along(tolerances);
        Runtimes.ALL.forEach((times, runtime) -> Runtimes.CAPTIMES.forEach((known, utility) -> {
            String arm = times + "; " + known;
            double truth = Runtimes.mean(runtime, utility::of, GRID);
            held.each((k, tolerance) -> trial.each(seeds, arm + ", ε = " + tolerance, random -> {
                for (int i = 0; i < samples; i++) {
                    RuntimeScore score = sampled(trial, runtime, utility, tolerance, random);
                    double farthest = Math.max(truth - score.low(), score.high() - truth);
                    held.add(arm, k, score.low() <= truth && truth <= score.high() ? 1 : 0);
                    near.add(arm, k, farthest <= tolerance ? 1 : 0);
                    error.add(arm, k, Math.abs(score.estimate() - truth) / tolerance);
                }
            }));
        }));
        Sweep order = trial.smoke() ? Sweep.along(30, 3000) : Sweep.along(3, 10, 30, 100, 300, 1000, 3000);
        Sweep apart = Sweep.along(30, 3000);
        order.each((k, mean) -> trial.each(seeds, "captime " + mean, random -> {
            Utility utility = new Utility.Exponential(mean);
            RuntimeScore steady = sampled(trial, p -> 20, utility, 0.05, random);
            RuntimeScore risky = sampled(trial, Runtimes::risky, utility, 0.05, random);
            order.add(STEADY, k, steady.estimate());
            order.add(RISKY, k, risky.estimate());
            if (mean == 30) apart.add(RISKY, 0, risky.low() - steady.high());
            if (mean == 3000) apart.add(RISKY, 1, risky.high() - steady.low());
        }));
        Sweep lost = Sweep.once();
        for (String known : List.of(Runtimes.ENTROPY, Runtimes.FIXED)) {
            trial.each(seeds, "choices", random -> lost.add(known, Runtimes.lost(known, trial.of(200, 20), random)));
        }
        return Findings.of(
                        Figures.of(
                                        "bounds and estimates at ε = " + tolerances[held.last()],
                                        3,
                                        "runtimes; captime | bounds hold | bounds within ε | error / ε")
                                .arms(held.arms(), held::end, near::end, error::end),
                        order.table("expected utility", "mean of an exponential captime", 3, mean -> (int) mean + " s"),
                        lost.table("utility lost by choosing under a captime", "", 4, x -> "in the worst of five"))
                .with(order.scaled(Math::log10)
                        .curve(
                                "Which algorithm is better",
                                "Exponential captimes; the band is over seeds.",
                                "log₁₀ of the mean captime (s)",
                                "expected utility"))
                .core(
                        "the mean runtime prefers the steady algorithm; with captimes of 30 s on average the risky one is"
                                + " better, with 3,000 s the steady one, and the bounds do not overlap in any sample",
                        Runtimes.mean(Runtimes::risky, t -> t, GRID) > 20
                                && Arrays.stream(apart.values(RISKY, 0)).allMatch(gap -> gap > 0)
                                && Arrays.stream(apart.values(RISKY, 1)).allMatch(gap -> gap < 0))
                .core(
                        "bounds hold in at least 95 % of samples, for each distribution of runtimes and captimes",
                        held.arms().stream()
                                .allMatch(arm ->
                                        held.everywhere(k -> held.at(arm, k).mean() >= CONFIDENCE)))
                .core(
                        "and in at least 95 % they are no farther than ε from the truth",
                        near.arms().stream()
                                .allMatch(arm ->
                                        near.everywhere(k -> near.at(arm, k).mean() >= CONFIDENCE)))
                .also(
                        "the captime of maximum entropy loses less in the worst case than the fixed one",
                        lost.less(Runtimes.ENTROPY, Runtimes.FIXED, 0));
    }
}
