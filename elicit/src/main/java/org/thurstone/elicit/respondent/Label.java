package org.thurstone.elicit.respondent;

/** The label that several answers to one question are combined into. */
public enum Label {
    /** The majority of the answers. */
    VOTE,
    /** Their weighted mean: of preferences a probability, of verdicts the share that says "correct". */
    SOFT
}
