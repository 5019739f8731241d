package org.thurstone.data;

/** What was answered: raw text after a raw prompt, assistant turns (possibly with tool turns between) after a conversation. */
public record Completion(Text text) {

    public static Completion raw(String text) {
        return new Completion(Text.raw(text));
    }
}
