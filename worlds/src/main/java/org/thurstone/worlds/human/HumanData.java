package org.thurstone.worlds.human;

import java.util.List;
import java.util.Set;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.worlds.bandit.Responses;
import org.thurstone.worlds.human.HumanSet.Vote;

/**
 * Recorded labels of people as a respondent. Questions about pairs that they did not compare fail.
 *
 * @param asked whom of them
 */
public record HumanData(HumanSet set, Annotators asked) implements Respondent {

    /** Which of the people who compared a pair. */
    public enum Annotators {
        /** All of them: what most say counts, and a tie is one. */
        MOST,
        /** One, drawn at random. */
        ONE
    }

    @Override
    public Identity identity() {
        return new Identity("human-data", asked.toString());
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.PAIR);
    }

    @Override
    public void ask(List<Presentation> presentations, Elicitation elicitation) {
        for (Presentation p : presentations) {
            int left = Responses.index(p.shown().getFirst());
            int right = Responses.index(p.shown().getLast());
            set.prompts().get(Responses.index(p.question().prompt())).votes().stream()
                    .filter(v -> Set.of(v.left(), v.right()).equals(Set.of(left, right)))
                    .findFirst()
                    .ifPresentOrElse(
                            vote -> elicitation.answer(
                                    p,
                                    new Judgement.Preferred(
                                            vote.left() == left
                                                    ? said(vote, p, elicitation)
                                                    : said(vote, p, elicitation).swapped())),
                            () -> elicitation.fail(p, "no annotator compared these two"));
        }
    }

    /** For the left one of the vote. */
    private Preference said(Vote vote, Presentation p, Elicitation elicitation) {
        return switch (asked) {
            case MOST -> new Preference.Soft(vote.majority());
            case ONE ->
                elicitation.random(p).nextDouble() < vote.share() ? new Preference.Left() : new Preference.Right();
        };
    }
}
