/** The world of language models: a policy is a checkpoint, and a task provides the prompts. */
@NullMarked
package org.thurstone.worlds.language;

import org.jspecify.annotations.NullMarked;
