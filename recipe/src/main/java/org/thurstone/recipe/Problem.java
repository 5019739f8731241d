package org.thurstone.recipe;

/**
 * One thing that is wrong with a recipe.
 *
 * @param path the dotted keys that lead to it, as {@code --set} takes them; empty for the recipe itself
 */
public record Problem(Place place, String path, String message) {

    /** The maximum length of a message; it quotes text of the recipe, which may be long. */
    private static final int LONGEST = 2_000;

    public Problem {
        path = shortened(path);
        message = shortened(message);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + " … " + text.substring(text.length() - LONGEST / 2);
    }

    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
