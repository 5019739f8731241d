package org.thurstone.data.format;

import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/** The optional fields that all formats of pairs share, in addition to {@code chosen} and {@code rejected}. */
final class Pairs {

    private Pairs() {}

    /** A comparison whose left completion is the chosen one. */
    static Comparison of(Fields row, Prompt prompt, Completion chosen, Completion rejected) {
        Particulars particulars = particulars(row, prompt);
        if (chosen.equals(rejected) && particulars.rightPrompt().isEmpty()) {
            throw new BadRow("chosen and rejected are identical");
        }
        return new Comparison(prompt, chosen, rejected, preference(row), margin(row), provenance(row), particulars);
    }

    /** {@code rejected_prompt}, where it is another one; {@code rationale}; the scores of the two. */
    private static Particulars particulars(Fields row, Prompt prompt) {
        Particulars particulars = ScoredPair.scores(row)
                .map(s -> Particulars.NONE.withScores(s.left(), s.right()))
                .orElse(Particulars.NONE);
        if (row.has("rationale")) {
            particulars = particulars.withRationale(row.text("rationale"));
        }
        if (row.has("rejected_prompt")) {
            Text given = Texts.parse(row.get("rejected_prompt"), "'rejected_prompt'");
            Text other = prompt.text() instanceof Text.Chat ? Texts.asChat(given) : given;
            if (prompt.text() instanceof Text.Raw && other instanceof Text.Chat) {
                throw new BadRow("'prompt' is a text and 'rejected_prompt' a conversation: give both alike");
            }
            if (!other.equals(prompt.text())) {
                particulars = particulars.withRightPrompt(Texts.named(other));
            }
        }
        return particulars;
    }

    /** The annotator, source and weight of a row, if it has them. */
    static Provenance provenance(Fields row) {
        return new Provenance(
                row.description("annotator").orElse(""),
                row.description("source").orElse(""),
                row.optionalNumber("weight").orElse(1));
    }

    /** {@code tie}, or a {@code label} that is the probability that chosen is better; without either, chosen won. */
    private static Preference preference(Fields row) {
        if (row.isTrue("tie")) {
            return new Preference.Tie();
        }
        double probability = row.isFilled("label") ? probability(row.get("label")) : 1;
        return probability == 1
                ? new Preference.Left()
                : probability == 0
                        ? new Preference.Right()
                        : probability == 0.5 ? new Preference.Tie() : new Preference.Soft(probability);
    }

    private static double probability(JsonNode label) {
        if (label.isBoolean()) {
            return label.booleanValue() ? 1 : 0;
        }
        try {
            double number = Fields.number(label, "'label'");
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (BadRow e) {
            // said below, with what a label of a pair is
        }
        throw new BadRow(
                "'label' is " + Fields.shown(label) + ", not the probability from 0 to 1 that chosen is better;"
                        + " a column of another meaning can be left out with --columns label=");
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
