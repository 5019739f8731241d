package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Labels of items by annotators. Parallel arrays, one entry per label; an annotator labels an item at most once.
 *
 * @param items in order of appearance
 * @param annotators in order of appearance
 * @param order of the different labels, which are {@link #categories}
 * @param item index of the item of each label
 * @param annotator index of who gave it
 * @param category index of the label itself
 */
public record Labels(
        List<String> items, List<String> annotators, LabelOrder order, int[] item, int[] annotator, int[] category) {

    /** One label. */
    public record Label(String item, String annotator, String value) {}

    public Labels {
        items = List.copyOf(items);
        annotators = List.copyOf(annotators);
    }

    /**
     * Labels by name, whose order is recognised if it can be.
     *
     * @throws IllegalArgumentException if an annotator labelled an item twice
     */
    public static Labels of(Collection<Label> labels) {
        return of(labels, LabelOrder.of(labels.stream().map(Label::value).collect(Collectors.toSet())));
    }

    /**
     * Labels by name, in an order.
     *
     * @param order has every label, and may have others that were not used
     * @throws IllegalArgumentException if an annotator labelled an item twice, or a label is not in the order
     */
    public static Labels of(Collection<Label> labels, LabelOrder order) {
        Map<String, Integer> items = new LinkedHashMap<>();
        Map<String, Integer> annotators = new LinkedHashMap<>();
        Map<String, Integer> category = new HashMap<>();
        order.labels().forEach(value -> category.put(value, category.size()));
        int[][] entries = new int[3][labels.size()];
        Set<Long> seen = new LinkedHashSet<>();
        int at = 0;
        for (Label label : labels) {
            int i = index(items, label.item());
            int a = index(annotators, label.annotator());
            if (!seen.add(((long) i << 32) | a)) {
                throw new IllegalArgumentException("'" + label.annotator() + "' labelled '" + label.item() + "' twice");
            }
            Integer c = category.get(label.value());
            if (c == null) {
                throw new IllegalArgumentException(
                        "the label '" + label.value() + "' is not one of " + String.join(", ", order.labels()));
            }
            entries[0][at] = i;
            entries[1][at] = a;
            entries[2][at] = c;
            at++;
        }
        return new Labels(
                List.copyOf(items.keySet()),
                List.copyOf(annotators.keySet()),
                order,
                entries[0],
                entries[1],
                entries[2]);
    }

    private static int index(Map<String, Integer> of, String name) {
        int next = of.size();
        return of.computeIfAbsent(name, n -> next);
    }

    /** The different labels, from lowest to highest where their order is known. */
    public List<String> categories() {
        return order.labels();
    }

    /** These labels with further categories that were not used; the order is as if they had been. */
    public Labels including(Collection<String> further) {
        Set<String> all = new LinkedHashSet<>(categories());
        if (!all.addAll(further)) return this;
        LabelOrder wider =
                order.source() == LabelOrder.Source.GIVEN ? LabelOrder.given(List.copyOf(all)) : LabelOrder.of(all);
        List<Label> labels = new ArrayList<>();
        for (int n = 0; n < size(); n++) {
            labels.add(new Label(
                    items.get(item[n]),
                    annotators.get(annotator[n]),
                    categories().get(category[n])));
        }
        return of(labels, wider);
    }

    /** The number of labels. */
    public int size() {
        return item.length;
    }

    /** Items × categories: how often each item was given each label. */
    public int[][] counts() {
        int[][] counts = new int[items.size()][categories().size()];
        for (int n = 0; n < size(); n++) counts[item[n]][category[n]]++;
        return counts;
    }

    /** For each annotator, the indices of the labels that they gave. */
    int[][] ofAnnotators() {
        return grouped(annotator, annotators.size());
    }

    /** For each item, the indices of its labels. */
    int[][] ofItems() {
        return grouped(item, items.size());
    }

    private static int[][] grouped(int[] key, int size) {
        int[] counts = new int[size];
        for (int v : key) counts[v]++;
        int[][] groups = new int[size][];
        for (int g = 0; g < size; g++) groups[g] = new int[counts[g]];
        for (int n = key.length - 1; n >= 0; n--) groups[key[n]][--counts[key[n]]] = n;
        return groups;
    }
}
