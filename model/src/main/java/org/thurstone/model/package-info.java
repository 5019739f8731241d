/**
 * Models. A {@link org.thurstone.model.Policy} gives log-probabilities of {@link org.thurstone.model.TokenTree}s — a prompt is
 * the trunk, completions are branches — and {@linkplain org.thurstone.model.Decoding decodes} new tokens one at a time. What a policy is
 * made of (a transformer, a table, a linear form) is hidden from the rest. The packages inside this one build on it and it sees none of
 * them; {@link org.thurstone.model.hub.LanguageModel} is where a user begins.
 */
@NullMarked
package org.thurstone.model;

import org.jspecify.annotations.NullMarked;
