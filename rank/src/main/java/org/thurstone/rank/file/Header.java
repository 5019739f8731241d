package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurstone.data.format.ColumnNames;
import org.thurstone.recipe.Names;

/**
 * The columns that the first rows of a file have.
 *
 * @param names in order of appearance
 * @param first the first rows
 */
record Header(Set<String> names, List<Cell> first) {

    private static final int SHOWN = 30;

    static Header of(List<Cell> first) {
        Set<String> names = new LinkedHashSet<>();
        first.forEach(cell -> names.addAll(cell.row().propertyNames()));
        return new Header(names, List.copyOf(first));
    }

    /** Whether there is such a column, or such a key within one. */
    boolean has(String column) {
        return names.contains(column) || first.stream().anyMatch(cell -> cell.has(column));
    }

    /**
     * The column that a user named: as it is written, or but for upper case and blanks.
     *
     * @throws IllegalArgumentException if there is none
     */
    String named(String column, String option) {
        if (has(column)) {
            return column;
        }
        return ColumnNames.matching(names, column)
                .orElseThrow(() -> new IllegalArgumentException("there is no column \"" + column + "\" (" + option + ")"
                        + Names.hint(column, List.copyOf(names)) + "; there are: " + shown()));
    }

    /** The first of these names that a column has, but for upper case, blanks and hyphens, and that is not empty in all of the first rows. */
    Optional<String> firstOf(List<String> usual) {
        for (String wanted : usual) {
            for (String name : names) {
                if (ColumnNames.plain(name).equals(wanted) && first.stream().anyMatch(cell -> cell.has(name))) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    /** The same where the role must be filled: a column that is empty in the first rows is better than none. */
    Optional<String> evenEmpty(List<String> usual) {
        return firstOf(usual)
                .or(() -> usual.stream()
                        .flatMap(wanted -> names.stream()
                                .filter(name -> ColumnNames.plain(name).equals(wanted)))
                        .findFirst());
    }

    /** The column of a role: the one that was named, or the one found; empty where it is none. */
    Optional<String> of(Role role, Columns asked) {
        Optional<String> named = asked.of(role);
        if (named.isEmpty()) {
            return role.isRequired() ? evenEmpty(role.usual()) : firstOf(role.usual());
        }
        String column = named.get();
        return column.equals(Role.NONE) && !has(column) ? Optional.empty() : Optional.of(named(column, role.option()));
    }

    /** Whether a column holds texts that are no numbers. */
    boolean isText(String column) {
        return first.stream()
                .flatMap(cell -> cell.node(column).stream())
                .anyMatch(n ->
                        n.isString() && Code.number(n.stringValue().strip()).isEmpty());
    }

    String shown() {
        List<String> listed = new ArrayList<>(names);
        return listed.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (listed.size() > SHOWN ? " and " + (listed.size() - SHOWN) + " more" : "");
    }
}
