/**
 * What a result is held against. A run that got better has shown little until cheaper ways of getting there have been tried on the same
 * prompts: a {@link org.thurstone.worlds.language.control.Control} is one of them.
 */
@NullMarked
package org.thurstone.worlds.language.control;

import org.jspecify.annotations.NullMarked;
