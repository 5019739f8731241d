package org.thurstone.recipe;

/**
 * One thing that is wrong with a recipe.
 *
 * @param path the dotted keys that lead to it, as {@code --set} takes them; empty for the recipe itself
 */
public record Problem(Place place, String path, String message) {

    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
