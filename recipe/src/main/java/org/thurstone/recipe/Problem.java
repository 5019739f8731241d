package org.thurstone.recipe;

/**
 * One thing that is wrong with a recipe.
 *
 * @param path the dotted keys that lead to it, as {@code --set} takes them; empty for the recipe itself
 */
public record Problem(Place place, String path, String message) {

    /** A message quotes what was written, which may be of any length. */
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
