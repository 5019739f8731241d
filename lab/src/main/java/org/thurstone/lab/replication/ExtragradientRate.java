package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Slope;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Method;
import org.thurstone.report.Lines;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Source;
import org.thurstone.train.online.method.Egpo;
import org.thurstone.train.online.method.NashMd;
import org.thurstone.train.online.method.OnlineIpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Preferences;
import org.thurstone.worlds.bandit.SelfPlay;
import org.thurstone.worlds.bandit.Simplex;

/** EGPO's last iterate against online IPO's and Nash-MD's, on preferences that follow no reward. */
@Method(
        name = "extragradient-rate",
        kind = "replication",
        papers = "2503.08942",
        source = "arXiv:2503.08942",
        summary = "EGPO's last iterate converges to the regularised Nash policy at a linear rate")
public record ExtragradientRate() implements Replication {

    private static final int RESPONSES = 5;
    private static final double[] RATES = {0.2, 0.6};
    /** Gaps below this are rounding. */
    private static final double FLOOR = 1e-13;

    @Override
    public Description about() {
        return new Description("""
            In the preference game regularised with β·KL(π ‖ π_ref), extragradient steps with the gradients of online IPO bring the last iterate to the Nash policy at a
            linear rate: the logarithm of the duality gap falls along a straight line. After the same number of gradient steps, it is closer than online IPO and
            Nash-MD, especially with weak regularisation.""", """
            `bandit`: one prompt × 5 responses with cyclic preferences, in which each response beats two others with probability 0.9, perturbed by a random matrix (a
            third of the weight); the reference policy is random, too. Gradients are exact. Every method trains a table by gradient descent, with the better of two
            learning rates. EGPO takes two gradient steps per iteration, so the other methods have twice as many iterations. β is 0.1 and 0.01. Measured: the duality
            gap of the regularised game, in closed form.""", """
            The paper's tabular games, with other learning rates; its language-model experiments are not tested here.""");
    }

    private record Trajectory(double[] logGaps) {
        double end() {
            return logGaps[logGaps.length - 1];
        }

        /** Slope of log₁₀ of the gap per 100 gradient steps, over a part of the iterations that is above rounding errors. */
        double slope(double from, double to) {
            List<double[]> points = new ArrayList<>();
            for (int i = (int) (from * logGaps.length); i < (int) (to * logGaps.length); i++) {
                if (logGaps[i] > Math.log10(FLOOR) + 1) {
                    points.add(new double[] {i, logGaps[i]});
                }
            }
            return points.size() < 3
                    ? Double.NaN
                    : Slope.of(
                                    points.stream().mapToDouble(p -> p[0]).toArray(),
                                    points.stream().mapToDouble(p -> p[1]).toArray())
                            * 100;
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        int gradients = trial.of(600, 80);
        Figures ends =
                Figures.of("log₁₀ of the duality gap at the end", 2, "regularisation | egpo | online-ipo | nash-md");
        Figures slopes = Figures.of(
                "slope of EGPO's log₁₀ gap by 100 gradient steps", 2, "regularisation | first half | second half");
        List<Lines> plots = new ArrayList<>();
        boolean nearer = true;
        boolean alsoStrong = true;
        boolean linear = true;
        for (double beta : trial.smoke() ? new double[] {0.01} : new double[] {0.1, 0.01}) {
            SequencedMap<String, List<Trajectory>> found = courses(trial, beta, gradients);
            Sweep gap = Sweep.counting(gradients);
            Sweep end = Sweep.once();
            found.forEach((name, courses) -> courses.forEach(course -> {
                gap.add(name, Arrays.copyOf(course.logGaps(), gradients));
                end.add(name, course.end());
            }));
            ends = ends.row("β = " + beta, end.end("egpo"), end.end("online-ipo"), end.end("nash-md"));
            boolean here = end.less("egpo", "online-ipo") && end.less("egpo", "nash-md");
            nearer &= beta > 0.01 || here;
            alsoStrong &= beta == 0.01 || here;
            List<Trajectory> ours = Objects.requireNonNull(found.get("egpo"));
            Measured early = above(ours, 0.1, 0.5);
            Measured late = above(ours, 0.5, 1);
            slopes = slopes.row("β = " + beta, early, late);
            linear &= ours.stream().allMatch(c -> c.slope(0.1, 0.5) < 0)
                    && (late.seeds() == 0 || late.mean() < 0.5 * early.mean());
            plots.add(gap.curve(
                    "Duality gap, β = " + beta,
                    "Exact gradients, the better of two rates each; bands are 95 % intervals over games.",
                    "gradient steps",
                    "log₁₀ of the regularised duality gap"));
        }
        return Findings.of(ends, slopes)
                .with(plots.toArray(Lines[]::new))
                .core(
                        "where regularisation is weak (β = 0.01) EGPO ends nearer to the Nash policy than"
                                + " online IPO and Nash-MD",
                        nearer)
                .also("and where it is stronger (β = 0.1) as well", alsoStrong)
                .core(
                        "the logarithm of its gap keeps falling: in the second half at least half as steeply"
                                + " as in the first, until rounding",
                        linear)
                .note("Nash-MD's fixed point is the best answer to its own mixture and not the Nash policy itself:"
                        + " its gap levels off.");
    }

