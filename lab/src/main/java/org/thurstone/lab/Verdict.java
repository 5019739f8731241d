package org.thurstone.lab;

/** Whether a claim was replicated. */
public enum Verdict {
    /** All that was checked holds. */
    REPLICATED("replicated"),
    /** The heart of the claim holds, and something that belongs to it does not. */
    PARTLY("partly"),
    /** The heart of the claim does not show here. */
    NOT_REPLICATED("not replicated");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
