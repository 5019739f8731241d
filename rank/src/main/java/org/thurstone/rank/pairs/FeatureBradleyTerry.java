package org.thurstone.rank.pairs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.rank.certainty.GroupedStandings;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.certainty.Places;
import org.thurstone.rank.file.ItemFeatures;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Normal;
import org.thurstone.statistics.StudentT;

/**
 * Bradley–Terry with features of the items: a strength is x_iᵀβ + u_i, what the features say and a residual with the law N(0, τ²). Without residuals two items
 * of equal features would be equal; with free ones β would not be determined; as random effects they leave both determined, also for items of few battles, which
 * are drawn towards what their features say. τ is found by restricted maximum likelihood. The errors of β take the residuals' scatter into account, and its
 * p-values are by Student's t with as many degrees of freedom as there are more items than features, less one: what β rests on is the number of items, however many
 * battles there are.
 *
 * @param features file with a row per item, whose numbers are the features; must be given
 * @param columns the columns of that file to use; empty for all that hold numbers
 * @param item the column with the item; empty for item, name, model, key, player or team
 * @param ties model of ties: half a win for each, or a tie probability by Davidson or by Rao and Kupper
 * @param home whether the left item may have an advantage
 * @param deviation τ, the residuals' standard deviation in log-odds, from 0.01 to 20; empty to estimate it
 */
@Method(
        name = "bt-features",
        kind = "ranking",
        source =
                "Bradley and Terry 1952; Springall 1973; Turner and Firth 2012 (BradleyTerry2); Breslow and Clayton 1993",
        summary = "Bradley–Terry with effects of item features and random residuals",
        formula = "P(left wins) = σ(s_left − s_right), s_i = x_iᵀβ + u_i, u_i ~ N(0, τ²)")
