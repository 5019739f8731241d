package org.thurstone.data.format;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The columns of the first rows of a file, and the types of their values. They decide the format of the file: a column counts if at least half of the
 * rows have it, whatever its values are, so that one odd row cannot change what the other rows mean. A null and an empty list count as missing.
 */
public final class Columns {

    /** Roles of turns that are not an answer. */
    private static final Set<String> ASKING = Set.of("system", "developer", "user", "human", "prompter");

    private final long rows;
    private final Map<String, Count> counts = new HashMap<>();
    private long scored;

    /** The number of rows in which a column has a value, and the types of the values. */
    private static final class Count {
        private long present;
        private long filled;
        private long texts;
        private long lists;
        private long objects;
        private long turns;
        private long answers;
        private long transcripts;
        private long kinds;
    }

    private Columns(List<Fields> rows) {
        this.rows = rows.size();
        for (Fields row : rows) {
            row.present().forEach(this::count);
            scored += ScoredPair.isScored(row) ? 1 : 0;
        }
    }

    static Columns of(List<Fields> rows) {
        return new Columns(rows);
    }

    private void count(String name, JsonNode value) {
        Count count = counts.computeIfAbsent(name, n -> new Count());
        count.present++;
        count.filled += Fields.isBlank(value) ? 0 : 1;
        count.texts += value.isString() ? 1 : 0;
        count.lists += value.isArray() ? 1 : 0;
        count.objects += value.isArray() && value.get(0).isObject() ? 1 : 0;
        count.kinds += name.equals("kind") && Lossless.isKind(value) ? 1 : 0;
        count.transcripts += HhTranscript.isTranscript(value) ? 1 : 0;
        boolean turns = Texts.isTurns(value);
        count.turns += turns ? 1 : 0;
        count.answers += turns && value.isArray() && endsWithAnswer(value) ? 1 : 0;
    }

    private static boolean endsWithAnswer(JsonNode turns) {
        JsonNode last = turns.get(turns.size() - 1);
        String role = last.path(last.has("role") ? "role" : "from").asString("");
        return !ASKING.contains(role.toLowerCase(Locale.ROOT));
    }

    /** Whether at least half of the rows have the column. */
    public boolean has(String name) {
        return present(name) > 0 && 2 * present(name) >= rows;
    }

    /** Whether more than half of the rows have the column. */
    boolean inMost(String name) {
        return 2 * present(name) > rows;
    }

    /** Whether at least half of the rows have the column, and more in it than white space. */
    public boolean isFilled(String name) {
        return filled(name) > 0 && 2 * filled(name) >= rows;
    }

    /** Whether any of the rows has more in the column than white space. */
    boolean anyFilled(String name) {
        return filled(name) > 0;
    }

    /** The first of the columns that is there. */
    public Optional<String> firstOf(List<String> names) {
        return names.stream().filter(this::has).findFirst();
    }

    public boolean hasAnyOf(List<String> names) {
        return firstOf(names).isPresent();
    }

    /** Whether most of the values are texts. */
    public boolean isText(String name) {
        return mostly(name, c -> c.texts);
    }

    /** Whether most of the values are lists. */
    public boolean isList(String name) {
        return mostly(name, c -> c.lists);
    }

    /** Whether most of the values are lists of objects. */
    public boolean isObjects(String name) {
        return mostly(name, c -> c.objects);
    }

    /** Whether most of the values are turns of a conversation, one or a list of them. */
    public boolean isTurns(String name) {
        return mostly(name, c -> c.turns);
    }

    /** Whether most of the values are conversations that end with an answer. */
    public boolean isAnswered(String name) {
        return mostly(name, c -> c.answers);
    }

    /** Whether at least half of the rows have a score for each of a pair. */
    boolean hasScores() {
        return scored > 0 && 2 * scored >= rows;
    }

    /** Whether most rows have a {@code kind} that is one of Thurstone's own. */
    boolean holdsKinds() {
        return mostly("kind", c -> c.kinds);
    }

    /** Whether most of the values are transcripts of a human and an assistant. */
    boolean isTranscript(String name) {
        return mostly(name, c -> c.transcripts);
    }

    private boolean mostly(String name, ToLongFunction<Count> kind) {
        Count count = counts.get(name);
        return count != null && has(name) && 2 * kind.applyAsLong(count) >= count.present;
    }

    /** The names of all columns that any of the rows has. */
    public Stream<String> names() {
        return counts.keySet().stream().sorted();
    }

    private long present(String name) {
        Count count = counts.get(name);
        return count == null ? 0 : count.present;
    }

    private long filled(String name) {
        Count count = counts.get(name);
        return count == null ? 0 : count.filled;
    }
}
