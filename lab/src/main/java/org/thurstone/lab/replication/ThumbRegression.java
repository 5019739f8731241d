package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.thurstone.lab.Check;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Series;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.single.Dro;
import org.thurstone.train.loss.single.Kto;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.Ratings;
import org.thurstone.worlds.bandit.Simplex;

/** DRO-V and KTO on thumbs. */
@Method(
        name = "thumb-regression",
        kind = "replication",
        rows = {116},
        source = "arXiv:2405.19107",
        summary = "DRO-V finds the regularised optimum from thumbs on single responses, and KTO does not")
public record ThumbRegression() implements Replication {

    private static final double TAU = 0.2;
    private static final int RESPONSES = 6;

    @Override
    public String claim() {
        return """
            From single responses with a thumb up or down, fitting policy and value by one squared loss goes to the optimum of expected reward
            less τ times the divergence from the reference; it ends with more of that than KTO at its best β.\
            """;
    }

    @Override
    public String world() {
        return """
            `bandit`: for each seed one prompt × 6 responses with drawn probabilities of a thumb up and a drawn reference; 20 to 2,000 responses of
            the reference are rated. The reward is the thumb itself, τ = 0.2. Tables, a value for each prompt, all data in each step; KTO has the
            best of four β for each number of ratings, chosen with the truth at hand. Measured: how much of the regularised objective is left.\
            """;
    }

    @Override
    public String differs() {
        return "The paper compares win rates of T5 models by an automatic judge; here the objective itself.";
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(24, 12);
        int steps = trial.of(300, 250);
        int[] sizes = trial.smoke() ? new int[] {200} : new int[] {20, 200, 2000};
        Bandit world = Bandit.together(trial.seeds(
                seeds,
                "worlds",
                random -> Bandit.rewarded(
                        Simplex.random(1, RESPONSES, 0.5, random),
                        new double[][] {random.doubles(RESPONSES, 0.05, 0.95).toArray()})));
        double[][] liked = world.reward().orElseThrow();
        double[][] optimum = world.optimum(TAU);
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("dro", trial.subject(new Dro(TAU), TAU));
        for (double beta : new double[] {0.2, 1, 2, 5}) {
            losses.put("kto, β = " + beta, new Kto(beta, 1, 1));
        }
        List<String> names = List.copyOf(losses.keySet());
        double[][][] left = new double[names.size()][sizes.length][seeds];
        for (int n = 0; n < sizes.length; n++) {
            Ratings ratings = Ratings.drawn(liked, world.reference(), sizes[n], trial.random("ratings", n));
            for (int m = 0; m < names.size(); m++) {
                trial.progress().step("ratings: " + sizes[n], m, names.size(), "");
                double[][] end = Lesson.whole(steps, 0.05)
                        .teach(Objects.requireNonNull(losses.get(names.get(m))), world.reference(), ratings.shares());
                for (int s = 0; s < seeds; s++) {
                    left[m][n][s] = world.objective(optimum, TAU, s) - world.objective(end, TAU, s);
                }
            }
        }
        return findings(names, sizes, left);
    }

    private static Findings findings(List<String> names, int[] sizes, double[][][] left) {
        List<Figures.Row> rows = new ArrayList<>();
        List<List<Point>> points = new ArrayList<>();
        names.forEach(name -> points.add(new ArrayList<>()));
        boolean better = true;
        for (int n = 0; n < sizes.length; n++) {
            List<Measured> row = new ArrayList<>();
            int best = 1;
            for (int m = 0; m < names.size(); m++) {
                Measured of = Measured.of(left[m][n]);
                row.add(of);
                points.get(m).add(of.at(Math.log10(sizes[n])));
                if (m > 0 && of.mean() < Measured.of(left[best][n]).mean()) {
                    best = m;
                }
            }
            rows.add(new Figures.Row(sizes[n] + " ratings", row));
            if (sizes[n] >= 200) {
                better &= Measured.difference(left[0][n], left[best][n]).below(0);
            }
        }
        List<Series> curves = new ArrayList<>();
        for (int m = 0; m < names.size(); m++) {
            curves.add(new Series(names.get(m), points.get(m), m > 0));
        }
        boolean goes = Measured.of(left[0][sizes.length - 1]).mean() < 0.02;
        return new Findings(
                List.of(new Figures("regularised objective left", "data", names, rows, 4)),
                List.of(new Lines(
                        "What is left, by ratings",
                        "The interval is over worlds.",
                        Axis.of("log₁₀ of the number of ratings"),
                        Axis.of("regularised objective left").fromZero(),
                        curves)),
                List.of(
                        Check.core("with 200 ratings and more DRO-V leaves less than KTO at its best β", better),
                        Check.core("with the most ratings DRO-V leaves less than 0.02", goes)),
                List.of());
    }
}
