/**
 * The world of models behind endpoints: a policy is a {@link org.thurstone.endpoint.Chat}, which samples and cannot be trained. {@link
 * org.thurstone.worlds.endpoint.EndpointRecipe} is the recipe of a run whose policy is one; {@link org.thurstone.worlds.endpoint.EndpointRun} samples,
 * judges and pairs, and writes the pairs, which a fine-tuning service can train on.
 */
@NullMarked
package org.thurstone.worlds.endpoint;

import org.jspecify.annotations.NullMarked;
