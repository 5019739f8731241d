package org.thurstone.feedback.reward;

import java.util.EnumSet;
import java.util.Set;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Rater;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Method;

/** Scores a completion by its number of words. */
@Method(name = "words", kind = "judge", summary = "the number of words of a completion")
public record Words() implements Rater, RespondentSource {

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.RATE);
    }

    @Override
    public Respondent open(Opening opening) {
        return this;
    }

    @Override
    public Identity identity() {
        return Identity.of("words");
    }

    @Override
    public double rate(Prompt prompt, Completion completion) {
        String text = completion.text().plain().strip();
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }
}
