/**
 * Ledgers store answers: in the run's directory, line by line, and in
 * {@link org.thurstone.elicit.ledger.MemoryLedger} for as long as a process lives.
 */
@NullMarked
package org.thurstone.elicit.ledger;

import org.jspecify.annotations.NullMarked;
