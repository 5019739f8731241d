package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.lab.About;
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
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.single.Pmpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.Lesson;
import org.thurstone.worlds.bandit.Ratings;
import org.thurstone.worlds.bandit.Simplex;

/** PMPO from what was liked, from what was not, and from both. */
@Method(
        name = "one-sided",
        kind = "replication",
        rows = {20},
        source = "arXiv:2410.04166",
        summary = "PMPO learns from positives alone, from negatives alone, and best from both")
public record OneSided() implements Replication {

    private static final int RESPONSES = 6;
    private static final double[] BETAS = {0.05, 0.5, 2};

    @Override
    public About about() {
        return new About("""
            Likelihood of what was liked, unlikelihood of what was not, and the reference's divergence from the policy: the policy improves from
            positives alone, from negatives alone and from both, at its best from both. Without enough of the divergence, negatives alone have no
            lower bound, and the policy runs away from the reference.""", """
            `bandit`: for each seed one prompt × 6 responses with a drawn reward and reference; 40 responses of the reference, each with a thumb
            up with probability σ(2·(r − mean)). Tables, all data in each step. β of the divergence from 0.05 to 2. Measured: expected reward above
            the reference's, and KL(π ‖ π_ref).""", "No control suite and no language model; the reference stays fixed.");
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(24, 16);
        int steps = trial.of(200, 150);
        double[] betas = trial.smoke() ? new double[] {0.05, 2} : BETAS;
        Bandit world =
                Bandit.together(trial.seeds(seeds, "worlds", random -> Bandit.uniform(RESPONSES, -1.5, 1.5, random)));
        double[][] reward = world.reward().orElseThrow();
        double[][] liked = new double[seeds][RESPONSES];
        for (int s = 0; s < seeds; s++) {
            double mean = Simplex.mean(world.reference()[s], reward[s]);
            for (int y = 0; y < RESPONSES; y++) {
                liked[s][y] = 1 / (1 + Math.exp(2 * (mean - reward[s][y])));
            }
        }
        Ratings ratings = Ratings.drawn(liked, world.reference(), 40, trial.random("ratings", 0));
        String[] names = {"positives", "negatives", "both"};
        double[][][] gains = new double[3][betas.length][seeds];
        double[][][] moved = new double[3][betas.length][seeds];
        for (int k = 0; k < betas.length; k++) {
            trial.progress().step("strengths", k, betas.length, "");
            for (int m = 0; m < 3; m++) {
                List<TrainingExample> data = ratings.certain(m != 1, m != 0);
                double alpha = m == 0 ? 1 : m == 1 ? 0 : 0.5;
                double[][] end = world.learn(
                        Lesson.whole(steps, 0.05), trial.subject(new Pmpo(alpha, betas[k]), betas[k]), data);
                for (int s = 0; s < seeds; s++) {
                    gains[m][k][s] = Simplex.mean(end[s], reward[s]) - Simplex.mean(world.reference()[s], reward[s]);
                    moved[m][k][s] = Simplex.divergence(end[s], world.reference()[s]);
                }
            }
        }
        return findings(names, betas, gains, moved);
    }

    private static Findings findings(String[] names, double[] betas, double[][][] gains, double[][][] moved) {
        List<Figures.Row> rows = new ArrayList<>();
        List<Series> curves = new ArrayList<>();
        int[] best = new int[3];
        for (int m = 0; m < 3; m++) {
            List<Point> points = new ArrayList<>();
            for (int k = 0; k < betas.length; k++) {
                Measured gain = Measured.of(gains[m][k]);
                rows.add(Figures.Row.of(names[m] + ", β = " + betas[k], gain, Measured.of(moved[m][k])));
                points.add(gain.at(Math.log10(betas[k])));
                if (gain.mean() > Measured.of(gains[m][best[m]]).mean()) {
                    best[m] = k;
                }
            }
            curves.add(new Series(names[m], points, m < 2));
        }
        boolean each = true;
        boolean both = true;
        for (int m = 0; m < 3; m++) {
            each &= Measured.of(gains[m][best[m]]).above(0);
            both &= m == 2
                    || Measured.difference(gains[2][best[2]], gains[m][best[m]]).above(0);
        }
        int last = betas.length - 1;
        boolean runs = Measured.difference(moved[1][0], moved[1][last]).above(0.2);
        return new Findings(
                List.of(new Figures(
                        "after training",
                        "from, and β of the divergence",
                        List.of("reward above the reference's", "KL(π ‖ π_ref)"),
                        rows,
                        3)),
                List.of(new Lines(
                        "Reward above the reference's",
                        "The interval is over worlds.",
                        Axis.of("log₁₀ β"),
                        Axis.of("reward above the reference's").fromZero(),
                        curves)),
                List.of(
                        Check.core("at its best β each of the three improves on the reference", each),
                        Check.also("both together are better than either alone, each at its best β", both),
                        Check.core(
                                "negatives alone run away at the smallest β: KL is larger there by more than 0.2 nats"
                                        + " than at the largest",
                                runs)),
                List.of());
    }
}
