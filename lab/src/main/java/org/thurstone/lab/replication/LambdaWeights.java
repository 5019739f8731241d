package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.EveryPair;
import org.thurstone.train.loss.link.Hinge;
import org.thurstone.train.loss.link.ListLink;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.link.PlackettLuce;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.worlds.bandit.Examples;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.LinearWorld;
import org.thurstone.worlds.bandit.Simplex;

/** LiPO-λ's weights against DPO and SLiC over the same lists. */
@Method(
        name = "lambda-weights",
        kind = "replication",
        rows = {144},
        source = "arXiv:2402.01878",
        summary = "LiPO-λ over lists against pairwise losses")
public record LambdaWeights() implements Replication {

    private static final double BETA = 0.3;
    private static final int LIST = 8;
    private static final int RESPONSES = 12;
    private static final double NATS = 1.5;
    private static final double[] FURTHER = {0.25, 0.5, 1, NATS, 2};

    @Override
    public String claim() {
        return """
            Over ranked lists, weighing each pair by what its exchange would do to the discounted gain (LiPO-λ) gives better policies than DPO or
            SLiC on all pairs of the list and than a list's likelihood; with lists of two it is DPO.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: 12 responses a prompt, a log-linear policy of 6 features that explain half of the reward's variance, so that no policy
            orders every list rightly and it matters which pairs count. 60 lists of 8 with grades: how often a response beats the rest of its list by
            Bradley and Terry's model; and lists of 2 with the better one graded 1, the other one 0. β = 0.3. Measured on 60 other prompts at a divergence of 1.5 nats (of 2.5 at most), to which each policy is
            stretched or shrunk: the expected reward, and how often the policy beats its reference.\
            """;
    }

    @Override
    public String differs() {
        return "Policies are compared at equal divergence, not at their best β; win rates are exact.";
    }

    private record Contender(String name, Loss loss) {}

    private static Contender of(String name, ListLink link) {
        return new Contender(name, Composed.of(new LogRatio(), BETA, link));
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(10, 4);
        int prompts = trial.of(60, 30);
        int steps = trial.of(80, 30);
        List<Contender> contenders = List.of(
                new Contender("lipo-λ", trial.subject(new Lipo(BETA), BETA)),
                of("dpo, all pairs", new EveryPair(new Logistic(0), EveryPair.Weights.NONE)),
                of("slic, all pairs", new EveryPair(new Hinge(1), EveryPair.Weights.NONE)),
                of("dpo, plackett-luce", new PlackettLuce()));
        record Ends(double[] value, double[] wins, double[][] course, double apart) {}
        List<Ends> found = trial.seeds(seeds, "worlds", random -> {
            LinearWorld w = LinearWorld.random(2 * prompts, RESPONSES, 6, 0.5, random);
            List<TrainingList> lists = new ArrayList<>();
            List<TrainingList> twos = new ArrayList<>();
            for (int x = 0; x < prompts; x++) {
                List<Integer> drawn = w.some(LIST, random);
                lists.add(graded(w, x, drawn));
                twos.add(ranked(w, x, drawn.subList(0, 2)));
            }
            double[] value = new double[contenders.size()];
            double[] wins = new double[contenders.size()];
            double[][] course = new double[contenders.size()][FURTHER.length];
            for (int c = 0; c < value.length; c++) {
                double[][] learned =
                        w.learned(Lesson.whole(steps, 0.05), contenders.get(c).loss(), lists);
                Arrays.setAll(course[c], n -> w.value(w.atDivergence(learned, FURTHER[n]), prompts));
                double[][] policy = w.atDivergence(learned, NATS);
                value[c] = w.value(policy, prompts);
                wins[c] = w.world().winRate(policy, w.world().reference());
            }
            double[][] ours =
                    w.learned(Lesson.whole(steps, 0.05), contenders.get(0).loss(), twos);
            double[][] dpo =
                    w.learned(Lesson.whole(steps, 0.05), contenders.get(1).loss(), twos);
            double apart = 0;
            for (int x = 0; x < prompts; x++) {
                apart = Math.max(apart, Simplex.distance(ours[x], dpo[x]));
            }
            return new Ends(value, wins, course, apart);
        });
        List<Figures.Row> rows = new ArrayList<>();
        boolean pairwise = true;
        boolean likelihood = true;
        double[] ours = found.stream().mapToDouble(f -> f.value()[0]).toArray();
        for (int c = 0; c < contenders.size(); c++) {
            int at = c;
            double[] value = found.stream().mapToDouble(f -> f.value()[at]).toArray();
            double[] wins = found.stream().mapToDouble(f -> f.wins()[at]).toArray();
            rows.add(Figures.Row.of(contenders.get(c).name(), Measured.of(value), Measured.of(wins)));
            boolean ahead = c == 0 || Measured.difference(ours, value).above(0);
            if (c == 3) {
                likelihood = ahead;
            } else {
                pairwise &= ahead;
            }
        }
        SequencedMap<String, double[][]> lines = new LinkedHashMap<>();
        for (int c = 0; c < contenders.size(); c++) {
            int at = c;
            lines.put(
                    contenders.get(c).name(),
                    found.stream().map(f -> f.course()[at]).toArray(double[][]::new));
        }
        Measured apart = Measured.of(found.stream().mapToDouble(Ends::apart).toArray());
        return new Findings(
                List.of(
                        new Figures(
                                "at 1.5 nats from the reference, on other prompts",
                                "loss",
                                List.of("expected reward", "win rate"),
                                rows,
                                4),
                        new Figures(
                                "lists of two: how far LiPO-λ's policy is from DPO's",
                                "",
                                List.of("total variation, largest over prompts"),
                                List.of(Figures.Row.of("lipo-λ and dpo", apart)),
                                4)),
                List.of(Curves.of(
                        "Expected reward by divergence",
                        "On other prompts; the band is over worlds.",
                        Axis.of("KL from the reference, nats"),
                        Axis.of("expected reward"),
                        FURTHER,
                        lines)),
                List.of(
                        Check.core("LiPO-λ's policy is worth more than those of DPO and SLiC on all pairs", pairwise),
                        Check.also("and than that of the list's likelihood", likelihood),
                        Check.also(
                                "with lists of two its weight is constant and it learns what DPO does",
                                apart.mean() < 0.05)),
                List.of());
    }

    /** Each response's mean chance against the rest of its list. */
    private static TrainingList graded(LinearWorld w, int prompt, List<Integer> responses) {
        double[][] preference = w.world().preference()[prompt];
        List<Double> grades = responses.stream()
                .map(y -> responses.stream()
                        .filter(z -> !z.equals(y))
                        .mapToDouble(z -> preference[y][z])
                        .average()
                        .orElseThrow())
                .toList();
        return Examples.list(prompt, responses, grades);
    }

    private static TrainingList ranked(LinearWorld w, int prompt, List<Integer> two) {
        double[] reward = w.world().reward().orElseThrow()[prompt];
        boolean first = reward[two.get(0)] > reward[two.get(1)];
        return Examples.list(prompt, two, first ? List.of(1.0, 0.0) : List.of(0.0, 1.0));
    }
}
