package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Asks each question several times, and takes the majority of the answers, for people and for judges with random answers. The answers are
 * independent, and each has its own random order of presentation.
 *
 * <p>Answers that fail, and abstentions, are left out as long as more than half of the answers remain. Ratings are averaged, and orders are averaged
 * by place.
 *
 * @param answers to each question, at least 1
 * @param label how preferences and verdicts are combined: by majority ({@code vote}) or by the share of each ({@code soft})
 * @param ties the answer if no side has the most votes: {@code tie} or {@code abstain}
 */
@Method(name = "majority", kind = "respondent", summary = "majority of several answers to each question")
public record Majority(
        RespondentSource respondent,
        @Default("3") int answers,
        @Default("vote") Label label,
        @Default("tie") Ties ties) implements RespondentSource {

    public Majority {
        if (answers < 1) {
            throw new IllegalArgumentException("answers " + answers + " must be at least 1");
        }
    }

    private static final String COPY = "answer ";
    private static final Pattern OCCASION = Pattern.compile("(.*?)(?:, |^)" + COPY + "\\d+");

    /** The question that this one is a copy of; itself, if it is none. */
    public static Question original(Question question) {
        Matcher copy = OCCASION.matcher(question.occasion());
        return copy.matches() ? question.on(copy.group(1)) : question;
    }

    @Override
    public List<RespondentSource> sources() {
        return List.of(respondent);
    }

    @Override
    public Respondent open(Opening opening) {
        Respondent member = respondent.open(opening);
        List<Panel.Seat> seats = new ArrayList<>();
        for (int i = 1; i <= answers; i++) {
            seats.add(new Panel.Seat(member, 1, i == 1 ? "" : COPY + i));
        }
        String settings = "answers=%d label=%s ties=%s".formatted(answers, label, ties);
        return new Panel(
                Composite.identity("majority", settings, List.of(member)), seats, new Votes(label, ties), true);
    }
}
