package org.thurstone.rank.audit;

/** A question to the votes behind a board. Each is a record whose components can be set; {@link AuditSettings#DEFAULT} has all of them. */
public sealed interface Probe
        permits BattleSpread,
                Clustering,
                Connectivity,
                Cycles,
                Drift,
                FewestBattles,
                FirstPosition,
                FirstPositionOrder,
                NeighbourSeparation,
                PlaceMovement,
                SingleInfluence,
                TieRules,
                VotesNeeded {

    /** Its name in settings and documents: one or two words in lower case, with a hyphen. */
    String name();

    /** What it asks, as a heading. */
    String question();

    /** The figure beyond which it raises a flag. */
    double threshold();

    /** The same with another threshold. */
    Probe withThreshold(double other);

    /** Whether chance could raise it on a sound board, so that it takes part in the correction for several tests. */
    boolean tested();

    /**
     * The answer.
     *
     * @throws org.thurstone.data.UserError if the votes cannot answer; the message says why
     */
    Finding find(AuditedVotes votes);
}
