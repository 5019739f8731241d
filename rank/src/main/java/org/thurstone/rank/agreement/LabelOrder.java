package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The order of labels, and how it is known.
 *
 * @param labels from lowest to highest; in alphabetical order if {@link Source#UNKNOWN}
 * @param scale the name of a recognised scale; else empty
 */
public record LabelOrder(Source source, List<String> labels, String scale) {

    /** How an order is known. */
    public enum Source {
        /** All labels are numbers. */
        NUMBERS,
        /** The user named the labels in order. */
        GIVEN,
        /** The labels are words of a scale in common use. */
        RECOGNISED,
        /** There are at most two labels, so that the order changes nothing. */
        TRIVIAL,
        UNKNOWN
    }

    public LabelOrder {
        labels = List.copyOf(labels);
    }

    /** The order of labels: by size if all are numbers, by the scale that their words belong to, or unknown. */
    public static LabelOrder of(Collection<String> labels) {
        Set<String> distinct = new TreeSet<>(labels);
        if (distinct.stream().allMatch(LabelOrder::isNumber)) {
            List<String> sorted = new ArrayList<>(distinct);
            sorted.sort(Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder()));
            return new LabelOrder(Source.NUMBERS, sorted, "");
        }
        Optional<LabelScales.Recognised> scale = LabelScales.recognise(distinct);
        if (scale.isPresent()) {
            return new LabelOrder(
                    Source.RECOGNISED, scale.get().labels(), scale.get().name());
        }
        return new LabelOrder(distinct.size() <= 2 ? Source.TRIVIAL : Source.UNKNOWN, List.copyOf(distinct), "");
    }

    /**
     * The order that a user gave. It may have labels that were not used.
     *
     * @throws IllegalArgumentException if a label is named twice
     */
    public static LabelOrder given(List<String> labels) {
        if (new LinkedHashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException("a label is named twice in the order " + String.join(", ", labels));
        }
        return new LabelOrder(Source.GIVEN, labels, "");
    }

    static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether ordinal figures have a meaning. */
    public boolean isKnown() {
        return source != Source.UNKNOWN;
    }

    /** Whether the labels are numbers and their order is that of their size. */
    boolean isNumeric() {
        return labels.stream().allMatch(LabelOrder::isNumber)
                && IntStream.range(1, labels.size())
                        .allMatch(c -> Double.parseDouble(labels.get(c)) > Double.parseDouble(labels.get(c - 1)));
    }

    /** The values of the labels, for differences: numbers have their own, other labels their places 0, 1, … */
    double[] values() {
        boolean isNumeric = isNumeric();
        return IntStream.range(0, labels.size())
                .mapToDouble(c -> isNumeric ? Double.parseDouble(labels.get(c)) : c)
                .toArray();
    }

    /** The order as text, such as {@code low < medium < high}; an unknown one with commas. */
    public String text() {
        return String.join(source == Source.UNKNOWN || source == Source.TRIVIAL ? ", " : " < ", labels);
    }
}
