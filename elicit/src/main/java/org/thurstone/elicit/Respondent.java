package org.thurstone.elicit;

import java.util.List;
import java.util.Set;

/**
 * Answers questions: a verifier, a reward model, a language model behind an endpoint, a simulated annotator, people. It may answer at once, later, or
 * some of them; questions without an answer when {@link #ask} returns stay open.
 */
public interface Respondent {

    /** The identity of the respondent, settings included. If the identity changes, questions are asked again. */
    Identity identity();

    /** The forms of question that it answers; checked before anything runs. */
    Set<Question.Form> forms();

    /**
     * Answers questions, each at most once, through the elicitation. All randomness comes from {@link Elicitation#random}, so that answers do not
     * depend on the order or the batches of questions.
     *
     * @param asked of one of the {@link #forms}; at least one
     */
    void ask(List<Presentation> asked, Elicitation elicitation);

    /** The respondents that this one asks; empty if it has no members. */
    default List<Respondent> members() {
        return List.of();
    }

    /**
     * Whether its answers arrive later from outside, and can be corrected until they are used: true for people, and for respondents that ask people.
     */
    default boolean waits() {
        return members().stream().anyMatch(Respondent::waits);
    }

    /**
     * Whether an answer costs money or time; attempts are then recorded before each call. False for respondents that ask others, whose own attempts
     * are recorded.
     */
    default boolean costs() {
        return false;
    }

    /**
     * Whether it notes its attempts itself, through {@link Elicitation#attempt}, because it decides when and how often to call; of other respondents that
     * cost, each question is noted as one attempt before they are asked.
     */
    default boolean notesAttempts() {
        return false;
    }
}
