/**
 * Ledgers store questions and answers: {@link org.thurstone.elicit.ledger.FileLedger} in the run's directory, one per line, and
 * {@link org.thurstone.elicit.ledger.MemoryLedger} in memory.
 */
@NullMarked
package org.thurstone.elicit.ledger;

import org.jspecify.annotations.NullMarked;
