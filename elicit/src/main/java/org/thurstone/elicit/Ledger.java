package org.thurstone.elicit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores every question and every answer of a run. An entry belongs to a question, the order in which it was shown, and a respondent with its
 * settings, so no question is asked twice.
 */
public interface Ledger {

    /** The answer to a question as it was shown, by a respondent; the latest correction of it. */
    Optional<Answer> find(Presentation asked, Identity respondent);

    /** Notes that a question is put to a respondent; once for each entry. */
    void ask(Presentation asked, Identity respondent);

    /** Notes that a respondent that costs is about to be called. */
    default void attempt(Presentation asked, Identity respondent) {
        attempt(asked, respondent, Cost.NONE);
    }

    /**
     * Notes that a respondent that costs is about to be called.
     *
     * @param reserved the most that the call may cost. It counts as spent until the call is answered or fails: if the process is stopped before, for good
     */
    void attempt(Presentation asked, Identity respondent, Cost reserved);

    /** Notes that a respondent failed to answer; the question stays open. */
    default void fail(Presentation asked, Identity respondent, String reason) {
        fail(asked, respondent, reason, Cost.NONE);
    }

    /** Notes that an attempt failed, and what it cost all the same; the question stays open. */
    void fail(Presentation asked, Identity respondent, String reason, Cost cost);

    /** Keeps an answer. @throws RespondentError if there is one already, or if this was never asked of its respondent */
    void answer(Answer answer);

    /** Replaces an answer. @throws RespondentError if there is none, or if what it was used for is {@linkplain #close closed} */
    void correct(Answer answer);

    /** Makes all that was noted durable. */
    void sync();

    /**
     * Says that a stage uses the answers to these questions as they are now: they cannot be corrected any more. Of several stages that use
     * an answer, the first one counts.
     */
    void close(String stage, List<Question> questions);

    /** Questions that were asked and have no answer, in the order of asking. */
    List<Open> open();

    /** All that was asked, in the order of asking, with the answers as they are now. */
    List<Entry> entries();

    /** The stage that has used the answer to a question; empty while the answer may be corrected. */
    Optional<String> closed(Question question);

    /** The counts of questions to each respondent, by its key, in the order in which respondents were first asked. */
    Map<String, Tally> tallies();

    /** A question that waits. */
    record Open(Presentation presentation, String respondent) {}

    /**
     * A question that was asked.
     *
     * @param respondent the key of who was asked
     * @param answer empty while it waits
     */
    record Entry(Presentation presentation, String respondent, Optional<Answer> answer) {}

    /**
     * The work of a respondent.
     *
     * @param asked questions put to it
     * @param attempts calls, for respondents that cost
     * @param answered answers other than abstentions
     * @param cost of answers and failed attempts, and what is reserved for attempts without either
     */
    record Tally(long asked, long attempts, long answered, long abstained, long failed, Cost cost) {
        public static final Tally NONE = new Tally(0, 0, 0, 0, 0, Cost.NONE);
    }
}
