package org.thurstone.elicit.respondent;

/** What several answers to one question become. */
public enum Label {
    /** What most of them say. */
    VOTE,
    /** Their weighted mean: of preferences a probability, of verdicts the share that says "correct". */
    SOFT
}
