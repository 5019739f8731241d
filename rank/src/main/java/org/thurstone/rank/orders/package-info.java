/**
 * Models of whole orders. {@link org.thurstone.rank.orders.PlackettLuce} chooses the best, then the best of the rest; a {@code Choice} is the
 * data, {@code ChoiceLikelihood} adds them up, and two independent algorithms climb it.
 */
@NullMarked
package org.thurstone.rank.orders;

import org.jspecify.annotations.NullMarked;
