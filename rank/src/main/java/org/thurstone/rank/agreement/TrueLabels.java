package org.thurstone.rank.agreement;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.statistics.Estimate;

/** Gold labels, by item. */
public record TrueLabels(Map<String, String> byItem) {

    public TrueLabels {
        byItem = Map.copyOf(byItem);
    }

    /**
     * Reads a file with a column for the item and a column {@code truth}.
     *
     * @param item the item's column, if it has none of the usual names
     */
    public static TrueLabels read(Path file, Optional<String> item) {
        Map<String, String> byItem = new HashMap<>();
        try (RowReader<Labels.Label> rows = RowReader.of(file, "true labels", row -> LabelFile.truth(row, item))) {
            while (rows.hasNext()) {
                Row<Labels.Label> row = rows.next();
                Labels.Label label = row.value();
                String other = byItem.putIfAbsent(label.item(), label.value());
                if (other != null && !other.equals(label.value())) {
                    throw new UserError(file + ":" + row.line() + ": the item '" + label.item() + "' is "
                            + label.value() + " here and was " + other + " before");
                }
            }
        }
        return new TrueLabels(byItem);
    }

    /** The share of items found right, among those whose truth is known. */
    public Estimate accuracy(Labels labels, int[] found) {
        int known = 0;
        int right = 0;
        for (int i = 0; i < found.length; i++) {
            String truth = byItem.get(labels.items().get(i));
            if (truth == null) continue;
            known++;
            if (truth.equals(labels.categories().get(found[i]))) right++;
        }
        if (known == 0) throw new UserError("none of the labelled items is among those whose true label is given");
        return Estimate.ofShare(right, known);
    }
}
