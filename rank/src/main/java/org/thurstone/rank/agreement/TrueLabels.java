package org.thurstone.rank.agreement;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.statistics.Estimate;

/** Gold labels, by item. */
public record TrueLabels(Map<String, String> byItem) {

    public TrueLabels {
        byItem = Map.copyOf(byItem);
    }

    /** No known labels. */
    public static final TrueLabels NONE = new TrueLabels(Map.of());

    /**
     * Reads a file with a column for the item and one for its label, such as {@code truth} or {@code gold}. Rows without a label are left out.
     *
     * @param item the item's column, if it has none of the usual names
     */
    public static TrueLabels read(Path file, Optional<String> item) {
        return read(file, item, LabelCells.USUAL);
    }

    /** The same, where labels are written in a certain way. */
    public static TrueLabels read(Path file, Optional<String> item, LabelCells cells) {
        Map<String, String> byItem = new HashMap<>();
        try (RowReader<Optional<Labels.Label>> rows =
                RowReader.of(file, "true labels", row -> LabelFile.truth(row, item, cells))) {
            while (rows.hasNext()) {
                Row<Optional<Labels.Label>> row = rows.next();
                row.value().ifPresent(label -> {
                    String other = byItem.putIfAbsent(label.item(), label.value());
                    if (other != null && !other.equals(label.value())) {
                        throw new UserError(file + ":" + row.line() + ": the item '" + label.item() + "' is "
                                + label.value() + " here and was " + other + " before");
                    }
                });
            }
        }
        return new TrueLabels(byItem);
    }

    /** These labels with those of other items. */
    public TrueLabels with(TrueLabels others) {
        Map<String, String> all = new HashMap<>(others.byItem);
        all.putAll(byItem);
        return new TrueLabels(all);
    }

    /**
     * The share of items whose label was found, among those whose true label is known. A tie of labels counts as the share of being right if one of
     * them is drawn.
     *
     * @param found the indices of the labels that were found for each item
     */
    public Estimate accuracy(Labels labels, int[][] found) {
        int known = 0;
        double right = 0;
        for (int i = 0; i < found.length; i++) {
            String truth = byItem.get(labels.items().get(i));
            if (truth == null) continue;
            known++;
            for (int c : found[i]) if (truth.equals(labels.categories().get(c))) right += 1.0 / found[i].length;
        }
        if (known == 0) throw new UserError("none of the labelled items is among those whose true label is given");
        return Estimate.ofShare(right, known);
    }

    /** These labels except those of items that others have. */
    public TrueLabels without(TrueLabels others) {
        Map<String, String> rest = new HashMap<>(byItem);
        rest.keySet().removeAll(others.byItem.keySet());
        return new TrueLabels(rest);
    }

    public boolean isEmpty() {
        return byItem.isEmpty();
    }

    /** The index of each item's known label; −1 where it is not known. */
    int[] indices(Labels labels) {
        int[] known = new int[labels.items().size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = labels.categories()
                    .indexOf(byItem.getOrDefault(labels.items().get(i), ""));
        }
        return known;
    }

    /** The share of each annotator's labels that are right, among those of items whose true label is known; in the order of the annotators. */
    public List<Estimate> accuracyOfAnnotators(Labels labels) {
        int[] known = new int[labels.annotators().size()];
        int[] right = new int[known.length];
        for (int n = 0; n < labels.size(); n++) {
            String truth = byItem.get(labels.items().get(labels.item()[n]));
            if (truth == null) continue;
            known[labels.annotator()[n]]++;
            if (truth.equals(labels.categories().get(labels.category()[n]))) right[labels.annotator()[n]]++;
        }
        return IntStream.range(0, known.length)
                .mapToObj(a -> Estimate.ofShare(right[a], known[a]))
                .toList();
    }
}
