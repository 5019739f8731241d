/**
 * What of a board's order the votes carry, and what would turn it over. An {@link org.thurstone.rank.audit.Audit} puts one question per
 * {@link org.thurstone.rank.audit.Probe} to the votes; each {@link org.thurstone.rank.audit.Finding} has a figure, an interval, a threshold that can
 * be set, and one sentence. Probes that chance could raise share one error rate, so that a sound board is rarely flagged by any of them.
 */
@NullMarked
package org.thurstone.rank.audit;

import org.jspecify.annotations.NullMarked;
