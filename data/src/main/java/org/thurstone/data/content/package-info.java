/**
 * Contents other than text: a {@link org.thurstone.data.content.TokenPath}, a {@link org.thurstone.data.content.Trajectory} of states and actions, an
 * {@link org.thurstone.data.content.ItemList}, an {@link org.thurstone.data.content.ImageFile}. Each is a record whose components are its JSON, found
 * by its name through the index of methods; the other modules know nothing of them, so that custom kinds are equally supported.
 */
@NullMarked
package org.thurstone.data.content;

import org.jspecify.annotations.NullMarked;
