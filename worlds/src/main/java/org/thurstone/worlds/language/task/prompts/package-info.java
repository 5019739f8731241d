/** Prompts from files of one's own, with reference answers where a verifier needs them. */
@NullMarked
package org.thurstone.worlds.language.task.prompts;

import org.jspecify.annotations.NullMarked;
