package org.thurstone.worlds.language;

import org.thurstone.report.Note;

/**
 * A sign that a training goes wrong, for the console, the report and machines. {@link Warnings} decides when there is one.
 *
 * @param value the figure that is worrying
 * @param threshold that it passed
 * @param text the figure in words, and what to do
 */
public record Warning(Kind kind, double value, double threshold, String text) {

    /** The kind of a warning. */
    public enum Kind {
        KL("far from the reference"),
        LIKELIHOOD("chosen completions become less likely"),
        HELD_OUT_LOSS("worse on held-out examples"),
        DISTINCT_2("samples are collapsing"),
        DROPPED("many rows were dropped");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /** In a few words. */
    public String title() {
        return kind.title;
    }

    /** As a box of a report. */
    public Note note() {
        return Note.warning(title(), text);
    }

    /** As a line of a terminal. */
    public String line() {
        return "warning: " + title() + ": " + text;
    }
}
