/**
 * The human world: answers that real people compared ({@link org.thurstone.lab.human.HumanSet}), as frozen embeddings
 * ({@link org.thurstone.lab.human.EmbeddedSet}) on which policies are log-linear.
 */
@NullMarked
package org.thurstone.lab.human;

import org.jspecify.annotations.NullMarked;
