package org.thurstone.elicit;

import org.thurstone.data.Count;

/** Questions wait for answers, and nothing can go on without them. Not an error: whoever runs things stops, and starts again later. */
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
