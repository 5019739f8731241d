/**
 * What a result is held against. A run that got better has shown little until cheaper ways of getting there have been tried on the same
 * prompts: a {@link org.thurstone.loop.control.Control} is one of them.
 */
@NullMarked
package org.thurstone.loop.control;

import org.jspecify.annotations.NullMarked;
