package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.GroupedStandings;
import org.thurstone.rank.certainty.Places;
import org.thurstone.rank.certainty.Profile;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.statistics.Normal;

/** A fit as a board: intervals, places, further estimates, and remarks on what is not identified. */
final class PairBoard {

    private final PairFit fit;
    private final Cells cells;
    private final Inference inference;
    private final double[] strengths;
    private final double[] low;
    private final double[] high;
    private final double[] extraErrors;
    private final IntervalKind[] kinds;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private Optional<Places> places = Optional.empty();
    private Optional<Places> alone = Optional.empty();
    private Optional<DifferenceErrors> errors = Optional.empty();
    private Optional<ThinItems> thin = Optional.empty();

    /** @param cells all battles, also those between items that cannot be compared, which the fit leaves out */
    PairBoard(PairFit fit, Cells cells, Inference inference) {
        this.fit = fit;
        this.cells = cells;
        this.inference = inference;
        this.strengths = fit.strengths();
        int n = fit.items();
        this.low = new double[n];
        this.high = new double[n];
        this.extraErrors = new double[fit.parameters().length - n];
        Arrays.fill(low, Double.NaN);
        Arrays.fill(high, Double.NaN);
        List<String> items = cells.items();
        IntStream.range(0, n).forEach(i -> index.put(items.get(i), i));
        this.kinds = new IntervalKind[n];
        Arrays.fill(extraErrors, Double.NaN);
        Arrays.fill(kinds, IntervalKind.NONE);
        switch (inference.intervals()) {
            case AUTO, SANDWICH, FISHER, LIKELIHOOD_RATIO -> {
                if (PairNewton.sparse(fit.likelihood())) {
                    drawn();
                } else {
                    interval();
                }
            }
            case NONE, BOOTSTRAP -> {}
        }
    }

    private void interval() {
        int n = fit.items();
        double[][] covariance = PairIntervals.covariance(fit, sandwich());
        double quantile = Normal.quantile((1 + inference.level()) / 2);
        double[] errors = IntStream.range(0, n)
                .mapToDouble(i -> Math.sqrt(covariance[i][i]))
                .toArray();
        for (int i = 0; i < n; i++) {
            low[i] = strengths[i] - quantile * errors[i];
            high[i] = strengths[i] + quantile * errors[i];
        }
        for (int extra = 0; extra < extraErrors.length; extra++) {
            extraErrors[extra] = quantile * Math.sqrt(covariance[n + extra][n + extra]);
        }
        if (inference.intervals() == Inference.Intervals.LIKELIHOOD_RATIO) {
            double[][] ends = profile().intervals(errors);
            for (int i = 0; i < n; i++) {
                low[i] = ends[i][0];
                high[i] = ends[i][1];
            }
        }
        Arrays.fill(kinds, kind());
        if (inference.intervals() == Inference.Intervals.AUTO) {
            double[] variances =
                    IntStream.range(0, n).mapToDouble(i -> covariance[i][i]).toArray();
            thin(variances, quantile);
            for (int i = 0; i < n; i++) {
                covariance[i][i] = variances[i];
            }
        }
        double[][] ofItems = new double[n][];
        for (int i = 0; i < n; i++) {
            ofItems[i] = Arrays.copyOf(covariance[i], n);
        }
        this.errors = Optional.of(grouped().errors(strengths, ofItems));
        if (inference.draws() > 0) {
            places = Optional.of(Places.of(
                    strengths,
                    ofItems,
                    inference.level(),
                    inference.draws(),
                    inference.seed(),
                    fit.groups()::together));
            alone = Optional.of(Places.alone(strengths, ofItems, inference.level(), fit.groups()::together));
        }
    }

    private boolean sandwich() {
        return switch (inference.intervals()) {
            case AUTO, SANDWICH -> true;
            case FISHER, LIKELIHOOD_RATIO, NONE, BOOTSTRAP -> false;
        };
    }

    private IntervalKind kind() {
        return switch (inference.intervals()) {
            case FISHER -> IntervalKind.FISHER;
            case LIKELIHOOD_RATIO -> IntervalKind.LIKELIHOOD_RATIO;
            case AUTO, SANDWICH, NONE, BOOTSTRAP -> IntervalKind.SANDWICH;
        };
    }

