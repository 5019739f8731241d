package org.thurstone.model.text.jinja;

/** A template cannot be read, or does not work out for the values given; or it raised an exception of its own, in its own words. */
public final class JinjaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A message may quote a value, which may be of any size. */
    private static final int LONGEST = 1_000;

    /** Whether the message says all that there is to say: where it went wrong, or the template's own words. */
    private final boolean complete;

    private JinjaException(String message, boolean complete) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
        this.complete = complete;
    }

    JinjaException(String message) {
        this(message, false);
    }

    /** An error that the template itself raised. */
    static JinjaException raised(String message) {
        return new JinjaException(message, true);
    }

    static JinjaException at(int line, String message) {
        return new JinjaException("line " + line + ": " + message, true);
    }

    JinjaException orAt(int line) {
        return complete ? this : at(line, String.valueOf(getMessage()));
    }
}
