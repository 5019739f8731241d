package org.thurstone.data.format;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads labels of desirable and undesirable completions, in all common spellings. */
final class Labels {

    private static final Set<String> GOOD = Set.of(
            "true",
            "1",
            "1.0",
            "+1",
            "good",
            "yes",
            "desirable",
            "chosen",
            "positive",
            "thumbs up",
            "like",
            "👍",
            "t",
            "y");
    private static final Set<String> BAD = Set.of(
            "false",
            "0",
            "0.0",
            "-1",
            "-1.0",
            "−1",
            "bad",
            "no",
            "undesirable",
            "rejected",
            "negative",
            "thumbs down",
            "dislike",
            "👎",
            "f",
            "n");

    private Labels() {}

    /** @throws BadRow if the row has no label, or one of another spelling */
    static boolean of(Fields row) {
        String key = row.firstOf(Names.LABEL)
                .filter(row::isFilled)
                .orElseThrow(() ->
                        new BadRow("'" + row.columns().firstOf(Names.LABEL).orElse("label") + "' is missing"));
        JsonNode label = row.get(key);
        String word = (label.isString() ? label.stringValue() : label.toString())
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_-]+(?=\\p{L})", " ")
                .strip();
        if (GOOD.contains(word)) {
            return true;
        }
        if (BAD.contains(word)) {
            return false;
        }
        throw new BadRow("'" + key + "' is " + Fields.shown(label)
                + ", not a label: true or false, 1 or 0, 1 or -1, good or bad, yes or no, chosen or rejected, …");
    }
}
