/** The world of language models: a policy is a checkpoint, and a task says what it is asked. */
@NullMarked
package org.thurstone.worlds.language;

import org.jspecify.annotations.NullMarked;
