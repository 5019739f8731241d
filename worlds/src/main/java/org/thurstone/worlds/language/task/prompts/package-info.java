/** The task of your own prompts from files, with reference answers where a verifier needs them. */
@NullMarked
package org.thurstone.worlds.language.task.prompts;

import org.jspecify.annotations.NullMarked;
