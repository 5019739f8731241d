/**
 * Which pairs are worth asking about: {@link org.thurstone.lab.selection.ActiveLearning} runs ways to choose pairs on the loop of
 * {@code thurstone run}, and {@link org.thurstone.lab.selection.Advantages} compares them.
 */
@NullMarked
package org.thurstone.lab.selection;

import org.jspecify.annotations.NullMarked;
