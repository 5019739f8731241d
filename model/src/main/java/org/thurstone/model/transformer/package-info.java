/**
 * One decoder-only transformer for the families in use. A {@link org.thurstone.model.transformer.TransformerConfig} is a model's architecture, {@link org.thurstone.model.transformer.WeightShapes} its weights, and a
 * {@link org.thurstone.model.transformer.Transformer} computes with them: {@code TreeBatch} lays trees out as one flat row of real tokens,
 * {@code Layer} is the network, {@code TreeAttention} the only place where tokens of a tree meet, {@code Head} turns hidden states into
 * log-probabilities of the scored tokens without the vocabulary-wide logits of a batch, and {@code CachedDecoding} continues token by token.
 */
@NullMarked
package org.thurstone.model.transformer;

import org.jspecify.annotations.NullMarked;
