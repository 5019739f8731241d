package org.thurstone.rank;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Votes of which the truth is known. */
public final class Simulated {

    private Simulated() {}

    /** Battles of random pairs by Bradley–Terry. */
    public static List<Battle> battles(double[] strengths, int count, SplittableRandom random) {
        return battles(strengths, count, random, delta -> 1 / (1 + Math.exp(-delta)));
    }

    /** Battles of random pairs in which left wins with a chance that goes by the difference. */
    public static List<Battle> battles(
            double[] strengths, int count, SplittableRandom random, DoubleUnaryOperator chance) {
        List<Battle> battles = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int i = random.nextInt(strengths.length);
            int j = (i + 1 + random.nextInt(strengths.length - 1)) % strengths.length;
            boolean left = random.nextDouble() < chance.applyAsDouble(strengths[i] - strengths[j]);
            battles.add(Battle.of(name(i), name(j), left ? Outcome.LEFT : Outcome.RIGHT));
        }
        return battles;
    }

    /** So many battles of one outcome. */
    public static List<Battle> times(int count, String left, String right, Outcome outcome) {
        return java.util.Collections.nCopies(count, Battle.of(left, right, outcome));
    }

    public static String name(int i) {
        return "m" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
    }
}
