package org.thurstone.rank.posterior;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * The posterior of Bradley–Terry strengths under a normal prior, by expectation propagation. A rating is the posterior mean, about the mean of all items, and an
 * interval a posterior one, also for an item that won or lost every battle. Each pair's battles are one factor, whose moments are exact; of two items the
 * posterior's mean and variance are, too. A tie is half a win of each.
 *
 * @param ridge the precision of the prior of each strength, above 0: one over the square of its standard deviation, in log-odds
 */
@Method(
        name = "bradley-terry-ep",
        kind = "ranking",
        source = "Minka 2001; Chu and Ghahramani 2005",
        summary = "posterior of strengths under a normal prior, by expectation propagation",
        formula = "p(θ) ∝ N(θ; 0, I/ridge)·Π σ(θ_left − θ_right)")
public record BradleyTerryEp(@Default("0.1") double ridge) implements RankingModel {

    public BradleyTerryEp {
        if (!(ridge > 0 && Double.isFinite(ridge))) {
            throw new IllegalArgumentException("ridge is " + ridge + ", not a finite number above 0");
        }
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        Tally tally = votes.tally().folded();
        List<PairSite> sites = new ArrayList<>();
        for (int c = 0; c < tally.cells(); c++) {
            double half = tally.ties(c) / 2;
            if (tally.leftWins(c) + tally.rightWins(c) + half > 0) {
                sites.add(new PairSite(
                        tally.left(c), tally.right(c), tally.leftWins(c) + half, tally.rightWins(c) + half));
            }
        }
        return PosteriorBoard.of(
                "bradley-terry-ep",
                "log-odds",
                tally.items(),
                ExpectationPropagation.of(tally.items().size(), ridge, sites),
                ridge,
                inference);
    }
}
