/**
 * Checkpoints in the layout of Hugging Face. {@link org.thurstone.model.hub.Transformers} is the way in: it loads a directory as a
 * transformer and saves one so that Python's transformers loads it. Each model family is one small file, an implementation of
 * {@link org.thurstone.model.hub.Family}, which reads its config.json and says how its weights are called; a new one goes beside them and
 * into the list in {@link org.thurstone.model.hub.Families}.
 */
@NullMarked
package org.thurstone.model.hub;

import org.jspecify.annotations.NullMarked;
