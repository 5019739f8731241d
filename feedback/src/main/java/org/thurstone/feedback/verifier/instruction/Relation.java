package org.thurstone.feedback.verifier.instruction;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a count compares with the number in an instruction. */
public enum Relation {
    AT_LEAST,
    LESS_THAN;

    public boolean holds(long count, long number) {
        return this == AT_LEAST ? count >= number : count < number;
    }

    /** As instructions say it: {@code at least}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Optional<Relation> of(String words) {
        return Stream.of(values()).filter(r -> r.words().equals(words)).findFirst();
    }
}
