package org.thurstone.feedback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Shuffles a list with the same probabilities as {@code Collections.shuffle}, but any generator, in n − 1 draws for n elements. */
public final class Shuffle {

    private Shuffle() {}

    public static <T> List<T> of(List<T> things, RandomGenerator random) {
        List<T> shuffled = new ArrayList<>(things);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }
}
