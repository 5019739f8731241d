/**
 * The index of methods. While a module or a user's jar is compiled, {@link org.thurstone.recipe.index.MethodProcessor} writes the names of
 * the records with a {@link org.thurstone.recipe.Method} and their doc comments into {@link org.thurstone.recipe.index.MethodIndex}, one
 * small text file per jar. {@link org.thurstone.recipe.Catalogue#installed()} reads the indexes of all jars on the class path.
 *
 * <p>The processor has to run before anything else is compiled, so this package imports nothing of the other modules.
 */
@NullMarked
package org.thurstone.recipe.index;

import org.jspecify.annotations.NullMarked;
