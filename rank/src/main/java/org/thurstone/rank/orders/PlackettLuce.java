package org.thurstone.rank.orders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.rank.certainty.GroupedStandings;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.certainty.Places;
import org.thurstone.rank.certainty.Profile;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Normal;

/**
 * Plackett 1975 and Luce 1959: an order is a choice of the best item, then of the best of the remaining ones, and so on. Ratings are log-worths with
 * mean zero. Orders may be partial or top-k, and may contain ties, which have a parameter for each size of a tie (Davidson and Luce). For orders of
 * two items it is Bradley–Terry.
 *
 * @param ridge the precision of a normal prior on ratings; 0 for none
 */
@Method(
        name = "plackett-luce",
        kind = "ranking",
        source = "Luce 1959; Plackett 1975; Hunter 2004; Turner et al. 2020 (ties)",
        summary = "orders as successive choices of the best remaining item; full, partial and top-k, with ties",
        formula = "P(order) = Π_k e^θ_k / Σ_{j ≥ k} e^θ_j")
public record PlackettLuce(@Default("0") double ridge) implements RankingModel {

    /** An item in fewer orders does not show how far its choices scatter. */
    private static final double ENOUGH = 10;
    /** A profile of all items takes the cube of their number, for every item. */
    private static final int PROFILED = 60;
    /** The ridge of draws that do not determine the ratings. */
    private static final double HELP = 0.01;

