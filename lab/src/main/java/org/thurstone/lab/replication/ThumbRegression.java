package org.thurstone.lab.replication;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.single.Dro;
import org.thurstone.train.loss.single.Kto;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.Ratings;

/** DRO-V and KTO on thumbs. */
@Method(
        name = "thumb-regression",
        kind = "replication",
        papers = "2405.19107",
        source = "arXiv:2405.19107",
        summary = "DRO-V finds the regularised optimum from thumbs-up and thumbs-down labels on single "
                + "responses, and KTO does not")
public record ThumbRegression() implements Replication {

    private static final double TAU = 0.2;
    private static final int RESPONSES = 6;

    @Override
    public Description about() {
        return new Description("""
            From single responses with a thumbs-up or thumbs-down, fitting policy and value jointly with one squared loss converges to the optimum of expected reward
            minus τ times the divergence from the reference. Its regularised objective is higher than that of KTO with its best β.""", """
            `bandit`: for each seed one prompt × 6 responses with random probabilities of a thumbs-up and a random reference policy; 20 to 2,000 samples of the
            reference are rated. The reward is the label itself, τ = 0.2. Tabular policies, a value for each prompt, full-batch training; KTO has the best of four β for
            each number of ratings, chosen with knowledge of the true reward. Measured: the suboptimality in the regularised objective.""", """
            The paper compares win rates of T5 models by an automatic judge; here the objective itself is compared.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(300, 120), 0.05);
        double[] sizes = trial.smoke() ? new double[] {200} : new double[] {20, 200, 2000};
        Bandit world = Bandit.together(
                trial.seeds(trial.of(24, 12), "worlds", random -> Bandit.uniform(RESPONSES, 0.05, 0.95, random)));
        double[][] liked = world.reward().orElseThrow();
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("dro", trial.subject(new Dro(TAU), TAU));
        for (double beta : new double[] {0.2, 1, 2, 5}) {
            losses.put("kto, β = " + beta, new Kto(beta, 1, 1));
        }
        Sweep left = Sweep.along(sizes);
        left.each((n, size) -> {
            trial.progress().step("ratings", n, sizes.length, "");
            Ratings ratings = Ratings.drawn(liked, world.reference(), (int) size, trial.random("ratings", n));
            losses.forEach((name, loss) -> {
                double[][] end = world.learn(trainer, loss, ratings.shares());
                left.add(name, n, world.shortfalls(end, TAU));
            });
        });
        return Findings.of(left.table("regularised objective left", "data", 4, n -> (int) n + " ratings"))
                .with(left.scaled(Math::log10)
                        .curve(
                                "What is left, by ratings",
                                "The interval is over worlds.",
                                Axis.of("log₁₀ of the number of ratings"),
                                Axis.of("regularised objective left").fromZero()))
                .core(
                        "with 200 ratings and more DRO-V leaves less than KTO at its best β",
                        left.everywhere(n -> sizes[n] < 200 || left.less("dro", best(left, n), n)))
                .core(
                        "with the most ratings DRO-V leaves less than 0.02",
                        left.end("dro").mean() < 0.02);
    }

    /** The β with which KTO leaves the least. */
    private static String best(Sweep left, int place) {
        return left.arms().stream()
                .skip(1)
                .min(Comparator.comparingDouble(arm -> left.at(arm, place).mean()))
                .orElseThrow();
    }
}
