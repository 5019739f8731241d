package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Logistic;

/**
 * Bradley–Terry with annotators who do not always look: an annotator judges a battle by the strengths with a probability of their own, the reliability, and
 * otherwise picks a side by a habit of their own, whatever the items are. Strengths, reliabilities and habits are fitted together, by
 * expectation–maximisation. A tie is half a win for each. The model is that of crowd-kit's NoisyBradleyTerry.
 *
 * @param ridge the precision of a normal prior on ratings, above 0
 * @param trust battles that each annotator is taken to have judged reliably beforehand, at least 0; one more is taken to be a habit. It keeps annotators of
 *     few battles near the others
 */
@Method(
        name = "noisy-bradley-terry",
        kind = "ranking",
        source = "Bugakova and others 2019; Ustalov and others 2024 (crowd-kit)",
        summary = "Bradley–Terry with the reliability and position bias of each annotator",
        formula = "P(left wins) = r_a·σ(θ_left − θ_right) + (1 − r_a)·b_a")
public record NoisyBradleyTerry(
        @Default("0.1") double ridge, @Default("4") double trust) implements RankingModel {

    private static final int MOST_ITERATIONS = 1000;
    private static final double NEAR = 1e-10;
    private static final int SHOWN = 50;

    public NoisyBradleyTerry {
        new Prior(ridge, 1);
        if (!(ridge > 0)) throw new IllegalArgumentException("ridge is " + ridge + ", not above 0");
        if (!(trust >= 0 && Double.isFinite(trust))) {
            throw new IllegalArgumentException("trust is " + trust + ", not at least 0");
        }
    }

    /**
     * A fit.
     *
     * @param ratings in log-odds with mean zero, in the order of the items
     * @param reliability the probability that each annotator judges by the strengths
     * @param left the probability that each annotator otherwise picks the left item
     * @param logPosterior up to a constant
     */
    public record Fit(double[] ratings, double[] reliability, double[] left, double logPosterior) {}

    @Override
    public Form takes() {
        return Form.BATTLES;
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        if (!(votes instanceof Battles battles)) throw new UserError("noisy-bradley-terry needs battles one by one");
        if (battles.annotators().equals(List.of(""))) {
            throw new UserError(
                    "noisy-bradley-terry needs the annotator of each battle: name the column with --annotator");
        }
        Fit fit = fit(battles);
        List<Integer> weakest = IntStream.range(0, fit.reliability().length)
                .boxed()
                .sorted(Comparator.comparingDouble(a -> fit.reliability()[a]))
                .limit(SHOWN)
                .toList();
        List<Quantity> quantities = new ArrayList<>();
        for (int a : weakest) {
            quantities.add(Quantity.of("reliability of " + battles.annotators().get(a), fit.reliability()[a]));
        }
        quantities.add(Quantity.of("log-posterior", fit.logPosterior()));
        List<String> remarks = fit.reliability().length > SHOWN
                ? List.of("Of " + fit.reliability().length + " annotators the " + SHOWN + " least reliable are listed.")
                : List.of();
        Map<String, Double> byItem = new HashMap<>();
        for (int i = 0; i < fit.ratings().length; i++)
            byItem.put(battles.items().get(i), fit.ratings()[i]);
        return Board.of("noisy-bradley-terry", "log-odds", battles.items(), fit.ratings())
                .withQuantities(quantities)
                .withRemarks(remarks)
                .withForecast(battle -> {
                    Double one = byItem.get(battle.left());
                    Double other = byItem.get(battle.right());
                    return one == null || other == null
                            ? Optional.empty()
                            : Optional.of(OutcomeProbabilities.ofLeft(Logistic.sigmoid(one - other)));
                });
    }

    /** Fits the model to battles with annotators. */
    public Fit fit(Battles battles) {
        int annotators = battles.annotators().size();
        double[] ratings = new double[battles.items().size()];
        double[] reliability = new double[annotators];
        double[] left = new double[annotators];
        Arrays.fill(reliability, (trust + 1) / (trust + 2));
        Arrays.fill(left, 0.5);
        double last = Double.NEGATIVE_INFINITY;
        for (int iteration = 1; ; iteration++) {
            TallyCounter judged = new TallyCounter();
            battles.items().forEach(judged::item);
            double[] reliable = new double[annotators];
            double[] all = new double[annotators];
            double[] habitLeft = new double[annotators];
            double now = logPrior(ratings, reliability, left);
            for (int b = 0; b < battles.count(); b++) {
                int a = battles.annotator(b);
                for (boolean isLeft : new boolean[] {true, false}) {
                    double weight = battles.weight(b)
                            * (isLeft
                                    ? battles.outcome(b).left()
                                    : 1 - battles.outcome(b).left());
                    if (weight == 0) continue;
                    double apart = ratings[battles.left(b)] - ratings[battles.right(b)];
                    double byStrength = reliability[a] * Logistic.sigmoid(isLeft ? apart : -apart);
                    double byHabit = (1 - reliability[a]) * (isLeft ? left[a] : 1 - left[a]);
                    double strength = byStrength / (byStrength + byHabit);
                    now += weight * Math.log(byStrength + byHabit);
                    all[a] += weight;
                    reliable[a] += weight * strength;
                    if (isLeft) habitLeft[a] += weight * (1 - strength);
                    if (weight * strength > 0) {
                        judged.add(
                                battles.left(b),
                                battles.right(b),
                                isLeft ? Outcome.LEFT : Outcome.RIGHT,
                                weight * strength);
                    }
                }
            }
            if (now - last <= NEAR * Math.abs(now) || iteration == MOST_ITERATIONS) {
                return new Fit(ratings, reliability, left, now);
            }
            last = now;
            ratings = ratings(judged, battles.items());
            for (int a = 0; a < annotators; a++) {
                reliability[a] = (reliable[a] + trust) / (all[a] + trust + 1);
                left[a] = (habitLeft[a] + 1) / (all[a] - reliable[a] + 2);
            }
        }
    }

    private double[] ratings(TallyCounter judged, List<String> items) {
        Map<String, Double> byItem = new HashMap<>();
        for (Standing s : BradleyTerry.PLAIN
                .withRidge(ridge)
                .rank(judged.tally(), Inference.NONE)
                .standings()) {
            byItem.put(s.item(), s.rating());
        }
        return items.stream()
                .mapToDouble(item -> byItem.getOrDefault(item, 0.0))
                .toArray();
    }

    private double logPrior(double[] ratings, double[] reliability, double[] left) {
        double sum = 0;
        for (double r : ratings) sum -= ridge * r * r / 2;
        for (double r : reliability) sum += trust * Math.log(r) + Math.log1p(-r);
        for (double b : left) sum += Math.log(b) + Math.log1p(-b);
        return sum;
    }
}
