/** How a run is written down: YAML bound to records, and the catalogue of named parts. */
@NullMarked
package org.thurstone.recipe;

import org.jspecify.annotations.NullMarked;
