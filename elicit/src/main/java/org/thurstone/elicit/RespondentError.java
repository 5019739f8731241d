package org.thurstone.elicit;

import org.thurstone.data.UserError;

/** Thrown when a respondent breaks its contract; the message says which respondent, and how. */
public final class RespondentError extends UserError {

    private static final long serialVersionUID = 1;

    public RespondentError(String message) {
        super(message);
    }

    public RespondentError(String message, Throwable cause) {
        super(message, cause);
    }
}
