/**
 * What a loop is about. A {@link org.thurstone.worlds.language.task.Task} gives the policy to start from, fresh prompts for every iteration, and the judge of
 * the answers. A new one is a record that implements it, named with {@code @Method}.
 */
@NullMarked
package org.thurstone.worlds.language.task;

import org.jspecify.annotations.NullMarked;
