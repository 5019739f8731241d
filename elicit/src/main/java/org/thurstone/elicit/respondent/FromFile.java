package org.thurstone.elicit.respondent;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Annotators who fill in a file. Questions stay open until a file with their answers is imported.
 *
 * @param people name of the group of people, if several groups have separate files; empty for a single group
 */
@Method(
        name = "file",
        kind = "annotator",
        summary = "annotators who fill in a file: the run parks until answers are imported")
public record FromFile(@Default("") String people) implements RespondentSource {

    private static final String NAME = "file";

    @Override
    public Respondent open(Opening opening) {
        return new Waiting(Identity.of(key(people)));
    }

    /** The key of the respondent that answers for a group. */
    public static String key(String people) {
        return people.isEmpty() ? NAME : NAME + " " + people;
    }

    /** Whether a key is that of people who fill in files: its open questions can be exported, and answers to them imported. */
    public static boolean isKey(String respondent) {
        return respondent.equals(NAME) || respondent.startsWith(NAME + " ");
    }

    private record Waiting(Identity identity) implements Respondent {

        @Override
        public Set<Question.Form> forms() {
            return EnumSet.complementOf(EnumSet.of(Question.Form.WRITE));
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            // The ledger has them; people answer later.
        }

        @Override
        public boolean waits() {
            return true;
        }
    }
}
