/**
 * What there is, said from the records themselves: a {@link org.thurstone.worlds.methods.MethodDescription} of each part of the catalogue, and
 * the {@link org.thurstone.worlds.methods.MethodsPage} that the documentation has of them.
 */
@NullMarked
package org.thurstone.worlds.methods;

import org.jspecify.annotations.NullMarked;
