/**
 * What a model is on disk: a directory in the layout of Hugging Face, or one file of GGUF. {@link org.thurstone.model.files.ModelTexts} has its
 * configuration, tokenizer and chat template as the texts of a directory either way, {@link org.thurstone.model.files.WeightFile} the weights of either by the
 * names of such a directory, so that nothing that loads a model asks which of the two it is.
 */
@NullMarked
package org.thurstone.model.files;

import org.jspecify.annotations.NullMarked;
