package org.thurstone.data;

/**
 * The annotator, source and weight of an example.
 *
 * @param annotator a person, judge or model; empty where unknown
 * @param source the data set, file or policy; empty where unknown
 * @param weight how much it counts in training, at least 0; 1 by default
 */
public record Provenance(String annotator, String source, double weight) {

    public static final Provenance UNKNOWN = new Provenance("", "", 1);

    public Provenance {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight " + weight + " is not a finite number of at least 0");
        }
    }

    public Provenance withWeight(double newWeight) {
        return new Provenance(annotator, source, newWeight);
    }

    public static Provenance by(String annotator) {
        return new Provenance(annotator, "", 1);
    }
}
