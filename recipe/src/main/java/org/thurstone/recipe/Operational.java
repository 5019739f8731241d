package org.thurstone.recipe;

/**
 * A part some of whose settings say only how it works, such as limits of cost and time, and decide no result. A run is resumed when they have changed:
 * {@link Recipe#deciding}.
 */
public interface Operational {

    /** The same part with such settings at their defaults. */
    Record whatDecides();
}
