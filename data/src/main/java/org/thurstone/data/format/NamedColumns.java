package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.recipe.Recipe;
import tools.jackson.databind.node.ObjectNode;

/**
 * The columns of a file under the names that formats know. A column of the file that has such a name already, and gives way to another or is to be
 * left out, keeps its values under a name that no format reads.
 */
final class NamedColumns implements RowSource {

    /** What columns can be named, beyond the numbered ones of pairs with a verdict. */
    static final List<String> KNOWN = Stream.of(
                    Names.PROMPT,
                    Names.INPUT,
                    Names.SYSTEM,
                    Names.TURNS,
                    Names.COMPLETION,
                    Names.LABEL,
                    Names.RATING,
                    Names.LISTS,
                    Names.REFERENCE,
                    Names.PROMPT_ID,
                    List.of(
                            "chosen",
                            "rejected",
                            "rejected_prompt",
                            "rationale",
                            "score_chosen",
                            "score_rejected",
                            "margin",
                            "weight",
                            "tie",
                            "annotator",
                            "source",
                            "history",
                            "turns",
                            "tools",
                            "prompts",
                            "ranking",
                            "scores",
                            "winner",
                            "response_a",
                            "response_b",
                            "response 1",
                            "response 2",
                            "input_ids"))
            .flatMap(List::stream)
            .distinct()
            .toList();

    private static final String LEFT_OUT = " (left out)";

    private final RowSource rows;
    private final Map<String, String> columns;
    private final Set<String> seen = new TreeSet<>();

    private NamedColumns(RowSource rows, Map<String, String> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** @param columns the name in the file by the name that formats know; an empty one leaves the column out */
    static RowSource of(RowSource rows, Map<String, String> columns) {
        return columns.isEmpty() ? rows : new NamedColumns(rows, columns);
    }

    /** @throws UserError if a name is none that formats know, or two are one column */
    static void check(Map<String, String> columns) {
        Set<String> actual = new HashSet<>();
        columns.forEach((known, name) -> {
            if (!KNOWN.contains(known)) {
                throw new UserError("columns: no format reads a column '" + known + "'" + Recipe.hint(known, KNOWN));
            }
            if (!name.isEmpty() && !actual.add(name)) {
                throw new UserError("columns: the column '" + name + "' is named twice");
            }
        });
    }

    /** @throws UserError if none of the rows so far has one of the columns */
    void requireSeen() {
        List<String> missing = columns.values().stream()
                .filter(name -> !name.isEmpty() && !seen.contains(name))
                .toList();
        if (!missing.isEmpty() && !seen.isEmpty()) {
            throw new UserError("columns: there is no column '" + missing.getFirst() + "'"
                    + Recipe.hint(missing.getFirst(), seen) + "; the file has " + String.join(", ", seen));
        }
    }

    @Override
    public Optional<RawRow> next() {
        return rows.next().map(row -> switch (row) {
            case RawRow.Broken broken -> broken;
            case RawRow.Fields(long line, ObjectNode fields) -> new RawRow.Fields(line, named(fields));
        });
    }

    private ObjectNode named(ObjectNode fields) {
        seen.addAll(fields.propertyNames());
        return named(fields, columns);
    }

    /** A row with its columns under the names that formats know. */
    static ObjectNode named(ObjectNode fields, Map<String, String> columns) {
        Map<String, String> known = new LinkedHashMap<>();
        columns.forEach((to, from) -> known.put(from, to));
        ObjectNode named = Json.MAPPER.createObjectNode();
        for (String name : new ArrayList<>(fields.propertyNames())) {
            String to = known.containsKey(name) ? known.get(name) : columns.containsKey(name) ? name + LEFT_OUT : name;
            named.set(to, fields.get(name));
        }
        return named;
    }

    @Override
    public List<String> remarks() {
        return rows.remarks();
    }

    @Override
    public void close() {
        rows.close();
    }
}
