package org.thurstone.lab.book;

import java.util.List;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Verdict;

/**
 * What came of a replication, as it is kept.
 *
 * @param name of the replication
 * @param rows that it is about
 * @param edition of its source text, so that a replication that was changed is run again
 * @param seconds that it took
 */
public record Result(
        String name,
        List<Integer> rows,
        String edition,
        long seed,
        boolean smoke,
        double seconds,
        Verdict verdict,
        Findings findings) {

    /** For a result that stands beside another one on its page, which has the plots. */
    Result withoutPlots() {
        return new Result(name, rows, edition, seed, smoke, seconds, verdict, findings.withoutPlots());
    }
}
