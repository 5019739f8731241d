package org.thurstone.model.diagnosis;

import java.util.Optional;

/**
 * The result of checking one part of the machine.
 *
 * @param part the part, in a word
 * @param found what was found
 * @param advice what to do about it; empty if there is nothing to do
 */
public record Finding(String part, State state, String found, Optional<String> advice) {

    /** The state of a part. */
    public enum State {
        FINE,
        /** It works, but it could be faster, or something optional is missing. */
        COULD_BE_BETTER,
        /** Something that is needed does not work. */
        FAILS
    }

    static Finding fine(String part, String found) {
        return new Finding(part, State.FINE, found, Optional.empty());
    }

    static Finding better(String part, String found, String advice) {
        return new Finding(part, State.COULD_BE_BETTER, found, Optional.of(advice));
    }

    static Finding fails(String part, String found, String advice) {
        return new Finding(part, State.FAILS, found, Optional.of(advice));
    }
}
