package org.thurstone.lab;

/**
 * Something that has to be so if the claim is true.
 *
 * @param says what has to be so
 * @param core whether the claim is nothing without it
 * @param holds whether it is so
 */
public record Check(String says, boolean core, boolean holds) {

    /** Without which the claim is nothing. */
    public static Check core(String says, boolean holds) {
        return new Check(says, true, holds);
    }

    /** What belongs to the claim beside its heart. */
    public static Check also(String says, boolean holds) {
        return new Check(says, false, holds);
    }
}
