/** The arithmetic world: the loop of {@code thurstone run} itself, on step-by-step additions whose answers are checked exactly. */
@NullMarked
package org.thurstone.lab.arithmetic;

import org.jspecify.annotations.NullMarked;
