package org.thurstone.lab;

/** Whether a claim was replicated. */
public enum Verdict {
    /** All checks hold. */
    REPLICATED("replicated"),
    /** All primary checks hold, but not all secondary ones. */
    PARTLY("partly"),
    /** A primary check does not hold. */
    NOT_REPLICATED("not replicated");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
