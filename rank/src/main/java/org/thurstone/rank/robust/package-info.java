/** Rankings from votes of which some are missing or corrupted: {@link org.thurstone.rank.robust.Curatron}. */
@NullMarked
package org.thurstone.rank.robust;

import org.jspecify.annotations.NullMarked;
