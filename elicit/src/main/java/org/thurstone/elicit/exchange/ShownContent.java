package org.thurstone.elicit.exchange;

import java.util.Locale;
import org.thurstone.data.Content;
import org.thurstone.data.Message;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.LosslessJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Contents as people see them, and whether what comes back is the same content. */
final class ShownContent {

    /** A cell of a spreadsheet holds 32,767 characters; what is longer is cut. */
    private static final int LONGEST_CELL = 32_000;

    private ShownContent() {}

    /** Words alone; the turns of a conversation each under its role; other content by its summary, or its JSON. */
    static String of(Content content) {
        return switch (content) {
            case Text.Raw(String raw) -> raw;
            case Text.Chat chat when chat.messages().size() == 1 -> chat.plain();
            case Text.Chat chat -> {
                StringBuilder all = new StringBuilder();
                for (Message turn : chat.messages()) {
                    all.append(all.isEmpty() ? "" : "\n\n")
                            .append(turn.role().name().toLowerCase(Locale.ROOT))
                            .append(": ")
                            .append(turn.plain());
                }
                yield all.toString();
            }
            default -> LosslessJson.shown(content);
        };
    }

    /**
     * Whether a field is this content. Spreadsheets change line ends, spaces and the forms of numbers, and cut long cells; a text is still told
     * from those of other questions.
     */
    static boolean matches(JsonNode field, Content content) {
        if (!field.isString()) {
            return is(field, content) || field.equals(parsed(of(content)));
        }
        String came = squeezed(field.stringValue());
        String sent = squeezed(of(content));
        return came.equals(sent)
                || (field.stringValue().length() >= LONGEST_CELL && !came.isEmpty() && sent.startsWith(came))
                || sameNumber(came, sent);
    }

    private static boolean is(JsonNode field, Content content) {
        try {
            return LosslessJson.content(field, "it").equals(content);
        } catch (BadRow e) {
            return false;
        }
    }

    /** The JSON that a text is, since some files are read so; missing if it is none. */
    static JsonNode parsed(String text) {
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
