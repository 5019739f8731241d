package org.thurstone.lab.book;

import java.util.Comparator;
import java.util.List;
import org.thurstone.lab.Replication;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;

/**
 * A replication that is there to be run.
 *
 * @param part what its record says of it
 * @param editions of the catalogue that it is from
 */
public record Entry(NamedPart part, Replication replication, Editions editions) {

    record Holder(Replication replication) {}

    /** All of a catalogue, by row. */
    public static List<Entry> all(Catalogue catalogue) {
        Editions editions = new Editions(catalogue);
        return catalogue.ofKind("replication").stream()
                .map(part -> new Entry(
                        part,
                        Recipe.parse("", "thurstone replicate")
                                .with("replication=" + part.name())
                                .bind(Holder.class, catalogue)
                                .replication(),
                        editions))
                .sorted(Comparator.comparingInt(Entry::row).thenComparing(Entry::name))
                .toList();
    }

    public String name() {
        return part.name();
    }

    /** The first of its rows, which it is filed under. */
    public int row() {
        return part.rows().getFirst();
    }

    /** The stem of its files. */
    public String stem() {
        return "%03d-%s".formatted(row(), name());
    }

    /** A short hash of the code that it runs. */
    public String edition() {
        return editions.of(replication.getClass());
    }
}
