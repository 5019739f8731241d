package org.thurstone.rank;

import java.util.List;

/** Every method of this module that recipes and the command line know by name. A new one is added here. */
public final class RankMethods {

    private RankMethods() {}

    /** Records that are annotated with {@link org.thurstone.recipe.Method}. */
    public static List<Class<? extends Record>> all() {
        return List.of();
    }
}