    /** The slope over games whose gap is above rounding there. */
    private static Measured above(List<Trajectory> courses, double from, double to) {
        return Measured.of(courses.stream()
                .mapToDouble(c -> c.slope(from, to))
                .filter(v -> !Double.isNaN(v))
                .toArray());
    }

    /** By method, for each game. Prompts have nothing in common in a table: each game is one. */
    private static SequencedMap<String, List<Trajectory>> courses(Trial trial, double beta, int gradients) {
        Bandit world = Bandit.together(trial.seeds(
                trial.of(16, 6),
                "games",
                random -> Bandit.preferring(
                        Simplex.random(1, RESPONSES, 0.5, random),
                        Preferences.groups(
                                new double[] {2 / 3., 1 / 3.},
                                Preferences.cyclic(RESPONSES, 0.9),
                                Preferences.random(RESPONSES, random)))));
        OnlineMethod egpo = trial.subject(new Egpo(beta, 1, new Source.Reference()), beta);
        SequencedMap<String, List<Trajectory>> courses = new LinkedHashMap<>();
        courses.put("egpo", best(egpo, world, beta, gradients / 2, 2));
        courses.put("online-ipo", best(new OnlineIpo(beta), world, beta, gradients, 1));
        courses.put("nash-md", best(new NashMd(beta, 0.125), world, beta, gradients, 1));
        return courses;
    }

    /** With the rate that ends nearest in each game. Regressions are steeper the smaller β is, policy gradients are not. */
    private static List<Trajectory> best(OnlineMethod method, Bandit world, double beta, int steps, int gradientsEach) {
        List<List<Trajectory>> all = new ArrayList<>();
        for (double rate : RATES) {
            double scale = method instanceof NashMd ? 10 : Math.min(1, 10 * beta);
            List<double[][]> path = SelfPlay.exact(steps, rate * scale)
                    .play(method, world, world.reference(), new Seeds(1).of("exact"));
            all.add(IntStream.range(0, world.prompts())
                    .mapToObj(x -> new Trajectory(IntStream.range(0, path.size() * gradientsEach)
                            .mapToDouble(i -> Math.log10(
                                    Math.max(FLOOR, world.game(x).gap(path.get(i / gradientsEach)[x], beta))))
                            .toArray()))
                    .toList());
        }
        return IntStream.range(0, world.prompts())
                .mapToObj(x -> all.stream()
                        .map(courses -> courses.get(x))
                        .min(Comparator.comparingDouble(Trajectory::end))
                        .orElseThrow())
                .toList();
    }
}
