package org.thurstone.recipe;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Reads the default values of record components. An invalid default is an error in the record, not in the recipe. */
final class Defaults {

    private Defaults() {}

    static Object of(RecordComponent component, String written, Types wanted, Catalogue catalogue) {
        String owner = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        Place place = new Place("the default of " + owner, 0);
        try {
            return Binder.valueOfDefault(node(written, wanted, place), wanted, catalogue);
        } catch (RecipeError e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Node node(String written, Types wanted, Place place) {
        if (wanted instanceof Types.Single single && single.type() == String.class) {
            return new Node.Scalar(written, true, place);
        }
        List<Problem> problems = new ArrayList<>();
        Node node = YamlReader.read(written, place.source(), problems).orElse(new Node.Scalar("", false, place));
        if (!problems.isEmpty()) {
            throw new RecipeError(problems);
        }
        return node;
    }
}
