package org.thurstone.elicit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Provenance;

/** Receives the answers of a respondent. Judgements refer to the alternatives in the order shown. */
public interface Elicitation {

    /** Randomness for an answer: decided by the run's seed, the question, the order shown and who is asked. */
    SplittableGenerator random(Presentation asked);

    /**
     * Takes an answer; it is durable when the call that asked returns.
     *
     * @param judgement about the alternatives as shown
     * @param by who answered
     * @throws RespondentError if the question was not asked of this respondent, was answered before, or cannot be answered so
     */
    void answer(Presentation asked, Judgement judgement, Provenance by, Optional<String> rationale, Cost cost);

    /** An answer of the respondent itself, without cost and rationale. */
    void answer(Presentation asked, Judgement judgement);

    /** Says that there will be no answer; nothing is recorded in its place. */
    default void fail(Presentation asked, String reason) {
        fail(asked, reason, Cost.NONE);
    }

    /** Says that an attempt failed, and what it cost all the same. The question may be attempted and answered again. */
    void fail(Presentation asked, String reason, Cost cost);

    /**
     * Notes that a call is about to be made, for respondents that {@linkplain Respondent#notesAttempts note their attempts}. It is durable when this
     * returns.
     *
     * @param reserved the most that the call may cost; it counts as spent until the attempt is answered or fails
     */
    void attempt(Presentation asked, Cost reserved);

    /**
     * Has another respondent answer, through the same ledger: what it answered before is not asked again.
     *
     * @return answers by presentation; those that are still open, or failed, are missing
     * @throws RespondentError if the other one throws, or breaks its contract
     */
    default Map<Presentation, Answer> ask(Respondent other, List<Presentation> asked) {
        return ask(other, asked, (p, reason) -> {});
    }

    /**
     * As {@link #ask(Respondent, List)}, for those who must tell a failure from a question that is still open.
     *
     * @param failed takes each question that the other one failed to answer in this call, and why
     */
    Map<Presentation, Answer> ask(Respondent other, List<Presentation> asked, BiConsumer<Presentation, String> failed);

    /** The cost of the answers of another respondent in this run so far, with those of its {@linkplain Respondent#members members}. */
    Cost spent(Respondent other);

    /** The number of attempts of a respondent in this run so far, without those of its members. */
    long attempts(Respondent other);
}
