package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.RankingModel;
import org.thurstone.statistics.Estimate;

/**
 * Calibration of a model by cross-validation: each fold of the battles is predicted by a fit to the others, and forecasts are put
 * next to outcomes. The stronger side of each battle is taken as left, so that every forecast is at least a half.
 *
 * @param bins of about equal count, by what was expected
 * @param logLoss the mean of −log of the chance that was given to what happened, in nats
 * @param evenLogLoss the same of a forecast that knows only how often battles are tied
 * @param battles how many could be forecast
 */
public record Calibration(List<Bin> bins, double logLoss, double evenLogLoss, int battles) {

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Battles of like expectation.
     *
     * @param expected the mean of points that the stronger one was expected to get, a tie being half a point
     * @param observed the mean of points that it got
     * @param low and high are the 95 % interval of what was observed
     */
    public record Bin(double expected, double observed, double low, double high, int battles) {}

    /** @param weight of the battle: a preference by degrees is two of them, which share its weight */
    private record Forecast(double expected, double got, double logLoss, double weight) {}

    /** Empty where the model gives no forecasts, or there are too few battles for them. */
    public static Optional<Calibration> of(RankingModel model, Battles battles, int folds, int bins, long seed) {
        int n = battles.count();
        SplittableRandom random = new SplittableRandom(seed);
        int[] fold = new int[n];
        for (int b = 0; b < n; b++) {
            fold[b] = random.nextInt(folds);
        }
        List<Forecast> forecasts = new ArrayList<>();
        double ties = 0;
        for (int f = 0; f < folds; f++) {
            int held = f;
            Optional<Board> board = fitted(model, battles.where(b -> fold[b] != held));
            if (board.isEmpty() || board.get().forecast().isEmpty()) {
                return Optional.empty();
            }
            for (int b = 0; b < n; b++) {
                Optional<OutcomeProbabilities> chances =
                        fold[b] == held ? board.get().forecast().get().chances(battles.battle(b)) : Optional.empty();
                if (chances.isPresent()) {
                    forecasts.add(forecast(chances.get(), battles, b));
                    ties += battles.outcome(b).left() == 0.5 ? battles.weight(b) : 0;
                }
            }
        }
        if (forecasts.size() < 10) {
            return Optional.empty();
        }
        double tied = ties / weight(forecasts);
        return Optional.of(new Calibration(
                binned(forecasts, Math.min(bins, forecasts.size() / 5)),
                mean(forecasts, Forecast::logLoss),
                // Where ties are not modelled they are halves, and so is what a coin loses on them.
                forecastsTies(model, battles) ? -entropy(tied) : Math.log(2),
                forecasts.size()));
    }

    private static double entropy(double tied) {
        double decided = 1 - tied;
        return (tied > 0 ? tied * Math.log(tied) : 0) + (decided > 0 ? decided * Math.log(decided / 2) : 0);
    }

    private static boolean forecastsTies(RankingModel model, Battles battles) {
        return fitted(model, battles)
                .flatMap(Board::forecast)
                .flatMap(forecast -> forecast.chances(battles.battle(0)))
                .filter(chances -> chances.tie() > 0)
                .isPresent();
    }

    private static Optional<Board> fitted(RankingModel model, Battles battles) {
        try {
            return battles.count() < 2
                    ? Optional.empty()
                    : Optional.of(model.rank(battles.compacted(), Inference.NONE));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    private static Forecast forecast(OutcomeProbabilities chances, Battles battles, int b) {
        double got = battles.outcome(b).left();
        boolean strongerLeft = chances.expected() >= 0.5;
        double loss = got == 0.5 && chances.tie() == 0
                ? -(Math.log(chances.left()) + Math.log(chances.right())) / 2
                : -Math.log(chances.of(battles.outcome(b)));
        return strongerLeft
                ? new Forecast(chances.expected(), got, loss, battles.weight(b))
                : new Forecast(1 - chances.expected(), 1 - got, loss, battles.weight(b));
    }

    private static double weight(List<Forecast> forecasts) {
        return forecasts.stream().mapToDouble(Forecast::weight).sum();
    }

    private static double mean(List<Forecast> forecasts, ToDoubleFunction<Forecast> of) {
        return forecasts.stream()
                        .mapToDouble(f -> f.weight() * of.applyAsDouble(f))
                        .sum()
                / weight(forecasts);
    }

    private static List<Bin> binned(List<Forecast> forecasts, int count) {
        List<Forecast> sorted = forecasts.stream()
                .sorted(Comparator.comparingDouble(Forecast::expected))
                .toList();
        List<Bin> bins = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            List<Forecast> in = sorted.subList(k * sorted.size() / count, (k + 1) * sorted.size() / count);
            double squares =
                    in.stream().mapToDouble(f -> f.weight() * f.weight()).sum();
            // As many equal battles would say as much.
            int equal = (int) Math.max(1, Math.round(weight(in) * weight(in) / squares));
            // Cautious where ties make the scatter smaller.
            Estimate observed = Estimate.ofShare(mean(in, Forecast::got) * equal, equal);
            bins.add(
                    new Bin(mean(in, Forecast::expected), observed.mean(), observed.low(), observed.high(), in.size()));
        }
        return bins;
    }
}
