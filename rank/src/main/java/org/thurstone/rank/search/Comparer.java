package org.thurstone.rank.search;

/** Somebody who compares: a judge, a person, an oracle. */
@FunctionalInterface
public interface Comparer<T> {

    /**
     * How probably the first is the better one, in [0, 1].
     *
     * @param first shown first; who compares may favour a place, so the other order may be asked too
     */
    double prefers(T first, T second);
}
