package org.thurstone.model.text;

import java.util.List;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.UserError;

/**
 * Recognises plain text that a chat template has rendered already: it opens a turn of the assistant, or spells special tokens.
 *
 * @param opening the text with which the template opens an assistant turn; empty if it rejects a single turn
 */
record RenderedText(String opening, CompletionTokens tokens) {

    static RenderedText of(ChatTemplate template, CompletionTokens tokens) {
        return new RenderedText(opening(template), tokens);
    }

    private static String opening(ChatTemplate template) {
        try {
            List<Message> asked = List.of(new Message(Role.USER, "a"));
            String before = template.render(asked, false);
            String prompt = template.render(asked, true);
            return prompt.startsWith(before) ? prompt.substring(before.length()).strip() : "";
        } catch (UserError e) {
            return "";
        }
    }

    /** Whether a text looks as if it was rendered. */
    boolean isIn(String text) {
        return (!opening.isEmpty() && text.contains(opening)) || tokens.spellsSpecial(text);
    }
}
