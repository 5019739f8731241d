package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labels of items by annotators. Parallel arrays, one entry per label; an annotator labels an item at most once.
 *
 * @param items in order of appearance
 * @param annotators in order of appearance
 * @param categories the different labels: by size if all are numbers, else by alphabet
 * @param item index of the item of each label
 * @param annotator index of who gave it
 * @param category index of the label itself
 */
public record Labels(
        List<String> items,
        List<String> annotators,
        List<String> categories,
        int[] item,
        int[] annotator,
        int[] category) {

    /** One label. */
    public record Label(String item, String annotator, String value) {}

    public Labels {
        items = List.copyOf(items);
        annotators = List.copyOf(annotators);
        categories = List.copyOf(categories);
    }

    /**
     * Labels by name.
     *
     * @throws IllegalArgumentException if an annotator labelled an item twice
     */
    public static Labels of(Collection<Label> labels) {
        Map<String, Integer> items = new LinkedHashMap<>();
        Map<String, Integer> annotators = new LinkedHashMap<>();
        Set<String> values = new LinkedHashSet<>();
        labels.forEach(label -> values.add(label.value()));
        List<String> categories = sorted(values);
        Map<String, Integer> category = new HashMap<>();
        categories.forEach(value -> category.put(value, category.size()));
        int[][] entries = new int[3][labels.size()];
        Set<Long> seen = new LinkedHashSet<>();
        int at = 0;
        for (Label label : labels) {
            int i = index(items, label.item());
            int a = index(annotators, label.annotator());
            if (!seen.add(((long) i << 32) | a)) {
                throw new IllegalArgumentException("'" + label.annotator() + "' labelled '" + label.item() + "' twice");
            }
            entries[0][at] = i;
            entries[1][at] = a;
            entries[2][at] = category.getOrDefault(label.value(), -1);
            at++;
        }
        return new Labels(
                List.copyOf(items.keySet()),
                List.copyOf(annotators.keySet()),
                categories,
                entries[0],
                entries[1],
                entries[2]);
    }

    private static int index(Map<String, Integer> of, String name) {
        int next = of.size();
        return of.computeIfAbsent(name, n -> next);
    }

    private static List<String> sorted(Set<String> values) {
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(
                values.stream().allMatch(Labels::isNumber)
                        ? Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return sorted;
    }

    static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The number of labels. */
    public int size() {
        return item.length;
    }

    /** Items × categories: how often each item was given each label. */
    public int[][] counts() {
        int[][] counts = new int[items.size()][categories.size()];
        for (int n = 0; n < size(); n++) counts[item[n]][category[n]]++;
        return counts;
    }

    /** The label that each annotator gave each item, annotators × items; -1 where none was given. */
    public int[][] byAnnotator() {
        int[][] given = new int[annotators.size()][items.size()];
        for (int[] row : given) java.util.Arrays.fill(row, -1);
        for (int n = 0; n < size(); n++) given[annotator[n]][item[n]] = category[n];
        return given;
    }
}
