package org.thurstone.lab.book;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Optional;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Verdict;

/**
 * The stored result of a replication.
 *
 * @param name of the replication
 * @param edition of the code that it ran
 * @param smokeFigures {@link SmokeFigures hash of the figures} that the smoke version gave with the same code and seed; its own if it is one
 * @param confirmed the latest other edition whose smoke version gave the same figures, bit for bit
 * @param seconds that it took
 */
@JsonIgnoreProperties("rows") // written by earlier versions
public record Result(
        String name,
        String edition,
        String smokeFigures,
        Optional<String> confirmed,
        long seed,
        boolean smoke,
        double seconds,
        Verdict verdict,
        Findings findings) {

    /** Whether code of this edition is known to give it: it was run with that, or confirmed at it. */
    boolean holdsAt(String other) {
        return edition.equals(other) || confirmed.filter(other::equals).isPresent();
    }

    /** Whether one code is known to give both. */
    boolean sameCode(Result other) {
        return holdsAt(other.edition) || other.confirmed.filter(this::holdsAt).isPresent();
    }

    /** After the smoke version of another edition gave the same figures. */
    Result confirmedAt(String other) {
        return new Result(name, edition, smokeFigures, Optional.of(other), seed, smoke, seconds, verdict, findings);
    }

    /** For a result of a further seed: its page has the plots of the first seed. */
    Result withoutPlots() {
        return new Result(
                name, edition, smokeFigures, confirmed, seed, smoke, seconds, verdict, findings.withoutPlots());
    }
}
