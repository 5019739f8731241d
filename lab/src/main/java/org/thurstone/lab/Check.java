package org.thurstone.lab;

/**
 * A condition that must hold if the claim is true.
 *
 * @param says the condition
 * @param core whether it is a primary check, without which the claim does not hold
 * @param holds whether the condition was met
 */
public record Check(String says, boolean core, boolean holds) {

    /** A primary check: without it the claim does not hold. */
    public static Check core(String says, boolean holds) {
        return new Check(says, true, holds);
    }

    /** A secondary check: part of the claim, but the claim does not fall with it. */
    public static Check also(String says, boolean holds) {
        return new Check(says, false, holds);
    }
}
