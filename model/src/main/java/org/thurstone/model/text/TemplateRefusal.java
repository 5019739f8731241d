package org.thurstone.model.text;

import org.thurstone.data.UserError;

/** Thrown when a chat template rejects a conversation, by its own message or because an expression fails. */
public final class TemplateRefusal extends UserError {

    private static final long serialVersionUID = 1;

    public TemplateRefusal(String message) {
        super(message);
    }
}
