package org.thurstone.worlds.language;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.NamedPart;
import org.thurstone.worlds.language.task.TaskSource;

/** Checks that the judge and annotator of a recipe support what it needs, before anything is computed. */
public final class Judges {

    private Judges() {}

    /**
     * Refuses what cannot work.
     *
     * @return whether there is a judge, the recipe's or the task's own
     * @throws IllegalArgumentException says what to use instead
     */
    public static boolean check(Optional<RespondentSource> judge, TaskSource task, RespondentSource annotator) {
        judge.ifPresent(Judges::checkJudge);
        boolean judged = judge.isPresent() || task.judges();
        if (!annotator.mayAnswer().contains(Question.Form.PAIR)) {
            throw new IllegalArgumentException("annotator '" + name(annotator) + "' does not compare pairs ("
                    + forms(annotator) + " only): make it the judge, and take `annotator: judge`");
        }
        if (!judged && annotator.needsJudge()) {
            throw new IllegalArgumentException("annotator '" + name(annotator)
                    + "' answers from a judge's scores, and the recipe has no judge: add `judge:`, or take"
                    + " `annotator: {file: {}}` to ask people");
        }
        return judged;
    }

    private static void checkJudge(RespondentSource judge) {
        if (judge.needsJudge()) {
            throw new IllegalArgumentException("judge '" + name(judge)
                    + "' answers from a judge's scores itself: make it the annotator, and name another judge");
        }
        if (!judge.mayAnswer().contains(Question.Form.RATE)) {
            throw new IllegalArgumentException("judge '" + name(judge) + "' does not rate completions (" + forms(judge)
                    + " only): make it the annotator");
        }
    }

    /**
     * Refuses opened respondents that do not answer what a run asks of them; what a recipe says of one does not always tell before.
     *
     * @throws UserError says what to use instead
     */
    public static void checkOpened(Optional<Respondent> judge, Respondent annotator) {
        judge.filter(j -> !j.forms().contains(Question.Form.RATE)).ifPresent(j -> {
            throw new UserError("judge '" + j.identity().name() + "' does not rate completions (" + words(j.forms())
                    + " only): make it the annotator");
        });
        if (!annotator.forms().contains(Question.Form.PAIR)) {
            throw new UserError("annotator '" + annotator.identity().name() + "' does not compare pairs ("
                    + words(annotator.forms()) + " only): make it the judge, and take `annotator: judge`");
        }
    }

    /** As recipes name it; one that a program made has the name of its class. */
    public static String name(RespondentSource source) {
        return source instanceof Record
                ? NamedPart.name(source.getClass().asSubclass(Record.class))
                : source.toString();
    }

    private static String forms(RespondentSource source) {
        return words(source.mayAnswer());
    }

    private static String words(Set<Question.Form> forms) {
        return forms.stream()
                .sorted()
                .map(form -> form.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
