package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Bootstrap;
import org.thurstone.rank.certainty.Groups;

/**
 * The common part of the named models: fits votes and makes a board.
 *
 * @param ties the response that gives ties a probability; {@code plain} if there are no ties, or only ties
 * @param plain the response without ties
 * @param halfLife half-life of a battle's weight in days; infinite if age does not matter
 */
record PairModel(
        String name,
        String unit,
        Response ties,
        Response plain,
        Prior prior,
        boolean home,
        double halfLife,
        Solver solver) {

    /** The prior of a resample in which an item won or lost every battle, or had none. */
    private static final Prior SLIGHT = new Prior(0.01, 1);

    Board rank(Votes votes, Inference inference) {
        if (Double.isFinite(halfLife) && !(votes instanceof Battles battles && battles.timed())) {
            throw new UserError(name + " with a half-life needs the time of each battle; name its column with --when");
        }
        if (votes.items().size() < 2) {
            throw new UserError(
                    "there is only one item, " + String.join("", votes.items()) + ": nothing can be compared with it");
        }
        Cells cells = Cells.of(votes, home, halfLife);
        PairFit fit = fit(cells);
        Board board = new PairBoard(fit, inference).board(name, unit).withRemarks(tieRemarks(cells));
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
        Board sure = Bootstrap.around(
                board,
                countable && !home ? folded(votes) : votes,
                inference,
                countable,
                (drawn, random) -> strengths(drawn, random, fit, helped));
        return helped.get() == 0
                ? sure
                : sure.withRemarks(List.of(helped + " of " + inference.draws()
                        + " draws did not determine every rating; those were fitted with ridge 0.01"));
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
        boolean together = !prior.none() || cells.surelyTogether();
        Groups groups = together ? Groups.one(cells.items().size()) : cells.groups();
        Cells within = cells.within(groups.of());
        Response response = response(cells);
        if (solver == Solver.MM
                && (response.ties()
                        || !cells.covariates().isEmpty()
                        || prior.ridge() > 0
                        || !(plain instanceof Response.Logistic))) {
            throw new UserError("solver: mm fits plain Bradley–Terry, with or without a gamma prior: no tie parameter,"
                    + " no home advantage, no covariates, no ridge; use solver: newton");
        }
        return PairFit.of(new PairLikelihood(within, response, prior), groups, solver);
    }

    /** Where all tie, or none does, the tie parameter has no finite value. */
    private Response response(Cells cells) {
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

    private double[] strengths(Votes drawn, SplittableRandom random, PairFit around, AtomicInteger helped) {
        Cells cells = Cells.of(drawn, home, halfLife);
        boolean sound =
                !prior.none() || cells.surelyTogether() || cells.groups().count() == 1;
        if (!sound) {
            helped.incrementAndGet();
        }
        Response response = response(cells);
        PairLikelihood likelihood = new PairLikelihood(
                cells,
                response,
                sound ? prior : SLIGHT,
                prior.pull(cells.items().size(), random));
        Groups groups = Groups.one(cells.items().size());
        boolean alike = likelihood.parameters() == around.parameters().length && solver == Solver.NEWTON;
        PairFit fit = alike
                ? PairFit.from(likelihood, groups, solver, around.parameters())
                : PairFit.of(likelihood, groups, sound ? solver : Solver.NEWTON);
        return fit.strengths();
    }
}
