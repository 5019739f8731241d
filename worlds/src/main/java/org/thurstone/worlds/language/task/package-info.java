/**
 * Tasks. A {@link org.thurstone.worlds.language.task.Task} provides the initial policy, fresh prompts for every iteration, and the judge of
 * completions. A new task is a record with {@code @Method} that implements it.
 */
@NullMarked
package org.thurstone.worlds.language.task;

import org.jspecify.annotations.NullMarked;
