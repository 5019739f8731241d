package org.thurstone.rank.file;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the columns of a file; those that are not named are found by their usual names.
 *
 * @param named the column of each role that is named; {@link Role#NONE} leaves the role unfilled
 * @param controls covariates to control for: {@code length}, {@code header}, {@code list}, {@code bold} (all four: {@code style}) and {@code markdown}
 *     are computed from the texts, if there are texts; any other name is a pair of columns, such as {@code price_a} and {@code price_b}, or one that holds left minus right
 * @param by the column to group by; each of its values gets its own board
 */
public record Columns(Map<Role, String> named, List<String> controls, Optional<String> by) {

    /** All columns under their usual names. */
    public static final Columns USUAL = new Columns(Map.of(), List.of(), Optional.empty());

    public Columns {
        EnumMap<Role, String> copy = new EnumMap<>(Role.class);
        copy.putAll(named);
        named = Collections.unmodifiableMap(copy);
        controls = Style.expanded(controls);
    }

    /** The column that was named for a role. */
    public Optional<String> of(Role role) {
        return Optional.ofNullable(named.get(role));
    }

    public Columns with(Role role, String column) {
        EnumMap<Role, String> more = new EnumMap<>(Role.class);
        more.putAll(named);
        more.put(role, column);
        return new Columns(more, controls, by);
    }

    public Columns withWinnerAndLoser(String winnerColumn, String loserColumn) {
        return with(Role.WINNER, winnerColumn).with(Role.LOSER, loserColumn);
    }

    public Columns withWhen(String column) {
        return with(Role.WHEN, column);
    }

    public Columns withControls(List<String> names) {
        return new Columns(named, names, by);
    }

    public Columns withBy(String column) {
        return new Columns(named, controls, Optional.of(column));
    }
}
