package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.statistics.Normal;

/**
 * The common part of the named models: fits votes and makes a board.
 *
 * @param ties the response that gives ties a probability; {@code plain} if there are no ties, or only ties
 * @param plain the response without ties
 * @param halfLife half-life of a battle's weight in days; infinite if age does not matter
 * @param firth whether strengths have Firth's penalty; see {@link FirthFit}
 * @param balance the fewest battles that a pair is taken to have in {@linkplain PairWeights inverse-sampling weights}; empty for equal weights
 */
record PairModel(
        String name,
        String unit,
        Response ties,
        Response plain,
        Prior prior,
        boolean home,
        double halfLife,
        Solver solver,
        boolean firth,
        OptionalDouble balance) {

    PairModel(
            String name,
            String unit,
            Response ties,
            Response plain,
            Prior prior,
            boolean home,
            double halfLife,
            Solver solver) {
        this(name, unit, ties, plain, prior, home, halfLife, solver, false, OptionalDouble.empty());
    }

    /** The prior of a resample in which an item won or lost every battle, or had none. */
    private static final Prior SLIGHT = new Prior(0.01, 1);

    Board rank(Votes votes, Inference asked) {
        if (firth && asked.intervals() == Inference.Intervals.LIKELIHOOD_RATIO) {
            throw new UserError(
                    "there are no likelihood-ratio intervals with firth: use auto, fisher, sandwich or bootstrap");
        }
        boolean ofModel = asked.intervals() == Inference.Intervals.FISHER
                || asked.intervals() == Inference.Intervals.LIKELIHOOD_RATIO;
        if (balance.isPresent() && ofModel) {
            throw new UserError("there are no fisher and no likelihood-ratio intervals with weights by pair (balance):"
                    + " use auto, sandwich or bootstrap");
        }
        // Ratings that the penalty keeps finite are no maxima of the likelihood; its curvature there is the usual
        // error.
        boolean curvature = firth && asked.intervals() == Inference.Intervals.AUTO;
        Inference inference = curvature ? asked.with(Inference.Intervals.FISHER) : asked;
        if (Double.isFinite(halfLife) && !(votes instanceof Battles battles && battles.timed())) {
            throw new UserError(name + " with a half-life needs the time of each battle; name its column with --when");
        }
        if (votes.items().size() < 2) {
            throw new UserError(
                    "there is only one item, " + String.join("", votes.items()) + ": nothing can be compared with it");
        }
        Cells plainly = Cells.of(votes, home, halfLife);
        UnaryOperator<Cells> weights = weights(plainly);
        Cells cells = weights.apply(plainly);
        Board board = withStandardEffects(ranked(votes, cells, weights, inference), cells);
        return votes instanceof Battles battles && Double.isFinite(halfLife)
                ? board.withRemarks(List.of(ageRemark(battles, plainly)))
                : board;
    }

    /** What the half-life leaves of the votes: everything or nearly nothing if times were not what their reader took them for. */
    private String ageRemark(Battles battles, Cells cells) {
        DoubleSummaryStatistics times =
                IntStream.range(0, battles.count()).mapToDouble(battles::time).summaryStatistics();
        double left =
                Arrays.stream(cells.weights()).flatMapToDouble(Arrays::stream).sum();
        return String.format(
                Locale.ROOT,
                "The half-life is %s days and the times span %,.1f days: by their age, the battles weigh %.1f %% of what they"
                        + " would without decay",
                halfLife == Math.rint(halfLife) ? String.format(Locale.ROOT, "%.0f", halfLife) : "" + halfLife,
                (times.getMax() - times.getMin()) / Cells.SECONDS_A_DAY,
                100 * left / battles.tally().total());
    }

    /** The battles of votes, with the weights of the model. */
    Cells cells(Votes votes) {
        Cells plainly = Cells.of(votes, home, halfLife);
        return weights(plainly).apply(plainly);
    }

    /** Weights that resamples of these battles keep: they belong to the design. */
    private UnaryOperator<Cells> weights(Cells cells) {
        return balance.isPresent() ? PairWeights.inverse(cells, balance.getAsDouble())::on : UnaryOperator.identity();
    }

    /** Effects per standard deviation of their covariates, as LMArena gives them: they can be compared with each other. */
    private static Board withStandardEffects(Board board, Cells cells) {
        List<Quantity> standard = new ArrayList<>();
        for (int k = 0; k < cells.covariates().size(); k++) {
            String name = cells.covariates().get(k);
            double deviation = cells.deviation(k);
            if (!name.equals(Cells.HOME) && deviation > 0) {
                Quantity effect = board.quantities().get(k);
                standard.add(new Quantity(
                        name + ", per standard deviation",
                        deviation * effect.value(),
                        deviation * effect.low(),
                        deviation * effect.high()));
            }
        }
        return standard.isEmpty() ? board : board.withQuantities(standard);
    }

    private Board ranked(Votes votes, Cells cells, UnaryOperator<Cells> weights, Inference inference) {
        PairFit fit = fit(cells);
        Board board = new PairBoard(fit, cells, inference).board(name, unit).withRemarks(tieRemarks(cells));
        if (fit.likelihood().holdsEffects()) {
            board = board.withRemarks(List.of("The votes do not determine every effect: the ridge holds them, too"));
        }
        if (votes instanceof Rankings && inference.intervals() != Inference.Intervals.BOOTSTRAP) {
            board = board.withRemarks(List.of("Each pair of an order counts as a separate battle, so that intervals are"
                    + " too narrow; a bootstrap draws whole orders"));
        }
        if (inference.intervals() != Inference.Intervals.BOOTSTRAP) {
            return board;
        }
        if (fit.groups().count() > 1) {
            return board.withRemarks(List.of("There is no bootstrap where ratings cannot be compared"));
        }
        AtomicInteger helped = new AtomicInteger();
        boolean countable = Double.isInfinite(halfLife)
                && !(votes instanceof Battles battles && !battles.covariates().isEmpty());
        Optional<Board> thin = firth || !ThinItems.any(fit)
                ? Optional.empty()
                : Optional.of(new PairBoard(
                                fit,
                                cells,
                                inference.with(Inference.Intervals.AUTO).withDraws(0))
                        .board(name, unit));
        Board sure = Bootstrap.around(
                board,
                countable && !home ? folded(votes) : votes,
                inference,
                countable,
                thin.map(t -> errors(t, votes.items(), inference.level())).orElseGet(() -> new double[fit.items()]),
                (drawn, random) -> estimates(weights.apply(Cells.of(drawn, home, halfLife)), random, fit, helped));
        sure = withThinItems(sure, thin);
        return helped.get() == 0
                ? sure
                : sure.withRemarks(List.of(helped + " of " + inference.draws()
                        + " draws did not determine every estimate; those were fitted with ridge 0.01"));
    }

    /** Folded once rather than in each draw. */
    private static Votes folded(Votes votes) {
        return switch (votes) {
            case Battles battles -> battles.folded();
            case Tally tally -> tally.folded();
            case Rankings rankings -> rankings;
        };
    }

    PairFit fit(Cells cells) {
        if (firth) {
            return FirthFit.of(cells, plain);
        }
        boolean together = !prior.none() || cells.surelyTogether();
        Groups groups = together ? Groups.one(cells.items().size()) : cells.groups();
        Cells within = cells.within(groups.of());
        Response response = response(cells);
        if (solver == Solver.MM
                && (response.ties()
                        || !cells.covariates().isEmpty()
                        || prior.ridge() > 0
                        || !(plain instanceof Response.Logistic))) {
            throw new UserError("solver mm fits plain Bradley–Terry, with or without a gamma prior: no tie parameter,"
                    + " no home advantage, no covariates, no ridge; use --set solver=newton");
        }
        try {
            return PairFit.of(new PairLikelihood(within, response, prior), groups, solver);
        } catch (UserError e) {
            if (!(prior.ridge() > 0) || cells.covariates().isEmpty()) {
                throw e;
            }
            // A ridge is given to have finite estimates, and an effect that decides every battle has none without one.
            double[] none = new double[cells.items().size()];
            return PairFit.of(new PairLikelihood(within, response, prior, none, prior.ridge()), groups, solver);
        }
    }

    /** Where all tie, or none does, the tie parameter has no finite value. */
    Response response(Cells cells) {
        double tied = cells.ties();
        return tied > 0 && tied < cells.total() ? ties : plain;
    }

    private List<String> tieRemarks(Cells cells) {
        List<String> remarks = new ArrayList<>();
        if (ties.ties() && !response(cells).ties()) {
            remarks.add(
                    cells.ties() > 0
                            ? "Every battle is a tie: the tie probability has no finite estimate, and all items are equal"
                            : "No battle is a tie: the model is the one without ties");
        }
        return remarks;
    }

    /** Resamples of few results scatter as little as the results do: of thin items the interval also holds what {@link ThinItems} says. */
    private static Board withThinItems(Board board, Optional<Board> thin) {
        if (thin.isEmpty()) {
            return board;
        }
        List<Standing> standings = board.standings().stream()
                .map(s -> thin.get()
                        .of(s.item())
                        .filter(t -> t.evidence().interval() == IntervalKind.LIKELIHOOD_RATIO)
                        .map(t -> holding(s, t))
                        .orElse(s))
                .toList();
        long wider = standings.stream()
                .filter(s -> s.evidence().interval() == IntervalKind.LIKELIHOOD_RATIO)
                .count();
        return wider == 0
                ? board
                : board.with(standings)
                        .withRemarks(List.of("L: resamples of few results scatter too little, so that the interval of "
                                + Count.of(wider, "item") + " also holds the likelihood-ratio one"));
    }

    /** The standard errors of items with likelihood-ratio intervals, as far as these have two ends; 0 for the others. */
    private static double[] errors(Board thin, List<String> items, double level) {
        double quantile = Normal.quantile((1 + level) / 2);
        return items.stream()
                .mapToDouble(item -> thin.of(item)
                        .filter(s -> s.evidence().interval() == IntervalKind.LIKELIHOOD_RATIO)
                        .map(s -> (s.high() - s.low()) / (2 * quantile))
                        .filter(Double::isFinite)
                        .orElse(0.0))
                .toArray();
    }

    /** The first standing with an interval that holds both; of the first one's kind where it does already. */
    private static Standing holding(Standing drawn, Standing thin) {
        if (!drawn.hasInterval()) {
            return drawn.withInterval(thin.low(), thin.high(), IntervalKind.LIKELIHOOD_RATIO);
        }
        return drawn.low() <= thin.low() && thin.high() <= drawn.high()
                ? drawn
                : drawn.withInterval(
                        Math.min(drawn.low(), thin.low()),
                        Math.max(drawn.high(), thin.high()),
                        IntervalKind.LIKELIHOOD_RATIO);
    }

    /** Strengths, then effects, then the tie probability, as the board has them. */
    private double[] estimates(Cells drawn, SplittableRandom random, PairFit around, AtomicInteger helped) {
        PairFit fit = refit(drawn, random, around, helped);
        double[] strengths = fit.strengths();
        int effects = fit.covariates().size();
        boolean tied = around.likelihood().response().ties();
        double[] all = Arrays.copyOf(strengths, strengths.length + effects + (tied ? 1 : 0));
        for (int k = 0; k < effects; k++) {
            all[strengths.length + k] = fit.effect(k);
        }
        if (tied) {
            Response response = fit.likelihood().response();
            all[all.length - 1] = response.ties()
                    ? response.chances(0, fit.tie()).tie()
                    : fit.likelihood().cells().ties() > 0 ? 1 : 0;
        }
        return all;
    }

    private PairFit refit(Cells cells, SplittableRandom random, PairFit around, AtomicInteger helped) {
        if (firth) {
            PairFit bent = FirthFit.of(cells, plain);
            if (bent.groups().count() == 1) {
                return bent;
            }
        }
        boolean sound =
                !prior.none() || cells.surelyTogether() || cells.groups().count() == 1;
        if (!sound) {
            helped.incrementAndGet();
        }
        Prior held = sound ? prior : SLIGHT;
        double[] pull = prior.pull(cells.items().size(), random);
        double ofEffects = around.likelihood().holdsEffects() ? prior.ridge() : 0;
        Response response = response(cells);
        Groups groups = Groups.one(cells.items().size());
        try {
            PairLikelihood likelihood = new PairLikelihood(cells, response, held, pull, ofEffects);
            boolean alike = likelihood.parameters() == around.parameters().length && solver == Solver.NEWTON;
            return alike
                    ? PairFit.near(likelihood, groups, around.parameters())
                    : PairFit.of(likelihood, groups, sound ? solver : Solver.NEWTON);
        } catch (UserError e) {
            if (cells.covariates().isEmpty() || ofEffects > 0) {
                throw e;
            }
            if (sound) {
                helped.incrementAndGet();
            }
            PairLikelihood likelihood = new PairLikelihood(cells, response, held, pull, SLIGHT.ridge());
            return PairFit.of(likelihood, groups, Solver.NEWTON);
        }
    }
}
