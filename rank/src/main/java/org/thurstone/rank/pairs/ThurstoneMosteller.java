package org.thurstone.rank.pairs;

import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Thurstone's law of comparative judgment, case V, fitted by maximum likelihood: the left item wins with probability Φ(θ_left − θ_right). Ratings are
 * in standard deviations of the difference of two discriminal processes.
 *
 * @param ties model of ties: half a win for each, or a threshold below which a difference is not noticed (Glenn and David 1960)
 * @param home whether the left item may have an advantage
 * @param ridge the precision of a normal prior on ratings; 0 for none
 */
@Method(
        name = "thurstone-mosteller",
        kind = "ranking",
        source = "Thurstone 1927; Mosteller 1951; Glenn and David 1960",
        summary = "the law of comparative judgment: normal noise instead of logistic",
        formula = "P(left wins) = Φ(θ_left − θ_right)")
public record ThurstoneMosteller(
        @Default("half") Ties ties,
        @Default("false") boolean home,
        @Default("0") double ridge) implements RankingModel {

    public ThurstoneMosteller {
        new Prior(ridge, 1);
    }

    /** The treatment of ties. */
    public enum Ties {
        /** Half a win for each. */
        HALF,
        THRESHOLD
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        Response response = switch (ties) {
            case HALF -> new Response.Probit();
            case THRESHOLD -> new Response.Threshold(Response.Noise.NORMAL);
        };
        return new PairModel(
                        "thurstone-mosteller",
                        "standard deviations",
                        response,
                        new Response.Probit(),
                        new Prior(ridge, 1),
                        home,
                        Double.POSITIVE_INFINITY,
                        Solver.NEWTON)
                .rank(votes, inference);
    }
}
