package org.thurstone.data;

/** A prompt. The id is unique within a data set and stable between runs. */
public record Prompt(String id, Content content) {

    /** Its text. @throws UserError if its content is something else */
    public Text text() {
        return Text.of(content, "text is needed here");
    }
}
