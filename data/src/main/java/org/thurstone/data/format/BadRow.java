package org.thurstone.data.format;

/** Thrown for a row that no example can be made of; the message is the reason, without file and line. */
public final class BadRow extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A reason may quote a value, which may be of any length. */
    private static final int LONGEST = 2_000;

    public BadRow(String reason) {
        super(reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason, null, false, false);
    }
}
