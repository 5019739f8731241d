/**
 * Signals: what losses need beside the policy's log-probabilities. A loss names them in {@code signals()}, and only those are computed.
 */
@NullMarked
package org.thurstone.train.signal;

import org.jspecify.annotations.NullMarked;
