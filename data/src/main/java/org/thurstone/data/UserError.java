package org.thurstone.data;

/**
 * Something that the user can put right: a bad row, a missing file, a tokenizer that does not fit its model. The message says what was
 * wrong, where, and what would be right; it is all that the command line shows.
 */
public class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
