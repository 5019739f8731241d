package org.thurstone.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for an invalid recipe, with all its problems. The message has a line for each problem and is all that a user
 * needs to see: {@code recipes/stories.yaml:7: unknown key "los" (did you mean "loss"?)}.
 */
public final class RecipeError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    RecipeError(List<Problem> problems) {
        super(inOrder(requireAny(problems)).stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = inOrder(problems);
    }

    RecipeError(Place place, String message) {
        this(List.of(new Problem(place, "", message)));
    }

    /** The problems, at least one, in the order of the lines. */
    public List<Problem> problems() {
        return problems;
    }

    /** Without a problem there would be no message. */
    private static List<Problem> requireAny(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a recipe was refused, and no reason was given");
        }
        return problems;
    }

    private static List<Problem> inOrder(List<Problem> problems) {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparing((Problem p) -> p.place().source())
                        .thenComparingInt(p -> p.place().line()))
                .toList();
    }
}
