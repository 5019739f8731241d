package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator.SplittableGenerator;
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
import org.thurstone.train.online.method.Onpo;
import org.thurstone.train.online.method.Sppo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** ONPO's averaged policies against those of mirror descent without optimism. */
@Method(
        name = "optimistic-rate",
        kind = "replication",
        rows = {156},
        source = "optimistic online mirror descent",
        summary = "ONPO's duality gap falls like 1/T, that of self-play without optimism like 1/√T")
public record OptimisticRate() implements Replication {

    private static final double ETA = 2;
    private static final int UPDATES = 24;

    @Override
    public String claim() {
        return """
            Self-play by optimistic mirror descent, whose two regressions an iteration use the same labelled pairs, has a duality gap of
            O(1/T) for the average of its policies, where mirror descent without optimism (SPPO), with the step that suits T, has O(1/√T);
            and its last iterate goes to the Nash policy, while the other's goes round it.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: one prompt × 3 responses that beat one another in a circle, with three drawn probabilities between 0.7 and 0.95, so that the
            Nash policy is mixed and drawn; the start is drawn, too. Regressions are minimised on exact expectations. ONPO has η = 2; SPPO, whose
            exact step is multiplicative weights, has the step 12/√T for each horizon T. Measured: the duality gap of the
            average policy and of the last one.\
            """;
    }

    @Override
    public String differs() {
        return """
            The paper's rates are upper bounds on all games; here three-way circles, and slopes fitted over horizons. Steps are larger than the theory's constants
            (η = 1/8 for ONPO's last iterate, √(8·ln 3/T) for mirror descent), whose rates would begin to show only after thousands of iterations
            in games as mild as these; how they depend on T is the theory's. No language model.\
            """;
    }

    private record Course(double[] optimistic, double[] plain, double optimisticLast, double plainLast) {}

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(12, 6);
        int[] horizons = trial.smoke() ? new int[] {8, 16, 32} : new int[] {8, 16, 32, 64};
        List<Course> found = courses(trial, seeds, horizons);
        double[] t = Arrays.stream(horizons).asDoubleStream().toArray();
        Measured optimistic = Measured.of(
                found.stream().mapToDouble(c -> Slope.power(t, c.optimistic())).toArray());
        Measured plain = Measured.of(
                found.stream().mapToDouble(c -> Slope.power(t, c.plain())).toArray());
        double[] last = found.stream().mapToDouble(Course::optimisticLast).toArray();
        double[] plainLast = found.stream().mapToDouble(Course::plainLast).toArray();
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        lines.put("onpo", logs(found.stream().map(Course::optimistic).toList()));
        lines.put("sppo", logs(found.stream().map(Course::plain).toList()));
        int end = horizons.length - 1;
        return new Findings(
                List.of(
                        new Figures(
                                "power of the average policy's duality gap in T",
                                "method",
                                List.of("fitted power"),
                                List.of(Figures.Row.of("onpo", optimistic), Figures.Row.of("sppo", plain)),
                                2),
                        new Figures(
                                "duality gap after T = " + horizons[end],
                                "method",
                                List.of("average policy", "last policy"),
                                List.of(
                                        Figures.Row.of(
                                                "onpo",
                                                Measured.of(found.stream()
                                                        .mapToDouble(c -> c.optimistic()[end])
                                                        .toArray()),
                                                Measured.of(last)),
                                        Figures.Row.of(
                                                "sppo",
                                                Measured.of(found.stream()
                                                        .mapToDouble(c -> c.plain()[end])
                                                        .toArray()),
                                                Measured.of(plainLast))),
                                4)),
                List.of(Curves.of(
                        "Duality gap of the average policy",
                        "On logarithmic scales a rate is a slope. The band is over games.",
                        Axis.of("log₁₀ T"),
                        Axis.of("log₁₀ gap"),
                        Arrays.stream(t).map(Math::log10).toArray(),
                        lines)),
                List.of(
                        Check.core("ONPO's fitted power is about −1: below −0.75", optimistic.mean() < -0.75),
                        Check.core(
                                "SPPO's is nearer to −1/2: above −0.75, and above ONPO's",
                                plain.mean() > -0.75
                                        && Measured.difference(
                                                        found.stream()
                                                                .mapToDouble(c -> Slope.power(t, c.optimistic()))
                                                                .toArray(),
                                                        found.stream()
                                                                .mapToDouble(c -> Slope.power(t, c.plain()))
                                                                .toArray())
                                                .below(0)),
                        Check.also(
                                "ONPO's last policy is nearer to the Nash policy than SPPO's last",
                                Measured.difference(last, plainLast).below(0))),
                List.of());
    }

    private static double[][] logs(List<double[]> gaps) {
        return gaps.stream()
                .map(g -> Arrays.stream(g).map(Math::log10).toArray())
                .toArray(double[][]::new);
    }

    /** For each game. Prompts have nothing in common in a table: each game is one. */
    private static List<Course> courses(Trial trial, int seeds, int[] horizons) {
        Bandit world = Bandit.together(trial.seeds(seeds, "games", random -> {
            double a = random.nextDouble(0.7, 0.95);
            double b = random.nextDouble(0.7, 0.95);
            double c = random.nextDouble(0.7, 0.95);
            double[][] circle = {{0.5, a, 1 - c}, {1 - a, 0.5, b}, {c, 1 - b, 0.5}};
            return Bandit.preferring(Simplex.random(1, 3, 0.7, random), circle);
        }));
        int longest = horizons[horizons.length - 1];
        SplittableGenerator exact = trial.random("exact", 0);
        List<double[][]> optimistic = SelfPlay.minimised(longest, UPDATES, 0.2)
                .play(trial.subject(new Onpo(ETA), 1), world, world.reference(), exact);
        double[][] gaps = new double[seeds][horizons.length];
        double[][] plainGaps = new double[seeds][horizons.length];
        double[] plainLast = new double[seeds];
        for (int h = 0; h < horizons.length; h++) {
            trial.progress().step("horizons", h, horizons.length, "");
            // With K = 2, the answer itself among them, win rates are halved: the exact step is 1/(2β).
            double step = 12 / Math.sqrt(horizons[h]);
            List<double[][]> plain = SelfPlay.minimised(horizons[h], UPDATES, 0.2)
                    .play(new Sppo(0.5 / step, 2, true), world, world.reference(), exact);
            for (int x = 0; x < seeds; x++) {
                gaps[x][h] = gap(world, x, optimistic.subList(0, horizons[h]));
                plainGaps[x][h] = gap(world, x, plain.subList(0, horizons[h]));
                plainLast[x] = world.game(x).gap(plain.getLast()[x]);
            }
        }
        return IntStream.range(0, seeds)
                .mapToObj(x -> new Course(
                        gaps[x], plainGaps[x], world.game(x).gap(optimistic.getLast()[x]), plainLast[x]))
                .toList();
    }

    /** Of the average policy. */
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
