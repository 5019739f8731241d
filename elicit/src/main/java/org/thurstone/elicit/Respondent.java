package org.thurstone.elicit;

import java.util.List;
import java.util.Set;

/**
 * Answers questions: a verifier, a reward model, a language model behind an endpoint, a simulated annotator, people. It may answer now, later or in part; questions without an answer when {@link #ask} returns stay open.
 */
public interface Respondent {

    /** Who this is, settings included: a respondent with another identity is asked again. */
    Identity identity();

    /** The forms of question that it answers; checked before anything runs. */
    Set<Question.Form> forms();

    /**
     * Answers questions, each at most once, through the elicitation. All randomness comes from {@link Elicitation#random}, so that neither
     * the order of questions nor their grouping can change an answer.
     *
     * @param asked of one of the {@link #forms}; at least one
     */
    void ask(List<Presentation> asked, Elicitation elicitation);

    /** The respondents that it asks; empty for one without members. */
    default List<Respondent> members() {
        return List.of();
    }

    /** Whether its answers come from outside, after it was asked, and can be corrected until they are used. True of people; of those that ask them too. */
    default boolean waits() {
        return members().stream().anyMatch(Respondent::waits);
    }

    /** Whether an answer costs money, time or patience: attempts are then recorded before each call. Not of one that asks others, whose own attempts count. */
    default boolean costs() {
        return false;
    }
}
