package org.thurstone.lab.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.thurstone.lab.Replication;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;

/**
 * A replication that is there to be run.
 *
 * @param part what its record says of it
 */
public record Entry(NamedPart part, Replication replication) {

    private static final String SOURCES = "META-INF/sources/";

    private static final Pattern SAYS_NOTHING =
            Pattern.compile("(?s:\"\"\".*?\"\"\")|(?s:/\\*.*?\\*/)|(?m://.*$|^import .*$)|\\s+");

    record Holder(Replication replication) {}

    /** All of a catalogue, by row. */
    public static List<Entry> all(Catalogue catalogue) {
        return catalogue.ofKind("replication").stream()
                .map(part -> new Entry(
                        part,
                        Recipe.parse("", "thurstone replicate")
                                .with("replication=" + part.name())
                                .bind(Holder.class, catalogue)
                                .replication()))
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

    /**
     * A short hash of its source text without what says nothing of what it does: imports, white space, comments, and text blocks, which are what its
     * page says; of a jar without sources, of its name.
     */
    public String edition() {
        Class<?> type = replication.getClass();
        String file = SOURCES + type.getName().replace('.', '/') + ".java";
        try (InputStream in = Entry.class.getClassLoader().getResourceAsStream(file)) {
            return edition(in == null ? type.getName() : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String edition(String source) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(SAYS_NOTHING.matcher(source).replaceAll("").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
