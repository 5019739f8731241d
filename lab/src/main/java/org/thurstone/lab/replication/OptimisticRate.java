package org.thurstone.lab.replication;

import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.online.method.Onpo;
import org.thurstone.train.online.method.Sppo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.SelfPlay;

/** ONPO's averaged policies against those of mirror descent without optimism. */
@Method(
        name = "optimistic-rate",
        kind = "replication",
        papers = "2502.16852",
        source = "arXiv:2502.16852",
        summary = "ONPO's duality gap falls as 1/T, that of self-play without optimism as 1/√T")
public record OptimisticRate() implements Replication {

    private static final double ETA = 2;

    @Override
    public Description about() {
        return new Description("""
            Self-play by optimistic mirror descent (ONPO), whose two regressions per iteration use the same labelled pairs, has a duality gap of O(1/T) for the average
            of its policies. Mirror descent without optimism (SPPO), with the step size for T, has O(1/√T). ONPO's last iterate converges to the Nash policy, while
            SPPO's circles round it.""", """
            `bandit`: one prompt × 3 responses with cyclic preferences of three random probabilities between 0.7 and 0.95, so that the Nash policy is mixed; the initial
            policy is random, too. Regressions are minimised on exact expectations. ONPO has η = 2; SPPO, whose exact step is multiplicative weights, has a step of
            12/√T for each horizon T. Measured: the duality gap of the average policy and of the last one.""", """
            The paper's rates are upper bounds over all games; here, games are cycles of three responses, and slopes are fitted over horizons. Steps are larger than the
            theory's constants (η = 1/8 for ONPO's last iterate, √(8·ln 3/T) for mirror descent), with which the rates would show only after thousands of iterations in
            games with such moderate preferences; they depend on T as in the theory. No language model.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        double[] horizons = trial.smoke() ? new double[] {8, 16, 32} : new double[] {8, 16, 32, 64};
        int updates = trial.of(24, 14);
        int longest = (int) horizons[horizons.length - 1];
        // Prompts have nothing in common in a table: each game is one.
        Bandit world = Bandit.together(trial.seeds(trial.of(12, 6), "games", Bandit::circle));
        SplittableGenerator exact = trial.random("exact", 0);
        List<double[][]> optimistic = SelfPlay.minimised(longest, updates, 0.2)
                .play(trial.subject(new Onpo(ETA), 1), world, world.reference(), exact);
        Sweep average = Sweep.along(horizons);
        Sweep lasting = Sweep.along(horizons);
        average.each((h, horizon) -> {
            trial.progress().step("horizons", h, horizons.length, "");
            // With K = 2, the answer itself among them, win rates are halved: the exact step is 1/(2β).
            double step = 12 / Math.sqrt(horizon);
            List<double[][]> plain = SelfPlay.minimised((int) horizon, updates, 0.2)
                    .play(new Sppo(0.5 / step, 2, true), world, world.reference(), exact);
            average.add("onpo", h, world.each(x -> gap(world, x, optimistic.subList(0, (int) horizon))));
            average.add("sppo", h, world.each(x -> gap(world, x, plain.subList(0, (int) horizon))));
            lasting.add("onpo", h, world.each(x -> world.game(x).gap(optimistic.getLast()[x])));
            lasting.add("sppo", h, world.each(x -> world.game(x).gap(plain.getLast()[x])));
        });
        Sweep power = average.powers();
        return Findings.of(
                        Figures.of("power of the average policy's duality gap in T", 2, "method | fitted power")
                                .arms(power.arms(), power::end),
                        Figures.of("duality gap after T = " + longest, 4, "method | average policy | last policy")
                                .arms(average.arms(), average::end, lasting::end))
                .with(average.map(Math::log10)
                        .scaled(Math::log10)
                        .curve(
                                "Duality gap of the average policy",
                                "On logarithmic scales a rate is a slope. The band is over games.",
                                "log₁₀ T",
                                "log₁₀ gap"))
                .core(
                        "ONPO's fitted power is about −1: below −0.75",
                        power.end("onpo").mean() < -0.75)
                .core(
                        "SPPO's is nearer to −1/2: above −0.75, and above ONPO's",
                        power.end("sppo").mean() > -0.75 && power.less("onpo", "sppo"))
                .also(
                        "ONPO's last policy is nearer to the Nash policy than SPPO's last",
                        lasting.less("onpo", "sppo", lasting.last()));
    }

    /** Duality gap of the average policy. */
    private static double gap(Bandit world, int prompt, List<double[][]> path) {
        double[] mean = new double[world.responses()];
        for (double[][] policy : path) {
            for (int y = 0; y < mean.length; y++) {
                mean[y] += policy[prompt][y] / path.size();
            }
        }
        return world.game(prompt).gap(mean);
    }
}
