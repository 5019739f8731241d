/**
 * Checkpoints in the layout of Hugging Face. {@link org.thurstone.model.hub.LanguageModel} is the entry point: a policy with its tokenizer and chat
 * template, loaded from a directory and saved as one. {@link org.thurstone.model.hub.Transformers} reads and writes the weights, so that
 * Python's transformers reads them too. Each model family is one small file, an implementation of {@link org.thurstone.model.hub.Family}, which
 * reads its config.json and names its weights; a new one is added to the list in {@link org.thurstone.model.hub.Families}.
 */
@NullMarked
package org.thurstone.model.hub;

import org.jspecify.annotations.NullMarked;
