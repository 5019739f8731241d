package org.thurstone.endpoint.http;

/** A call without a complete reply. */
public final class CallFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What is known about the request. */
    public enum Kind {
        /** The request did not reach the server: it can be sent again without being paid twice. */
        NOT_SENT,
        /** The request was sent, and the reply did not arrive, or not whole: the server may charge for it. */
        LOST,
        /** The thread was interrupted. */
        INTERRUPTED
    }

    private final Kind kind;

    public CallFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
