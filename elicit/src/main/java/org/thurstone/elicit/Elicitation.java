package org.thurstone.elicit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Provenance;

/** What a respondent answers into. Judgements are about the alternatives in the order shown. */
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

    /** An answer of the respondent itself, for nothing and without words. */
    void answer(Presentation asked, Judgement judgement);

    /** Says that there will be no answer; nothing is recorded in its place. */
    void fail(Presentation asked, String reason);

    /**
     * Has another respondent answer, through the same ledger: what it answered before is not asked again.
     *
     * @return answers by presentation; those that are still open, or failed, are missing
     */
    Map<Presentation, Answer> ask(Respondent other, List<Presentation> asked);
}