    /** Replaces the intervals of thin items, and their variances, so that places do not claim what the intervals do not. */
    private void thin(double[] variances, double quantile) {
        ThinItems found = new ThinItems(fit, cells, strengths, variances.clone(), inference.level(), this::profile);
        thin = Optional.of(found);
        for (ThinItems.Interval interval : found.intervals()) {
            int i = interval.item();
            low[i] = interval.low();
            high[i] = interval.high();
            kinds[i] = interval.kind();
            double error = (high[i] - low[i]) / (2 * quantile);
            if (Double.isFinite(error)) {
                variances[i] = Math.max(variances[i], error * error);
            }
        }
    }

    /** Standard errors and places of more items than a dense matrix is made for. */
    private void drawn() {
        int n = fit.items();
        boolean together = n <= Places.MOST_TOGETHER;
        DrawnErrors drawn = DrawnErrors.of(fit, sandwich(), together ? inference.draws() : 0, inference.seed());
        double quantile = Normal.quantile((1 + inference.level()) / 2);
        double[] variances = new double[n];
        for (int i = 0; i < n; i++) {
            low[i] = strengths[i] - quantile * drawn.errors()[i];
            high[i] = strengths[i] + quantile * drawn.errors()[i];
            variances[i] = drawn.errors()[i] * drawn.errors()[i];
        }
        for (int extra = 0; extra < extraErrors.length; extra++) {
            extraErrors[extra] = quantile * drawn.errors()[n + extra];
        }
        Arrays.fill(kinds, kind());
        remarks.add(String.format(
                Locale.ROOT,
                "Standard errors come from %d draws; their Monte Carlo error is %.1f %%, and %.1f %% at most",
                drawn.draws(),
                100 * drawn.typical(),
                100 * drawn.largest()));
        if (inference.intervals() == Inference.Intervals.AUTO) {
            thin(variances, quantile);
        }
        if (inference.intervals() == Inference.Intervals.LIKELIHOOD_RATIO) {
            ratios(variances);
        }
        boolean kept = together && inference.draws() > 0;
        if (kept) {
            widen(drawn, variances);
        }
        errors = Optional.of(solved(drawn, variances, kept));
        if (inference.draws() == 0) {
            return;
        }
        if (together) {
            Places.Kinds kinds = Places.ofErrors(strengths, drawn.drawn(), inference.level(), fit.groups()::together);
            places = Optional.of(kinds.together());
            alone = Optional.of(kinds.alone());
        } else {
            double[] errors = Arrays.stream(variances).map(Math::sqrt).toArray();
            alone = Optional.of(Places.alone(
                    strengths, errors, inference.level(), fit.groups().of()));
            remarks.add(String.format(
                    Locale.ROOT,
                    "Places are those of each item alone, because there are more than %,d items",
                    Places.MOST_TOGETHER));
        }
    }

    /** Likelihood-ratio intervals without fitting all strengths anew for each end; see {@link ItemLikelihood}. */
    private void ratios(double[] variances) {
        double[][] ends = ThinItems.ratios(fit, cells, strengths, variances, inference.level());
        for (int i = 0; i < ends.length; i++) {
            low[i] = ends[i][0];
            high[i] = ends[i][1];
        }
        remarks.add(
                "Likelihood-ratio intervals are from each item's own battles and the precision of its opponents: of so"
                        + " many items, the whole likelihood is not fitted again for each end");
    }

    private SolvedErrors solved(DrawnErrors drawn, double[] variances, boolean kept) {
        int[] rated = grouped().rated();
        List<String> items = cells.items();
        boolean sandwich = sandwich();
        return new SolvedErrors(
                () -> new PairVariances(fit, sandwich),
                Arrays.stream(rated).mapToObj(items::get).toList(),
                rated,
                Arrays.stream(rated).mapToDouble(i -> strengths[i]).toArray(),
                Arrays.stream(rated).map(i -> fit.groups().of()[i]).toArray(),
                Arrays.stream(rated).mapToDouble(i -> variances[i]).toArray(),
                Arrays.stream(rated)
                        .mapToDouble(i -> Math.max(0, variances[i] - drawn.errors()[i] * drawn.errors()[i]))
                        .toArray(),
                1,
                kept
                        ? Optional.of(Arrays.stream(rated)
                                .mapToObj(i -> drawn.drawn()[i])
                                .toArray(double[][]::new))
                        : Optional.empty());
    }

    /** Adds to the drawn errors of items whose variance was raised what they lack of it. */
    private void widen(DrawnErrors drawn, double[] variances) {
        for (int i = 0; i < variances.length; i++) {
            double lacking = variances[i] - drawn.errors()[i] * drawn.errors()[i];
            if (lacking > 1e-9 * variances[i]) {
                SplittableRandom random = new SplittableRandom(inference.seed() * 0x9E3779B97F4A7C15L + i);
                double[] errors = drawn.drawn()[i];
                for (int d = 0; d < errors.length; d++) {
                    errors[d] += Math.sqrt(lacking) * random.nextGaussian();
                }
            }
        }
    }

