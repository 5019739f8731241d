/**
 * Tokenisation and chat templates. A {@link org.thurstone.model.text.Tokenizer} reads a Hugging Face directory; a {@link
 * org.thurstone.model.text.ChatTemplate} renders conversations in the model's format; an {@link org.thurstone.model.text.Encoding} turns a prompt and
 * its completions into a {@linkplain org.thurstone.model.TokenTree token tree} in which exactly the completions' own tokens are scored, and reports
 * which examples were dropped, and why.
 */
@NullMarked
package org.thurstone.model.text;

import org.jspecify.annotations.NullMarked;
