/**
 * Where answers are kept: {@link org.thurstone.elicit.ledger.FileLedger} in the run's directory, line by line, and
 * {@link org.thurstone.elicit.ledger.MemoryLedger} for as long as a process lives.
 */
@NullMarked
package org.thurstone.elicit.ledger;

import org.jspecify.annotations.NullMarked;
