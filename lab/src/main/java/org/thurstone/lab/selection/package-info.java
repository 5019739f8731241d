/**
 * Selection of pairs to label: {@link org.thurstone.lab.selection.ActiveLearning} runs selection strategies on the loop of
 * {@code thurstone run}, and {@link org.thurstone.lab.selection.Advantages} compares them.
 */
@NullMarked
package org.thurstone.lab.selection;

import org.jspecify.annotations.NullMarked;
