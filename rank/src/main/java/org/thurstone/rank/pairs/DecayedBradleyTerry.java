package org.thurstone.rank.pairs;

import java.util.OptionalDouble;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Bradley–Terry with decay: the weight of a battle halves with each half-life before the latest battle. A weak prior keeps items comparable that have
 * few recent battles.
 *
 * @param halfLife in days, above 0
 * @param ridge the precision of a normal prior on ratings
 */
@Method(
        name = "bt-decay",
        kind = "ranking",
        source = "Bradley and Terry 1952, weighted by age",
        summary = "Bradley–Terry in which old battles count less",
        formula = "weight = 2^(−age/half-life)")
public record DecayedBradleyTerry(
        @Default("365") double halfLife,
        @Default("half") BradleyTerry.Ties ties,
        @Default("false") boolean home,
        @Default("0.1") double ridge)
        implements RankingModel {

    public DecayedBradleyTerry {
        new BradleyTerry(ties, home, ridge, 1, OptionalDouble.of(halfLife), Solver.NEWTON);
    }

    @Override
    public Form takes() {
        return Form.BATTLES;
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        return new BradleyTerry(ties, home, ridge, 1, OptionalDouble.of(halfLife), Solver.NEWTON)
                .model("bt-decay")
                .rank(votes, inference);
    }
}
