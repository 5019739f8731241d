package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Example;
import tools.jackson.databind.JsonNode;

/**
 * The shapes of {@code chosen} and {@code rejected}: texts or turns, with a prompt or with one that both begin with. The columns decide what a
 * file is called; each row is read by its own shape.
 */
final class PairShapes {

    static final String CHOSEN = "chosen";
    static final String REJECTED = "rejected";

    private PairShapes() {}

    static boolean recognises(Columns file) {
        return file.has(CHOSEN) && file.has(REJECTED);
    }

    static Example parse(Fields row) {
        for (String key : List.of(CHOSEN, REJECTED)) {
            if (!row.has(key)) {
                throw new BadRow("'" + key + "' is missing");
            }
        }
        if (HhTranscript.isTranscript(row, CHOSEN) && HhTranscript.isTranscript(row, REJECTED)) {
            return HhTranscript.pair(row);
        }
        boolean prompt = Texts.promptKey(row).isPresent();
        if (isTurns(row, CHOSEN)
                || isTurns(row, REJECTED)
                || (!prompt && row.firstOf(Names.TURNS).isPresent())) {
            return Conversational.pair(row);
        }
        if (prompt) {
            return ExplicitPrompt.pair(row);
        }
        if (row.columns().hasAnyOf(Names.PROMPT)) {
            throw Asked.missing(row);
        }
        return ImplicitPrompt.pair(row);
    }

    private static boolean isTurns(Fields row, String key) {
        return row.peek(key).filter(Texts::isTurns).isPresent();
    }

    /** Complains of a value that is neither a text nor turns, before it is taken for something else. */
    static String text(Fields row, String key) {
        JsonNode value = row.get(key);
        Texts.refuseTexts(value, "'" + key + "'");
        return Fields.text(value, "'" + key + "'");
    }
}
