package org.thurstone.rank.pairs;

import java.util.OptionalDouble;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Bradley and Terry 1952: the left item wins with probability σ(θ_left − θ_right), and the ratings θ, in log-odds with mean zero, make the votes most
 * probable. Battles that carry covariates get an effect for each: the ratings are then those at equal covariates.
 *
 * @param ties model of ties: half a win for each, or a tie probability by Davidson or by Rao and Kupper
 * @param home whether the left item may have an advantage
 * @param ridge the precision of a normal prior on ratings, at least 0; 0 for none
 * @param gamma the shape of a gamma prior on e^θ, at least 1; 1 for none
 * @param halfLife days after which a battle counts half; empty for no decay
 * @param firth whether the likelihood has Firth's penalty ½·log|information|, which takes away the first-order bias and keeps every rating finite;
 *     with half ties, and without a prior
 * @param balance inverse-sampling weights: each battle counts as one over the battles of its pair, or over this number where the pair has fewer, so that
 *     unevenly sampled pairs count the same; intervals are from the sandwich or a bootstrap; empty for equal weights
 */
@Method(
        name = "bradley-terry",
        kind = "ranking",
        source =
                "Bradley and Terry 1952; Davidson 1970; Rao and Kupper 1967; Firth 1993; Hunter 2004; arena-rank (balance)",
        summary =
                "strengths that make the votes most probable; ties, home advantage, covariates, priors, bias reduction, decay",
        formula = "P(left wins) = σ(θ_left − θ_right + home + β·x)")
public record BradleyTerry(
        @Default("half") Ties ties,
        @Default("false") boolean home,
        @Default("0") double ridge,
        @Default("1") double gamma,
        OptionalDouble halfLife,
        @Default("newton") Solver solver,
        @Default("false") boolean firth,
        OptionalDouble balance)
        implements RankingModel {

    /** The model without a home advantage, a prior and a tie parameter. */
    public static final BradleyTerry PLAIN =
            new BradleyTerry(Ties.HALF, false, 0, 1, OptionalDouble.empty(), Solver.NEWTON);

    /** The model without Firth's penalty. */
    public BradleyTerry(Ties ties, boolean home, double ridge, double gamma, OptionalDouble halfLife, Solver solver) {
        this(ties, home, ridge, gamma, halfLife, solver, false, OptionalDouble.empty());
    }

    public BradleyTerry {
        Prior prior = new Prior(ridge, gamma);
        if (firth && (ties != Ties.HALF || !prior.none() || solver != Solver.NEWTON)) {
            throw new IllegalArgumentException(
                    "firth is for half ties and the solver newton, without a ridge or a gamma prior");
        }
        if (balance.isPresent() && !(balance.getAsDouble() > 0 && Double.isFinite(balance.getAsDouble()))) {
            throw new IllegalArgumentException("balance is " + balance.getAsDouble() + " battles, not above 0");
        }
        if (firth && balance.isPresent()) {
            throw new IllegalArgumentException("firth is for battles that count the same, without balance");
        }
        if (halfLife.isPresent() && !(halfLife.getAsDouble() > 0)) {
            throw new IllegalArgumentException("half-life is " + halfLife.getAsDouble() + " days, not above 0");
        }
    }

    /** The treatment of ties. */
    public enum Ties {
        /** Half a win for each. */
        HALF,
        DAVIDSON,
        RAO_KUPPER
    }

    @Override
    public Form takes() {
        return halfLife.isPresent() ? Form.BATTLES : Form.COUNTS;
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        return model("bradley-terry").rank(votes, inference);
    }

    PairModel model(String name) {
        Response response = switch (ties) {
            case HALF -> new Response.Logistic();
            case DAVIDSON -> new Response.Davidson();
            case RAO_KUPPER -> new Response.Threshold(Response.Noise.LOGISTIC);
        };
        return new PairModel(
                name,
                "log-odds",
                response,
                new Response.Logistic(),
                new Prior(ridge, gamma),
                home,
                halfLife.orElse(Double.POSITIVE_INFINITY),
                solver,
                firth,
                balance);
    }

    public BradleyTerry with(Ties other) {
        return new BradleyTerry(other, home, ridge, gamma, halfLife, solver, firth, balance);
    }

    public BradleyTerry withHome(boolean other) {
        return new BradleyTerry(ties, other, ridge, gamma, halfLife, solver, firth, balance);
    }

    public BradleyTerry withRidge(double other) {
        return new BradleyTerry(ties, home, other, gamma, halfLife, solver, firth, balance);
    }

    public BradleyTerry withGamma(double other) {
        return new BradleyTerry(ties, home, ridge, other, halfLife, solver, firth, balance);
    }

    public BradleyTerry with(Solver other) {
        return new BradleyTerry(ties, home, ridge, gamma, halfLife, other, firth, balance);
    }

    /** With or without Firth's penalty. */
    public BradleyTerry withFirth(boolean other) {
        return new BradleyTerry(ties, home, ridge, gamma, halfLife, solver, other, balance);
    }

    /** With inverse-sampling weights, of pairs of fewer battles as if they had so many. */
    public BradleyTerry withBalance(double least) {
        return new BradleyTerry(ties, home, ridge, gamma, halfLife, solver, firth, OptionalDouble.of(least));
    }
}