    public PlackettLuce {
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge is " + ridge + ", not a finite number of at least 0");
        }
    }

    @Override
    public Form takes() {
        return Form.RANKINGS;
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        Rankings rankings = Rankings.of(votes, "plackett-luce", "bradley-terry");
        if (rankings.items().size() < 2) {
            throw new UserError("there is only one item: nothing can be ranked against it");
        }
        Groups groups = ridge > 0 ? Groups.one(rankings.items().size()) : Groups.of(rankings.tally());
        ChoiceLikelihood likelihood = new ChoiceLikelihood(rankings, groups, ridge);
        double[] p = fit(likelihood, groups, new double[likelihood.parameters()]);
        Board board = board(likelihood, groups, p, inference);
        if (inference.intervals() != Inference.Intervals.BOOTSTRAP) {
            return board;
        }
        if (groups.count() > 1) {
            return board.withRemarks(List.of("There is no bootstrap where ratings cannot be compared"));
        }
        AtomicInteger helped = new AtomicInteger();
        Board sure = Bootstrap.around(
                board, rankings, inference, false, (drawn, random) -> drawn((Rankings) drawn, random, helped));
        return helped.get() == 0
                ? sure
                : sure.withRemarks(List.of(helped + " of " + inference.draws()
                        + " draws did not determine every estimate; those were fitted with ridge 0.01 or more"));
    }

    private double[] drawn(Rankings drawn, SplittableRandom random, AtomicInteger helped) {
        Groups one = Groups.one(drawn.items().size());
        if (nothingDecided(drawn.tally())) {
            // Ties alone have no finite tie parameters, and all items are equal.
            return new double[drawn.items().size()];
        }
        boolean sound = ridge > 0 || Groups.of(drawn.tally()).count() == 1;
        double[] pull = Bootstrap.pull(drawn.items().size(), ridge, random);
        if (sound) {
            try {
                return ratings(drawn, one, ridge, pull);
            } catch (UserError e) {
                // Its ties are not determined.
            }
        }
        helped.incrementAndGet();
        for (double held = Math.max(ridge, HELP); ; held *= 10) {
            try {
                return ratings(drawn, one, held, pull);
            } catch (UserError e) {
                if (held > 1) {
                    throw e;
                }
            }
        }
    }

    private static double[] ratings(Rankings drawn, Groups one, double ridge, double[] pull) {
        ChoiceLikelihood likelihood = new ChoiceLikelihood(drawn, one, ridge, pull);
        double[] p = Arrays.copyOf(fit(likelihood, one, new double[likelihood.parameters()]), likelihood.items());
        one.centre(p);
        return p;
    }

    private static boolean nothingDecided(Tally tally) {
        return IntStream.range(0, tally.cells()).allMatch(c -> tally.leftWins(c) + tally.rightWins(c) == 0);
    }

    private static double[] fit(ChoiceLikelihood likelihood, Groups groups, double[] start) {
        return ChoiceClimb.newton(likelihood, groups, start);
    }

    private static Board board(ChoiceLikelihood likelihood, Groups groups, double[] p, Inference inference) {
        int n = likelihood.items();
        double[] ratings = Arrays.copyOf(p, n);
        groups.centre(ratings);
        double[] low = new double[n];
        double[] high = new double[n];
        Arrays.fill(low, Double.NaN);
        Arrays.fill(high, Double.NaN);
        GroupedStandings of = new GroupedStandings(likelihood.rankings().items(), groups);
        Optional<Places> places = Optional.empty();
        Optional<Places> alone = Optional.empty();
        Optional<RatingErrors> errors = Optional.empty();
        int[] few = inference.intervals() == Inference.Intervals.AUTO ? few(likelihood, groups) : new int[0];
        boolean analytic = switch (inference.intervals()) {
            case AUTO, SANDWICH, FISHER, LIKELIHOOD_RATIO -> true;
            case NONE, BOOTSTRAP -> false;
        };
        if (analytic) {
            double[][] covariance = covariance(
                    likelihood,
                    groups,
                    p,
                    switch (inference.intervals()) {
                        case AUTO, SANDWICH -> true;
                        case FISHER, LIKELIHOOD_RATIO, NONE, BOOTSTRAP -> false;
                    });
            double[] deviations = deviations(covariance);
            double quantile = Normal.quantile((1 + inference.level()) / 2);
            Optional<Profile> whole = few.length > 0 && n <= PROFILED
                    ? Optional.of(new Profile(surface(likelihood, groups), groups, p, inference.level()))
                    : Optional.empty();
            double[] fisher =
                    few.length > 0 && n > PROFILED ? deviations(covariance(likelihood, groups, p, false)) : deviations;
            double[][] ends = inference.intervals() == Inference.Intervals.LIKELIHOOD_RATIO
                    ? new Profile(surface(likelihood, groups), groups, p, inference.level()).intervals(deviations)
                    : IntStream.range(0, n)
                            .mapToObj(i -> new double[] {
                                ratings[i] - quantile * deviations[i], ratings[i] + quantile * deviations[i]
                            })
                            .toArray(double[][]::new);
            double[][] ofItems = Arrays.stream(covariance, 0, n)
                    .map(row -> Arrays.copyOf(row, n))
                    .toArray(double[][]::new);
            for (int i : few) {
                ends[i] = whole.isPresent()
                        ? whole.get().widest(i, deviations[i])
                        : new double[] {ratings[i] - quantile * fisher[i], ratings[i] + quantile * fisher[i]};
                double error = (ends[i][1] - ends[i][0]) / (2 * quantile);
                ofItems[i][i] = Double.isFinite(error) ? Math.max(ofItems[i][i], error * error) : ofItems[i][i];
            }
            for (int i = 0; i < n; i++) {
                low[i] = ends[i][0];
                high[i] = ends[i][1];
            }
            errors = Optional.of(of.errors(ratings, ofItems));
            if (inference.draws() > 0) {
                places = Optional.of(Places.of(
                        ratings, ofItems, inference.level(), inference.draws(), inference.seed(), groups::together));
                alone = Optional.of(Places.alone(ratings, ofItems, inference.level(), groups::together));
            }
        }
        List<String> items = likelihood.rankings().items();
        boolean profiled = n <= PROFILED;
        Set<String> thin = Arrays.stream(few).mapToObj(items::get).collect(Collectors.toSet());
        List<String> remarks = new ArrayList<>(of.remarks());
        if (!thin.isEmpty()) {
            remarks.add(
                    profiled
                            ? "L: too few orders for a sandwich interval of " + Count.of(thin.size(), "item")
                                    + "; the interval is a likelihood-ratio one"
                            : "Too few orders for a sandwich interval of " + Count.of(thin.size(), "item")
                                    + "; the interval is from the curvature alone");
        }
        IntervalKind usual = kind(inference.intervals());
        IntervalKind ofThin = profiled ? IntervalKind.LIKELIHOOD_RATIO : IntervalKind.FISHER;
        List<Standing> standings = of.standings(ratings, low, high, places).stream()
                .map(s -> s.hasInterval() ? s.with(s.evidence().with(thin.contains(s.item()) ? ofThin : usual)) : s)
                .toList();
        return new Board(
                "plackett-luce",
                "log-worth",
                alone.map(a -> of.withPlacesAlone(standings, a)).orElse(standings),
                quantities(likelihood, p),
                remarks,
                Optional.of(forecast(likelihood, groups, p)),
                errors);
    }

    /** The items that so few orders contain that their scatter is not known; items that are alone in their group have no interval. */
    private static int[] few(ChoiceLikelihood likelihood, Groups groups) {
        int n = likelihood.items();
        double[] orders = new double[n];
        likelihood
                .rankings()
                .all()
                .forEach(order -> order.blocks().forEach(block -> block.forEach(i -> orders[i] += order.weight())));
        int[] sizes = groups.sizes();
        return IntStream.range(0, n)
                .filter(i -> orders[i] < ENOUGH && sizes[groups.of()[i]] > 1)
                .toArray();
    }

    private static double[] deviations(double[][] covariance) {
        return IntStream.range(0, covariance.length)
                .mapToDouble(i -> Math.sqrt(covariance[i][i]))
                .toArray();
    }

    private static IntervalKind kind(Inference.Intervals asked) {
        return switch (asked) {
            case NONE, BOOTSTRAP -> IntervalKind.NONE;
            case AUTO, SANDWICH -> IntervalKind.SANDWICH;
            case FISHER -> IntervalKind.FISHER;
            case LIKELIHOOD_RATIO -> IntervalKind.LIKELIHOOD_RATIO;
        };
    }

    private static Profile.Surface surface(ChoiceLikelihood likelihood, Groups groups) {
        return new Profile.Surface() {
            @Override
            public double value(double[] p) {
                return likelihood.at(p, new double[p.length]);
            }

            @Override
            public Profile.Slope at(double[] p) {
                double[] gradient = new double[p.length];
                likelihood.at(p, gradient);
                return new Profile.Slope(gradient, Cholesky.of(curvature(likelihood, groups, p)));
            }
        };
    }

    private static double[][] curvature(ChoiceLikelihood likelihood, Groups groups, double[] p) {
        double[][] information = likelihood.information(p);
        return likelihood.prior() ? information : groups.hold(information);
    }

    private static List<Quantity> quantities(ChoiceLikelihood likelihood, double[] p) {
        List<Quantity> quantities = new ArrayList<>();
        int[] sizes = likelihood.sizes();
        for (int s = 1; s < sizes.length; s++) {
            quantities.add(Quantity.of("tie of " + sizes[s] + " (δ)", Math.exp(p[likelihood.items() + s - 1])));
        }
        double value = likelihood.logLikelihood(p);
        double weight = likelihood.rankings().all().stream()
                .mapToDouble(Rankings.Ranking::weight)
                .sum();
        quantities.add(Quantity.of("log-likelihood", value));
        quantities.add(Quantity.of("log-likelihood per order", value / weight));
        return quantities;
    }

    private static double[][] covariance(ChoiceLikelihood likelihood, Groups groups, double[] p, boolean sandwich) {
        double[][] inverse = Cholesky.of(curvature(likelihood, groups, p)).inverse();
        groups.centre(inverse);
        return sandwich ? Matrices.sandwich(inverse, likelihood.scatter(p)) : inverse;
    }

    private static OutcomePredictor forecast(ChoiceLikelihood likelihood, Groups groups, double[] p) {
        Map<String, Integer> index = new HashMap<>();
        List<String> items = likelihood.rankings().items();
        IntStream.range(0, items.size()).forEach(i -> index.put(items.get(i), i));
        int[] sizes = likelihood.sizes();
        double tie = sizes.length > 1 && sizes[1] == 2 ? Math.exp(p[likelihood.items()]) : 0;
        return battle -> {
            Integer left = index.get(battle.left());
            Integer right = index.get(battle.right());
            if (left == null || right == null || !groups.together(left, right)) {
                return Optional.empty();
            }
            double half = (p[left] - p[right]) / 2;
            double a = Math.exp(Math.min(0, 2 * half));
            double b = Math.exp(Math.min(0, -2 * half));
            double t = tie * Math.sqrt(a * b);
            double sum = a + b + t;
            return Optional.of(new OutcomeProbabilities(a / sum, t / sum, b / sum));
        };
    }
}
