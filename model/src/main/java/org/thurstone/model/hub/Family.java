package org.thurstone.model.hub;

import org.thurstone.model.transformer.TransformerConfig;

/** A model family: one reading of config.json. */
interface Family {

    /** The {@code model_type} that config.json gives it. */
    String modelType();

    /**
     * What config.json says, in our terms.
     *
     * @throws org.thurstone.data.UserError if a key is missing or asks for what is not there
     */
    TransformerConfig read(ConfigJson json);
}
