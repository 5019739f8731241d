/** Rewards beside the task's own, for methods that keep some of them within bounds. */
@NullMarked
package org.thurstone.worlds.language.component;

import org.jspecify.annotations.NullMarked;
