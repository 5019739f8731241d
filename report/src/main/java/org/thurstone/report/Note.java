package org.thurstone.report;

/** A highlighted box, such as a warning: {@code new Note(WARNING, "The stories are collapsing", "distinct-2 fell below 0.75 of the start's …")}. */
public record Note(Kind kind, String title, String text) implements Section {

    /** The severity of a note. */
    public enum Kind {
        INFO,
        WARNING
    }

    /** Information that needs no action. */
    public static Note info(String title, String text) {
        return new Note(Kind.INFO, title, text);
    }

    /** Do not trust the figures before you have read this. */
    public static Note warning(String title, String text) {
        return new Note(Kind.WARNING, title, text);
    }
}
