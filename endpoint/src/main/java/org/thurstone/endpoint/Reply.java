package org.thurstone.endpoint;

import java.util.Optional;

/**
 * What a model replied.
 *
 * @param text the words of the answer, without reasoning
 * @param finish why it ended
 * @param refusal the provider's reason, if the prompt or the answer was refused
 * @param usage empty where the server does not count; unknown is not 0
 * @param model the model that answered, by its own name; empty where the server does not say
 * @param fingerprint of the system that answered; empty where the server does not say
 * @param reasoned whether the reply has reasoning apart from the text
 */
public record Reply(
        String text,
        Finish finish,
        Optional<String> refusal,
        Optional<Usage> usage,
        String model,
        String fingerprint,
        boolean reasoned) {

    /** Why an answer ended. */
    public enum Finish {
        /** Where the model ended it, or at a stop sequence. */
        STOP,
        /** At the limit of tokens. */
        LENGTH,
        /** To call tools. */
        TOOL_CALLS,
        /** It, or its prompt, was refused. */
        REFUSED
    }

    /** The model that answered, for the provenance of its answers. */
    public String answeredBy(String asked) {
        String name = model.isEmpty() ? asked : model;
        return fingerprint.isEmpty() ? name : name + " (" + fingerprint + ")";
    }
}