    private Profile profile() {
        PairLikelihood likelihood = fit.likelihood();
        Profile.Surface surface = new Profile.Surface() {
            @Override
            public double value(double[] p) {
                return likelihood.value(p);
            }

            @Override
            public Profile.Slope at(double[] p) {
                PairLikelihood.Point point = likelihood.at(p);
                return new Profile.Slope(
                        point.gradient(), Cholesky.of(PairNewton.held(point.information(), likelihood, fit.groups())));
            }
        };
        return new Profile(surface, fit.groups(), fit.parameters(), inference.level());
    }

    Board board(String model, String unit) {
        GroupedStandings of = grouped();
        List<Standing> standings = of.standings(strengths, low, high, places).stream()
                .map(this::withInterval)
                .toList();
        List<String> all = new ArrayList<>(of.remarks());
        all.addAll(remarks);
        thin.ifPresent(found -> all.addAll(found.remarks()));
        return new Board(
                model,
                unit,
                alone.map(a -> of.withPlacesAlone(standings, a)).orElse(standings),
                quantities(),
                all,
                Optional.of(forecast()),
                errors);
    }

    private GroupedStandings grouped() {
        return new GroupedStandings(cells.items(), fit.groups());
    }

    /** The kind of an item's interval, also of one that has no rating. */
    private Standing withInterval(Standing standing) {
        int i = index.getOrDefault(standing.item(), 0);
        boolean unbounded =
                kinds[i] == IntervalKind.POSTERIOR || Double.isInfinite(low[i]) || Double.isInfinite(high[i]);
        return Double.isFinite(standing.rating()) || unbounded
                ? standing.withInterval(low[i], high[i], kinds[i])
                : standing;
    }

    private List<Quantity> quantities() {
        List<Quantity> quantities = new ArrayList<>();
        for (int k = 0; k < fit.covariates().size(); k++) {
            quantities.add(quantity(fit.covariates().get(k), fit.effect(k), extraErrors[k]));
        }
        if (fit.likelihood().response().ties()) {
            double half = extraErrors[extraErrors.length - 1];
            Response response = fit.likelihood().response();
            quantities.add(new Quantity(
                    "tie probability at equal strength",
                    response.chances(0, fit.tie()).tie(),
                    Double.isNaN(half) ? half : tieChance(response, fit.tie() - half),
                    Double.isNaN(half) ? half : tieChance(response, fit.tie() + half)));
        }
        quantities.add(Quantity.of("log-likelihood", fit.likelihood().logLikelihood(fit.parameters())));
        return quantities;
    }

    /** A threshold's interval may reach below zero, where no tie is left. */
    private static double tieChance(Response response, double parameter) {
        boolean none = response instanceof Response.Threshold && parameter <= 0;
        return none ? 0 : response.chances(0, parameter).tie();
    }

    private static Quantity quantity(String name, double value, double half) {
        return new Quantity(name, value, value - half, value + half);
    }

    /** What the fit expects of a battle with the same covariates, in their order. */
    private OutcomePredictor forecast() {
        return new OutcomePredictor() {
            @Override
            public Optional<OutcomeProbabilities> chances(Battle battle) {
                return chances(battle, 0);
            }

            @Override
            public Optional<OutcomeProbabilities> chances(Battle battle, double by) {
                return Optional.ofNullable(index.get(battle.left()))
                        .flatMap(left -> Optional.ofNullable(index.get(battle.right()))
                                .flatMap(right -> PairBoard.this.chances(left, right, battle, by)));
            }
        };
    }

    private Optional<OutcomeProbabilities> chances(int left, int right, Battle battle, double by) {
        double delta;
        if (fit.groups().together(left, right)) {
            delta = strengths[left] - strengths[right] + by;
        } else {
            return Optional.empty();
        }
        List<String> names = fit.covariates();
        for (int k = 0; k < names.size(); k++) {
            boolean home = k == battle.covariates().size() && names.get(k).equals(Cells.HOME);
            if (!home && k >= battle.covariates().size()) {
                return Optional.empty();
            }
            delta += fit.effect(k) * (home ? 1 : battle.covariates().get(k));
        }
        return Optional.of(fit.likelihood().response().chances(delta, fit.tie()));
    }
}
