package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.lab.Check;
import org.thurstone.lab.Curves;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.lab.bandit.Bandit;
import org.thurstone.lab.bandit.SelfPlay;
import org.thurstone.lab.bandit.Simplex;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Question;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.train.online.method.Xpo;

/** XPO where the good response is one that the reference hardly ever says. */
@Method(
        name = "hard-exploration",
        kind = "replication",
        rows = {129},
        source = "arXiv:2405.21046",
        summary = "XPO finds a good response that the reference hardly ever says, with fewer labels than online DPO")
public record HardExploration() implements Replication {

    private static final int RESPONSES = 10;
    private static final double BETA = 0.1;
    private static final int BATCH = 8;
    private static final double RATE = 20;

    @Override
    public String claim() {
        return """
            Where the reference hardly ever says the good response, sampling from the policy alone (online DPO) learns from what it already
            says. Adding α·log π of the reference's own samples to the loss (they become less likely) is optimism about the rest: the good
            response is found with fewer labels.""";
    }

    @Override
    public String world() {
        return """
            `bandit`: one prompt × 10 responses; one of them, which the reference says once in about 400 times, is worth 3, the others between 0 and
            0.5. Eight labelled pairs a step are sampled, labels by Bradley and Terry (the probability itself is the label). β = 0.1, gradient
            descent at rate 20, XPO at the better of two α. Measured: reward that is left, on average over all
            steps and at the end.""";
    }

    @Override
    public String differs() {
        return """
            α is chosen for the size of this world, orders of magnitude above the one for language models (1e-5), where log-probabilities are
            sums over hundreds of tokens. The paper's theory is for token MDPs with deterministic dynamics; this is the one-token case.""";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(6, 4);
        int steps = trial.of(200, 60);
        SequencedMap<String, Supplier<OnlineMethod>> methods = new LinkedHashMap<>();
        for (double alpha : trial.smoke() ? new double[] {0.1} : new double[] {0.1, 0.3}) {
            methods.put("xpo, α = " + alpha, () -> trial.subject(new Xpo(BETA, alpha), BETA));
        }
        methods.put("xpo, α = 0", () -> new Xpo(BETA, 0));
        methods.put("online-dpo", () -> new OnlineDpo(BETA));
        SequencedMap<String, double[][]> courses = new LinkedHashMap<>();
        methods.forEach((name, method) -> {
            List<double[]> found = trial.seeds(seeds, name, random -> course(method.get(), steps, random));
            courses.put(name, found.toArray(double[][]::new));
        });
        return findings(courses, steps);
    }

    private static Measured average(double[][] courses) {
        return Measured.of(averages(courses));
    }

    private static double[] averages(double[][] courses) {
        return Arrays.stream(courses)
                .mapToDouble(c -> Arrays.stream(c).average().orElseThrow())
                .toArray();
    }

    private static Findings findings(SequencedMap<String, double[][]> courses, int steps) {
        List<Figures.Row> rows = new ArrayList<>();
        String best = "";
        for (String name : courses.keySet()) {
            double[][] c = Objects.requireNonNull(courses.get(name));
            rows.add(Figures.Row.of(name, average(c), Curves.at(c, steps)));
            boolean optimistic = !name.endsWith("= 0") && name.startsWith("xpo");
            if (optimistic
                    && (best.isEmpty()
                            || average(c).mean()
                                    < average(Objects.requireNonNull(courses.get(best)))
                                            .mean())) {
                best = name;
            }
        }
        double[] own = averages(Objects.requireNonNull(courses.get(best)));
        return new Findings(
                List.of(new Figures("reward left", "method", List.of("average over all steps", "at the end"), rows, 3)),
                List.of(Curves.of(
                        "Reward left",
                        "Eight labels a step; the band is over worlds.",
                        Axis.of("step"),
                        Axis.of("reward left").fromZero(),
                        Curves.counting(steps + 1),
                        courses)),
                List.of(
                        Check.core(
                                "with the bonus (" + best + ") less reward is left on average than with online DPO",
                                Measured.difference(own, averages(Objects.requireNonNull(courses.get("online-dpo"))))
                                        .below(0)),
                        Check.core(
                                "and less than without the bonus (α = 0), where samples come from the same two policies",
                                Measured.difference(own, averages(Objects.requireNonNull(courses.get("xpo, α = 0"))))
                                        .below(0))),
                List.of());
    }

    private static double[] course(OnlineMethod method, int steps, SplittableGenerator random) {
        double[] logits = random.doubles(RESPONSES, -0.5, 0.5).toArray();
        double[] reward = random.doubles(RESPONSES, 0, 0.5).toArray();
        logits[0] = -3.5;
        reward[0] = 3;
        double[][] reference = {Simplex.softmax(logits)};
        Bandit world = Bandit.rewarded(reference, new double[][] {reward});
        List<Question> asked =
                IntStream.range(0, BATCH).mapToObj(i -> Question.of("x" + i, 0)).toList();
        return SelfPlay.sampled(steps, 1, RATE)
                .play(method, world.oracle(), asked, reference, reference, random.split())
                .stream()
                .mapToDouble(world::regret)
                .toArray();
    }
}
