package org.thurstone.data.format;

/** A row that says nothing that can be learned from; the message is the reason, without file and line. */
public final class BadRow extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BadRow(String reason) {
        super(reason, null, false, false);
    }
}
