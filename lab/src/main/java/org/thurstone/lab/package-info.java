/** Does it hold: what papers say, tried on worlds whose truth is known. */
@NullMarked
package org.thurstone.lab;

import org.jspecify.annotations.NullMarked;