public record FeatureBradleyTerry(
        Optional<Path> features,
        @Default("[]") List<String> columns,
        Optional<String> item,
        @Default("half") BradleyTerry.Ties ties,
        @Default("false") boolean home,
        OptionalDouble deviation)
        implements RankingModel {

    private static final String NAME = "bt-features";

    public FeatureBradleyTerry {
        columns = List.copyOf(columns);
        if (deviation.isPresent()
                && !(deviation.getAsDouble() >= FeatureFit.LEAST && deviation.getAsDouble() <= FeatureFit.MOST)) {
            throw new IllegalArgumentException("deviation is " + deviation.getAsDouble() + ", not from "
                    + FeatureFit.LEAST + " to " + FeatureFit.MOST);
        }
    }

    /** With features in memory: {@link #rank(Votes, ItemFeatures, Inference)}. */
    public static FeatureBradleyTerry plain() {
        return new FeatureBradleyTerry(
                Optional.empty(), List.of(), Optional.empty(), BradleyTerry.Ties.HALF, false, OptionalDouble.empty());
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        Path file = features.orElseThrow(() -> new UserError("bt-features needs a file with the features of the items:"
                + " --item-features FILE, with a row per item"));
        return rank(votes, ItemFeatures.read(file, item, columns), inference);
    }

    /**
     * The board with given features, whatever {@link #features} says.
     *
     * @throws UserError if an item has no features, or they do not determine their effects
     */
    public Board rank(Votes votes, ItemFeatures of, Inference inference) {
        double[][] values = of.of(votes.items());
        PairModel model = BradleyTerry.PLAIN.with(ties).withHome(home).model(NAME);
        Cells cells = model.cells(votes);
        Response response = model.response(cells);
        FeatureFit fit = FeatureFit.of(cells, response, of.names(), values, deviation.orElse(Double.NaN));
        boolean analytic = inference.intervals() == Inference.Intervals.AUTO;
        List<String> remarks = new ArrayList<>(of.remarks(votes.items()));
        if (deviation.isEmpty() && fit.deviation() < 1.01 * FeatureFit.LEAST) {
            remarks.add(
                    "The features explain the strengths as far as the votes show: the residual standard deviation is at"
                            + " its least value, " + FeatureFit.LEAST);
        }
        Board board = board(fit, cells, of.names(), inference, analytic, remarks);
        if (inference.intervals() != Inference.Intervals.BOOTSTRAP) {
            return board;
        }
        boolean countable =
                !(votes instanceof Battles battles && !battles.covariates().isEmpty());
        int features = of.names().size();
        double ridge = 1 / (fit.deviation() * fit.deviation());
        return Bootstrap.around(board, votes, inference, countable, (drawn, random) -> {
            FeatureFit again = fit.again(
                    model.cells(drawn), of.names(), Bootstrap.pull(votes.items().size(), ridge, random));
            double[] all = Arrays.copyOf(again.strengths(), votes.items().size() + features);
            for (int k = 0; k < features; k++) {
                all[votes.items().size() + k] = again.effect(k);
            }
            return all;
        });
    }

    private static Board board(
            FeatureFit fit,
            Cells cells,
            List<String> names,
            Inference inference,
            boolean analytic,
            List<String> remarks) {
        int n = cells.items().size();
        double[] strengths = fit.strengths();
        double[] low = new double[n];
        double[] high = new double[n];
        Arrays.fill(low, Double.NaN);
        Arrays.fill(high, Double.NaN);
        Groups one = fit.fit().groups();
        GroupedStandings of = new GroupedStandings(cells.items(), one);
        double[][] covariance = analytic ? fit.covariance() : new double[0][0];
        List<Quantity> quantities = quantities(fit, names, covariance, inference.level(), remarks);
        Optional<OutcomePredictor> forecast = Optional.of(forecast(fit, cells, strengths));
        if (!analytic) {
            return new Board(
                    NAME,
                    "log-odds",
                    of.standings(strengths, low, high, Optional.empty()),
                    quantities,
                    remarks,
                    forecast);
        }
        double[][] ofStrengths = fit.ofStrengths(covariance);
        double quantile = Normal.quantile((1 + inference.level()) / 2);
        for (int i = 0; i < n; i++) {
            double half = quantile * Math.sqrt(ofStrengths[i][i]);
            low[i] = strengths[i] - half;
            high[i] = strengths[i] + half;
        }
        remarks.add(String.format(
                Locale.ROOT,
                "P: posterior intervals, with residuals of standard deviation %.3f about what the features say",
                fit.deviation()));
        Optional<Places> places = inference.draws() > 0
                ? Optional.of(Places.of(
                        strengths, ofStrengths, inference.level(), inference.draws(), inference.seed(), one::together))
                : Optional.empty();
        List<Standing> standings = of.standings(strengths, low, high, places).stream()
                .map(s -> s.with(s.evidence().with(IntervalKind.POSTERIOR)))
                .toList();
        return new Board(
                NAME,
                "log-odds",
                places.isEmpty()
                        ? standings
                        : of.withPlacesAlone(
                                standings, Places.alone(strengths, ofStrengths, inference.level(), one::together)),
                quantities,
                remarks,
                forecast,
                Optional.of(of.errors(strengths, ofStrengths)));
    }

    /** Effects of features come first, as a bootstrap draws them. */
    private static List<Quantity> quantities(
            FeatureFit fit, List<String> names, double[][] covariance, double level, List<String> remarks) {
        int n = fit.design().length;
        PairFit inside = fit.fit();
        List<Quantity> quantities = new ArrayList<>();
        int freedom = n - names.size() - 1;
        double quantile = StudentT.twoSided(level, freedom);
        for (int k = 0; k < names.size(); k++) {
            double effect = fit.effect(k);
            if (covariance.length == 0) {
                quantities.add(Quantity.of(names.get(k), effect));
            } else {
                double error = Math.sqrt(covariance[n + k][n + k]) / fit.scales()[k];
                double p = 1 - StudentT.within(Math.abs(effect) / error, freedom);
                quantities.add(
                        new Quantity(names.get(k), effect, effect - quantile * error, effect + quantile * error, p));
                remarks.add(String.format(
                        Locale.ROOT,
                        "%s: %.4g log-odds per unit, standard error %.3g, t = %.2f with %d degrees of freedom, p = %.2g",
                        names.get(k),
                        effect,
                        error,
                        effect / error,
                        freedom,
                        p));
            }
        }
        double normal = Normal.quantile((1 + level) / 2);
        for (int k = names.size(); k < inside.covariates().size(); k++) {
            double effect = inside.effect(k);
            double half = covariance.length == 0 ? Double.NaN : normal * Math.sqrt(covariance[n + k][n + k]);
            quantities.add(new Quantity(inside.covariates().get(k), effect, effect - half, effect + half));
        }
        double explained = Arrays.stream(fit.explained()).map(x -> x * x).sum() / (n - 1);
        double residual = fit.deviation() * fit.deviation();
        quantities.add(Quantity.of("residual standard deviation", fit.deviation()));
        quantities.add(Quantity.of("share of the variance that features explain", explained / (explained + residual)));
        Response response = inside.likelihood().response();
        if (response.ties()) {
            quantities.add(Quantity.of(
                    "tie probability at equal strength",
                    response.chances(0, inside.tie()).tie()));
        }
        quantities.add(Quantity.of("log-likelihood", inside.likelihood().logLikelihood(inside.parameters())));
        return quantities;
    }

    private static OutcomePredictor forecast(FeatureFit fit, Cells cells, double[] strengths) {
        Map<String, Integer> index = new HashMap<>();
        cells.items().forEach(item -> index.put(item, index.size()));
        PairFit inside = fit.fit();
        int features = fit.scales().length;
        List<String> covariates = cells.covariates();
        return battle -> {
            Integer left = index.get(battle.left());
            Integer right = index.get(battle.right());
            if (left == null || right == null) {
                return Optional.empty();
            }
            double delta = strengths[left] - strengths[right];
            for (int k = 0; k < covariates.size(); k++) {
                boolean atHome =
                        k == battle.covariates().size() && covariates.get(k).equals(Cells.HOME);
                if (!atHome && k >= battle.covariates().size()) {
                    return Optional.empty();
                }
                delta += inside.effect(features + k)
                        * (atHome ? 1 : battle.covariates().get(k));
            }
            return Optional.of(inside.likelihood().response().chances(delta, inside.tie()));
        };
    }
}
