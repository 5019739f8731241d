/**
 * A server that answers OpenAI's API with a model: chat completions, completions, log-probabilities of given texts. {@link
 * org.thurstone.serve.ModelServer} is the entry point.
 */
@NullMarked
package org.thurstone.serve;

import org.jspecify.annotations.NullMarked;
