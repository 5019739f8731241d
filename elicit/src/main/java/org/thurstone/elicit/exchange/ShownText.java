package org.thurstone.elicit.exchange;

import java.util.List;
import java.util.Locale;
import org.thurstone.data.Message;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.LosslessJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Texts as people see them, and whether what comes back is the same text. */
final class ShownText {

    /** A cell of a spreadsheet holds 32,767 characters; what is longer is cut. */
    private static final int LONGEST_CELL = 32_000;

    private ShownText() {}

    /** Words alone; the turns of a conversation each under its role. */
    static String of(Text text) {
        return switch (text) {
            case Text.Raw(String raw) -> raw;
            case Text.Chat(List<Message> turns)
            when turns.size() == 1 -> turns.getFirst().content();
            case Text.Chat(List<Message> turns) -> {
                StringBuilder all = new StringBuilder();
                for (Message turn : turns) {
                    all.append(all.isEmpty() ? "" : "\n\n")
                            .append(turn.role().name().toLowerCase(Locale.ROOT))
                            .append(": ")
                            .append(turn.content());
                }
                yield all.toString();
            }
        };
    }

    /**
     * Whether a field is this text. Spreadsheets change line ends, spaces and the forms of numbers, and cut long cells; a text is still told
     * from those of other questions.
     */
    static boolean matches(JsonNode field, Text text) {
        if (!field.isString()) {
            return field.equals(LosslessJson.of(text)) || field.equals(parsed(of(text)));
        }
        String came = squeezed(field.stringValue());
        String sent = squeezed(of(text));
        return came.equals(sent)
                || (field.stringValue().length() >= LONGEST_CELL && !came.isEmpty() && sent.startsWith(came))
                || sameNumber(came, sent);
    }

    /** A text that looks like JSON is read as JSON from some files. */
    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static boolean sameNumber(String one, String other) {
        try {
            return Double.parseDouble(one) == Double.parseDouble(other);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Without white space, and with one sign for what has no bytes in UTF-8. */
    private static String squeezed(String text) {
        StringBuilder squeezed = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .map(c -> (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) || c == 0xFFFD ? '?' : c)
                .forEach(squeezed::appendCodePoint);
        return squeezed.toString();
    }
}
