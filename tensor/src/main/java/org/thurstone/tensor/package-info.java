/**
 * Tensors: a thin wrapper around libtorch, and the only package that uses {@code org.bytedeco}.
 *
 * <p>{@link org.thurstone.tensor.Torch} loads the native libraries with thread settings that are fast within a JVM. A {@link
 * org.thurstone.tensor.Tensor} is an array with optional gradients; it lives until the {@link org.thurstone.tensor.Scope} that it was made in closes,
 * unless it is {@linkplain org.thurstone.tensor.Tensor#own() owned}. {@link org.thurstone.tensor.Parameters} hold the trained tensors; an {@link
 * org.thurstone.tensor.Optimizer}, {@link org.thurstone.tensor.AdamW} for most, moves it step by step, and {@link org.thurstone.tensor.SafeTensors}
 * keeps it.
 *
 * <p>This module and those above it have no {@code module-info.java}: libtorch's native code lies in one module per platform, which no descriptor can
 * require for all, and the jars of the tokenizer and the embedding model have no module names.
 */
@NullMarked
package org.thurstone.tensor;

import org.jspecify.annotations.NullMarked;
