package org.thurstone.recipe;

/**
 * A place in a recipe.
 *
 * @param source the file as the user named it, or the setting on the command line
 * @param line counted from 1; 0 where the source has no lines
 */
public record Place(String source, int line) {

    static Place setting(String text) {
        return new Place("--set " + text, 0);
    }

    boolean onCommandLine() {
        return line == 0;
    }

    /** The place in the form that editors accept: {@code recipes/stories.yaml:12}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
