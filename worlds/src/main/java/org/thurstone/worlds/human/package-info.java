/**
 * The human world: answers that real people compared ({@link org.thurstone.worlds.human.HumanSet}), as frozen embeddings
 * ({@link org.thurstone.worlds.human.EmbeddedSet}) on which policies are log-linear. The loop runs in it through
 * {@link org.thurstone.worlds.human.HumanWorld} and asks {@link org.thurstone.worlds.human.HumanData}.
 */
@NullMarked
package org.thurstone.worlds.human;

import org.jspecify.annotations.NullMarked;
