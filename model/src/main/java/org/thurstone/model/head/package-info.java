/**
 * Heads on hidden states other than the language model's: values of prefixes, rewards of completions. A
 * {@link org.thurstone.model.head.LinearHead} goes on a policy's own states, with the policy's forward pass and gradient; a
 * {@link org.thurstone.model.head.Critic} has a network of its own under it.
 */
@NullMarked
package org.thurstone.model.head;

import org.jspecify.annotations.NullMarked;
