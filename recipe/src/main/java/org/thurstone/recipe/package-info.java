/**
 * Recipes: the configuration of runs. A {@link org.thurstone.recipe.Recipe} is YAML with line numbers; {@code bind} turns it into the records of the
 * other modules, and refuses unknown keys, wrong types and impossible combinations before anything runs — all of them at once, each with its line and
 * the nearest valid word, in one {@link org.thurstone.recipe.RecipeError}.
 *
 * <p>Keys are the components of records, in kebab-case ({@code label-smoothing}); what is left out takes its {@link org.thurstone.recipe.Default}.
 * Where a component is an interface, the recipe gives a name, and the {@link org.thurstone.recipe.Catalogue} knows which record that is, because the
 * record is annotated with {@link org.thurstone.recipe.Method}. Records are found through the index that {@link
 * org.thurstone.recipe.index.MethodProcessor} writes while they are compiled, in the modules here and in a user's jar alike.
 */
@NullMarked
package org.thurstone.recipe;

import org.jspecify.annotations.NullMarked;
