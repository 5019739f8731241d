/**
 * Models of whole orders. {@link org.thurstone.rank.orders.PlackettLuce} models an order as successive choices of the best remaining item; {@code
 * Choice} holds the data, {@code ChoiceLikelihood} the likelihood, and two independent algorithms maximise it.
 */
@NullMarked
package org.thurstone.rank.orders;

import org.jspecify.annotations.NullMarked;
