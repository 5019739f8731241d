package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Lines;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.worlds.bandit.ExactPolicy;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** How fast DPO learns behaviours whose two sides lie near to one another, or far apart. */
@Method(
        name = "distinguishability",
        kind = "replication",
        papers = "2403.18742",
        source = "arXiv:2403.18742",
        summary = "DPO learns the most distinguishable behaviours first and fastest")
public record Distinguishability() implements Replication {

    private static final double BETA = 0.5;
    private static final int DIMENSIONS = 20;
    private static final String DPO = "dpo";
    private static final double[] APART = {0.5, 1, 2, 4};
    /** The deviation of a side's statements about their centre. */
    private static final double SPREAD = 0.2;

    private static final double RATE = 0.5;
    /** Statements of a behaviour. */
    private static final int COUNT = 60;

    private static final int NEW = 100;

    @Override
    public Description about() {
        return new Description("""
            How fast DPO changes a policy depends on the distance between the statements that the policy should agree with and those that it should disagree with. The
            length of the first update equals this distance; the larger it is, the faster the loss falls and the sooner new statements are answered correctly. When
            several behaviours are learned at once, those with the largest distances are learned first.""", """
            `bandit`: a behaviour is a set of statements with the correct answers yes or no, represented as points in 20 dimensions, normal with standard deviation 0.2
            about two centres at distance δ = ½, 1, 2 or 4. A policy answers yes with probability σ(θ·g). DPO (β = 0.5) by full-batch gradient descent on 60 statements
            from θ = 0: one behaviour at a time, and four at once, with orthogonal directions, whose statements share each step. Measured: the first update along the
            line between the centres; the number of steps until DPO's loss is below 0.55 (it is ln 2 at the start); the probability of the correct answer to 100 new
            statements after an eighth of the steps.""", """
            The paper proves this for the last layer of a language model, whose hidden states are the points here, and measures it on Anthropic's persona statements.
            That aligned models are unlearned faster depends on representations and is not tested. Training uses plain gradient descent; under Adam, the length of a
            step does not depend on the gradient.""");
    }

