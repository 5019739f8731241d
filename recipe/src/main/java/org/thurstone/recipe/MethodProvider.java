package org.thurstone.recipe;

import java.util.List;

/**
 * A jar's own methods, found by {@link java.util.ServiceLoader}: put the implementing class's name into
 * {@code META-INF/services/org.thurstone.recipe.MethodProvider}, the jar on the class path, and recipes know the names.
 */
public interface MethodProvider {
    /** Records that are annotated with {@link Method}. */
    List<Class<? extends Record>> methods();
}
