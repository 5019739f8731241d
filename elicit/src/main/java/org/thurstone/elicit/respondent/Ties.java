package org.thurstone.elicit.respondent;

import org.thurstone.data.Preference;
import org.thurstone.elicit.Judgement;

/** The label for answers that cancel each other out. */
public enum Ties {
    /** A tie: neither alternative is better. */
    TIE,
    /** An abstention: the question is left without an answer. */
    ABSTAIN;

    Judgement judgement(String reason) {
        return this == TIE ? new Judgement.Preferred(new Preference.Tie()) : new Judgement.Abstained(reason);
    }
}
