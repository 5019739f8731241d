package org.thurstone.recipe.index;

/**
 * One entry of a {@link MethodIndex}. What {@link org.thurstone.recipe.Method} says is not repeated: it is on the class itself.
 *
 * @param type binary name of the record, {@code org.thurstone.train.online.Source$Mixture}
 * @param doc its doc comment, which class files do not have
 */
public record IndexedMethod(String type, DocComment doc) {}
