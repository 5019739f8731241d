package org.thurstone.rank.certainty;

import java.util.Optional;

/**
 * The normal law of strengths that the items of a board show: N(mean, deviation²). Ratings scatter by it and by their own errors; the deviation
 * is the one at which the weighted squares add up to their expectation (Paule and Mandel 1982).
 *
 * @param deviation above 0
 * @param count of the ratings that mean and deviation were estimated from; infinite where they are known
 */
public record Spread(double mean, double deviation, double count) {

    /** Fewer ratings say hardly anything of how far strengths scatter. */
    public static final int FEWEST = 5;

    /** A law that is known. */
    public static Spread known(double mean, double deviation) {
        return new Spread(mean, deviation, Double.POSITIVE_INFINITY);
    }

    /**
     * The logarithm of the density of one more strength, but for a constant: of estimated moments it is Student's t, with one degree of freedom less
     * than there were ratings.
     */
    double logDensity(double strength) {
        if (Double.isInfinite(count)) {
            double z = (strength - mean) / deviation;
            return -z * z / 2;
        }
        double z = (strength - mean) / (deviation * Math.sqrt(1 + 1 / count));
        return -count / 2 * Math.log1p(z * z / (count - 1));
    }

    /**
     * The law of well-determined ratings.
     *
     * @param variances of the ratings' errors, above 0
     * @return empty if there are fewer than {@value #FEWEST} ratings, or they scatter no more than their errors do
     */
    public static Optional<Spread> of(double[] ratings, double[] variances) {
        int n = ratings.length;
        if (n < FEWEST || excess(ratings, variances, 0) <= 0) {
            return Optional.empty();
        }
        double low = 0;
        double high = 1;
        while (excess(ratings, variances, high) > 0) {
            high *= 2;
        }
        for (int step = 0; step < 100; step++) {
            double middle = (low + high) / 2;
            if (excess(ratings, variances, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Optional.of(new Spread(mean(ratings, variances, high), Math.sqrt(high), n));
    }

    private static double mean(double[] ratings, double[] variances, double between) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < ratings.length; i++) {
            sum += ratings[i] / (variances[i] + between);
            weights += 1 / (variances[i] + between);
        }
        return sum / weights;
    }

    /** The weighted squares less what is expected of them. */
    private static double excess(double[] ratings, double[] variances, double between) {
        double mean = mean(ratings, variances, between);
        double squares = 0;
        for (int i = 0; i < ratings.length; i++) {
            squares += (ratings[i] - mean) * (ratings[i] - mean) / (variances[i] + between);
        }
        return squares - (ratings.length - 1);
    }
}
