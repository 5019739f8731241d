package org.thurstone.elicit;

import org.thurstone.data.Count;

/** Thrown when open questions block a run. Not an error: the run stops, and is resumed when answers are there. */
public final class Parked extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int open;

    /** @param open how many questions wait */
    public Parked(int open) {
        super(Count.of(open, "question waits", "questions wait") + " for answers", null, false, false);
        this.open = open;
    }

    public int open() {
        return open;
    }
}
