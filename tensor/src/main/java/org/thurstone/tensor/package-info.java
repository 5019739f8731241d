/** The numeric seam: libtorch behind a thin facade. */
@NullMarked
package org.thurstone.tensor;

import org.jspecify.annotations.NullMarked;
