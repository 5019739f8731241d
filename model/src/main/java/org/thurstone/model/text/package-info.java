/**
 * Tokenisation and chat templates. A {@link org.thurstone.model.text.Tokenizer} reads a Hugging Face directory; a
 * {@link org.thurstone.model.text.ChatTemplate} renders conversations as the model was taught to read them; an
 * {@link org.thurstone.model.text.Encoding} makes of a prompt and its completions a {@linkplain org.thurstone.model.TokenTree token tree} in
 * which exactly the completions' own tokens are scored, and says which examples it had to drop and why.
 */
@NullMarked
package org.thurstone.model.text;

import org.jspecify.annotations.NullMarked;
