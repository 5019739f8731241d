package org.thurstone.model.text;

import java.util.ArrayList;
import java.util.List;

/** What the user should know about an example that was encoded; each is counted over a data set and printed as {@code 12 × NOTE}. */
final class Notes {

    static final String CUT_COMPLETION = "a completion was cut, since it does not fit after its prompt";
    static final String CUT_ALL = "all completions of an example were cut";
    static final String CUT_PROMPT = "a prompt was cut at its beginning";
    static final String RAW_TEXT =
            "raw text, although the model has a chat template (--apply-chat-template renders it)";
    static final String TWO_BEGINNINGS = "a prompt begins with two BOS tokens: it was rendered before";
    static final String SPELLED_BEGINNING = "a prompt spells BOS, and gets no second one: it was rendered before";
    static final String TWO_ENDS =
            "a completion has one end-of-turn or end-of-text token after another: it was rendered before";
    static final String RENDERED_TEXT =
            "raw text with special tokens of the model: it was rendered before, and is not rendered again";
    static final String RENDERED_TWICE =
            "text with special tokens of the model, which was rendered before, was rendered by the chat template again"
                    + " (leave out --apply-chat-template)";
    static final String OTHER_PROMPT =
            "the chat template renders the prompt differently before an answer than before sampling (a thought, or earlier turns)";

    private final List<String> noted = new ArrayList<>();

    void add(String note) {
        noted.add(note);
    }

    void addIf(boolean holds, String note) {
        if (holds) {
            noted.add(note);
        }
    }

    List<String> list() {
        return noted;
    }
}