    /** Points of a behaviour; the first half are those to agree with. */
    private static double[][] statements(int axis, double apart, int count, RandomGenerator random) {
        double[][] points = new double[count][DIMENSIONS];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < DIMENSIONS; k++) {
                points[i][k] = SPREAD * random.nextGaussian();
            }
            points[i][axis] += agrees(i, count) ? apart / 2 : -apart / 2;
        }
        return points;
    }

    private static boolean agrees(int i, int count) {
        return i < count / 2;
    }

    /** What was seen of one behaviour: its loss by step, the first update, and the probability of right answers to new statements. */
    private record LearningCurve(double[] loss, double first, double right) {}

    /** Learns some behaviours at once. */
    private static List<LearningCurve> learned(Trial trial, double[] apart, int steps, RandomGenerator random) {
        int kinds = apart.length;
        double[][] points = new double[kinds * (COUNT + NEW)][];
        List<TrainingExample> data = new ArrayList<>();
        for (int b = 0; b < kinds; b++) {
            double[][] seen = statements(b, apart[b], COUNT, random);
            double[][] unseen = statements(b, apart[b], NEW, random);
            System.arraycopy(seen, 0, points, b * COUNT, COUNT);
            System.arraycopy(unseen, 0, points, kinds * COUNT + b * NEW, NEW);
            for (int i = 0; i < COUNT; i++) {
                int yes = agrees(i, COUNT) ? 1 : 0;
                data.add(PairData.pair(b * COUNT + i, yes, 1 - yes, 1, 1));
            }
        }
        double[][][] features = new double[points.length][2][DIMENSIONS];
        for (int x = 0; x < points.length; x++) {
            for (int k = 0; k < DIMENSIONS; k++) {
                features[x][1][k] = points[x][k] / 2;
                features[x][0][k] = -points[x][k] / 2;
            }
        }
        double[][] reference = Simplex.rows(points.length, Simplex.uniform(2));
        double[][] losses = new double[kinds][steps + 1];
        for (double[] l : losses) {
            l[0] = Math.log(2);
        }
        double[] moved = new double[kinds];
        double[] right = new double[kinds];
        Loss loss = trial.subject(new Dpo(BETA, 0), BETA);
        try (ExactPolicy policy = ExactPolicy.logLinear(features, new double[DIMENSIONS])) {
            OfflineTrainer.descend(policy, loss, reference, data, steps, RATE, (step, p) -> {
                for (int b = 0; b < kinds; b++) {
                    double sum = 0;
                    for (int i = 0; i < COUNT; i++) {
                        double margin = logOdds(p[b * COUNT + i]) * (agrees(i, COUNT) ? 1 : -1);
                        sum += Math.log1p(Math.exp(-BETA * margin));
                    }
                    losses[b][(int) step] = sum / COUNT;
                    if (step == 1) {
                        moved[b] = policy.policy().parameters().get("theta").toDoubles()[b];
                    }
                    if (step == steps / 8) {
                        for (int i = 0; i < NEW; i++) {
                            right[b] += p[kinds * COUNT + b * NEW + i][agrees(i, NEW) ? 1 : 0] / NEW;
                        }
                    }
                }
            });
        }
        List<LearningCurve> courses = new ArrayList<>();
        for (int b = 0; b < kinds; b++) {
            courses.add(new LearningCurve(losses[b], moved[b], right[b]));
        }
        return courses;
    }

    private static double logOdds(double[] p) {
        return Math.log(p[1] / p[0]);
    }

    /** Steps until a loss is below 0.55; all of them where it never is. */
    private static double halfway(double[] loss) {
        for (int t = 0; t < loss.length; t++) {
            if (loss[t] < 0.55) {
                return t;
            }
        }
        return loss.length;
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(12, 2);
        int steps = trial.of(400, 50);
        double[] distances = trial.smoke() ? new double[] {1, 2, 4} : APART;
        Metrics alone = new Metrics(distances, steps);
        Metrics together = new Metrics(distances, steps);
        alone.soon.each((b, apart) -> trial.each(
                seeds,
                "δ = " + apart,
                r -> alone.add(
                        b, apart, learned(trial, new double[] {apart}, steps, r).getFirst())));
        trial.each(seeds, "all at once", r -> {
            List<LearningCurve> courses = learned(trial, distances, steps, r);
            together.soon.each((b, apart) -> together.add(b, apart, courses.get(b)));
        });
        Measured power = alone.first.map(v -> Math.max(1e-9, v)).powers().end(DPO);
        return Findings.of(
                        Figures.of(
                                        "by distance of the two sides",
                                        3,
                                        "distance | first update | steps to a loss of 0.55, alone | the same, all at once"
                                                + " | right answer to new ones, alone | the same, all at once")
                                .rows(
                                        distances.length,
                                        b -> Row.of(
                                                "δ = " + distances[b],
                                                alone.first.at(DPO, b),
                                                alone.soon.at(DPO, b),
                                                together.soon.at(DPO, b),
                                                alone.right.at(DPO, b),
                                                together.right.at(DPO, b))),
                        Figures.of("power of the first update in the distance", 2, " | fitted power")
                                .row("first update", power))
                .with(
                        plot("DPO's loss, one behaviour at a time", alone.loss),
                        plot("DPO's loss, four at once", together.loss))
                .core("alone, each step in distance is learned sooner than the one before", alone.ordered())
                .core("all at once, too", together.ordered())
                .core(
                        "the first update grows like the distance: fitted power within 0.2 of 1",
                        Math.abs(power.mean() - 1) < 0.2)
                .also("and the farther, the surer the right answers to new statements", alone.right.grows(DPO))
                .also(
                        "at once, the nearest wait longer than alone",
                        Measured.difference(together.soon.values(DPO, 1), alone.soon.values(DPO, 1))
                                .above(0));
    }

    /** By distance: steps to a loss of 0.55, the first update, right answers; and the loss by step. */
    private record Metrics(Sweep soon, Sweep first, Sweep right, Sweep loss) {

        Metrics(double[] distances, int steps) {
            this(Sweep.along(distances), Sweep.along(distances), Sweep.along(distances), Sweep.counting(steps + 1));
        }

        void add(int place, double apart, LearningCurve course) {
            soon.add(DPO, place, halfway(course.loss()));
            first.add(DPO, place, course.first());
            right.add(DPO, place, course.right());
            loss.add("δ = " + apart, course.loss());
        }

        boolean ordered() {
            return soon.map(v -> -v).grows(DPO) && soon.gain(DPO).below(0);
        }
    }

    private static Lines plot(String title, Sweep loss) {
        return loss.curve(
                title, "δ is the distance of the two sides in deviations; the band is over seeds.", "step", "loss");
    }
}
