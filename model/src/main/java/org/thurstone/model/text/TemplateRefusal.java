package org.thurstone.model.text;

import org.thurstone.data.UserError;

/** A chat template does not take a conversation, in its own words or because its expressions do not work out. */
final class TemplateRefusal extends UserError {

    private static final long serialVersionUID = 1;

    public TemplateRefusal(String message) {
        super(message);
    }
}
