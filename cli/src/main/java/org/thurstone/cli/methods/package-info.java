/**
 * What there is, said from the records themselves: a {@link org.thurstone.cli.methods.MethodDescription} of each part of the catalogue, and
 * the {@link org.thurstone.cli.methods.MethodsPage} that the documentation has of them.
 */
@NullMarked
package org.thurstone.cli.methods;

import org.jspecify.annotations.NullMarked;
