package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a graded verdict counts, such as {@code A>>B}, 3 of −3 … 3, or three goals to none.
 *
 * @param rule how grades count
 * @param weights what a win of grade 1, 2, … counts; the last one is that of all higher grades; used by {@link Rule#WEIGHTS} only
 */
public record Grades(Rule rule, List<Double> weights) {

    /** A win counts once whatever its grade, and a preference by degrees counts by its share. */
    public static final Grades DEFAULT = new Grades(Rule.DEFAULT, List.of());

    /** How grades count. */
    public enum Rule {
        /** A win counts once; a preference that is a share between 0 and 1 counts by its share. */
        DEFAULT,
        /** The better one wins, once, by however little. */
        EQUAL,
        /** A win of each, counting as much as its share; the highest grade of the column is a whole win. */
        SHARE,
        /** A win counts as much as the weight of its grade. */
        WEIGHTS
    }

    public Grades {
        weights = List.copyOf(weights);
        if ((rule == Rule.WEIGHTS) == weights.isEmpty()) {
            throw new IllegalArgumentException("only grades with weights have weights: " + rule + ", " + weights);
        }
        if (weights.stream().anyMatch(w -> !(w > 0) || Double.isInfinite(w))) {
            throw new IllegalArgumentException("a grade counts a number above 0, not one of " + weights);
        }
    }

    /**
     * As a user writes them.
     *
     * @param text {@code equal}, {@code share} or the weights of the grades, such as {@code 1,3}
     * @throws IllegalArgumentException if it is of another form
     */
    public static Grades parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "equal" -> new Grades(Rule.EQUAL, List.of());
            case "share" -> new Grades(Rule.SHARE, List.of());
            default -> new Grades(Rule.WEIGHTS, weights(text));
        };
    }

    private static List<Double> weights(String text) {
        List<Double> weights = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                weights.add(Double.parseDouble(part.strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "grades are \"" + text + "\", neither equal, share nor weights such as 1,3", e);
            }
        }
        return weights;
    }

    /** What a win of a grade counts. */
    double weight(int grade) {
        return rule == Rule.WEIGHTS && grade > 0 ? weights.get(Math.min(grade, weights.size()) - 1) : 1;
    }

    /** In words, for wins of grades up to the highest. */
    String toText(int highest) {
        return switch (rule) {
            case DEFAULT, EQUAL -> "each counts as one win";
            case SHARE -> "each counts by its share, the highest grade (" + highest + ") as a whole win";
            case WEIGHTS -> "they count " + weights.stream().map(w -> number(w)).collect(Collectors.joining(", "));
        };
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
