package org.thurstone.lab.book;

import java.util.Comparator;
import java.util.List;
import org.thurstone.lab.Replication;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;

/**
 * A replication of the catalogue.
 *
 * @param part its name, summary and source
 * @param editions the editions of the catalogue's replications
 */
public record Entry(NamedPart part, Replication replication, Editions editions) {

    record Holder(Replication replication) {}

    /** The replications of a catalogue, by name. */
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
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    public String name() {
        return part.name();
    }

    /** The papers that it replicates. */
    public List<Paper> papers() {
        return part.papers().stream().map(Paper::of).toList();
    }

    /** A short hash of the code that it runs. */
    public String edition() {
        return editions.of(replication.getClass());
    }
}
