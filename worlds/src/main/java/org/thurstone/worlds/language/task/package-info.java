/**
 * Tasks. A {@link org.thurstone.worlds.language.task.Task} provides the initial policy, fresh prompts for every iteration, and the judge of
 * completions. A new one is a record that implements it, named with {@code @Method}.
 */
@NullMarked
package org.thurstone.worlds.language.task;

import org.jspecify.annotations.NullMarked;
