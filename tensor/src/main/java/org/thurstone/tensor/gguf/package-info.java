/**
 * Files of the GGUF format, in which language models are handed around: metadata, and tensors in storage types of some bits an element. {@link
 * org.thurstone.tensor.gguf.GgufFile} maps one, and {@link org.thurstone.tensor.gguf.GgufWriter} writes one. What the names and numbers mean to a model is not known here.
 */
@NullMarked
package org.thurstone.tensor.gguf;

import org.jspecify.annotations.NullMarked;
