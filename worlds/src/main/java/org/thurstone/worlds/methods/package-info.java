/**
 * Documentation of methods, generated from their records: a {@link org.thurstone.worlds.methods.MethodDescription} of each part of the catalogue, and
 * the {@link org.thurstone.worlds.methods.MethodsPage} of the documentation.
 */
@NullMarked
package org.thurstone.worlds.methods;

import org.jspecify.annotations.NullMarked;
