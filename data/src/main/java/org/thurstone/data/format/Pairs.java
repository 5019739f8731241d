package org.thurstone.data.format;

import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;

/** What the formats of pairs share: the optional fields beside {@code chosen} and {@code rejected}. */
final class Pairs {

    private Pairs() {}

    /** A comparison whose left completion is the chosen one. */
    static Comparison of(Fields row, Prompt prompt, Completion chosen, Completion rejected) {
        if (chosen.equals(rejected)) {
            throw new BadRow("chosen and rejected are identical");
        }
        return new Comparison(prompt, chosen, rejected, preference(row), margin(row), provenance(row));
    }

    /** Who, whence and how much, where the row says so. */
    static Provenance provenance(Fields row) {
        return new Provenance(
                row.optionalText("annotator").orElse(""),
                row.optionalText("source").orElse(""),
                row.optionalNumber("weight").orElse(1));
    }

    /** {@code tie}, or a {@code label} that is the probability that chosen is better; without either, chosen won. */
    private static Preference preference(Fields row) {
        if (row.isTrue("tie")) {
            return new Preference.Tie();
        }
        double probability = row.optionalNumber("label").orElse(1);
        return probability == 1
                ? new Preference.Left()
                : probability == 0
                        ? new Preference.Right()
                        : probability == 0.5 ? new Preference.Tie() : new Preference.Soft(probability);
    }

    /**
     * {@code margin}, or the difference of the scores of the two. It is negative where the label goes against the scores: that is a
     * finding about the row, and not put right here.
     */
    private static OptionalDouble margin(Fields row) {
        OptionalDouble margin = row.optionalNumber("margin");
        return margin.isPresent() ? margin : ScoredPair.gap(row);
    }
}
