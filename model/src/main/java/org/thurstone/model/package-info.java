/**
 * Models. A {@link org.thurstone.model.Policy} gives log-probabilities of {@link org.thurstone.model.TokenTree}s — a prompt is the trunk, completions
 * are branches — and {@linkplain org.thurstone.model.Decoding decodes} new tokens one at a time. What a policy is made of (a transformer, a table, a
 * linear form) is hidden from other modules. Its subpackages build on this package, and it imports none of them; {@link
 * org.thurstone.model.hub.LanguageModel} is the entry point.
 */
@NullMarked
package org.thurstone.model;

import org.jspecify.annotations.NullMarked;
