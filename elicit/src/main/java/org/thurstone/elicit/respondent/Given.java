package org.thurstone.elicit.respondent;

import java.util.Optional;
import java.util.TreeSet;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Method;

/**
 * A respondent that the calling program provides as an object.
 *
 * @param respondent the name under which the program provides it
 */
@Method(name = "given", kind = "respondent", summary = "a respondent that the calling program provides, by name")
public record Given(String respondent) implements RespondentSource {

    public Given {
        if (respondent.isBlank()) {
            throw new IllegalArgumentException("respondent is blank: name the one that the program gives");
        }
    }

    @Override
    public Respondent open(Opening opening) {
        return Optional.ofNullable(opening.given().get(respondent))
                .orElseThrow(() -> new UserError("the recipe names the given respondent '" + respondent + "', and "
                        + (opening.given().isEmpty()
                                ? "none is given: run it from the program that has it"
                                : "those given are: "
                                        + String.join(
                                                ", ",
                                                new TreeSet<>(opening.given().keySet())))));
    }
}
