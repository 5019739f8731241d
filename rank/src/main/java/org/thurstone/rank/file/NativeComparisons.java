package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Preference;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.rank.Outcome;

/**
 * Thurstone's own comparisons. The items are what {@code --left} and {@code --right} name, such as keys that a policy's name was added
 * under; without those they are the completions themselves. Annotator and weight are those of the provenance, the group is the prompt. A
 * preference by degrees is a win of each, weighing as much as its probability.
 */
record NativeComparisons(Path path, VoteReadOptions options, long firstLine, VoteTable table, Controls controls)
        implements VoteRows {

    NativeComparisons(Path path, VoteReadOptions options, long firstLine, VoteTable table) {
        this(path, options, firstLine, table, new Controls(options.columns().controls(), table.answers));
    }

    static boolean recognises(Cell row) {
        return row.has("preference")
                && row.node("kind")
                        .filter(n -> n.isString() && n.stringValue().equals("comparison"))
                        .isPresent();
    }

    @Override
    public void read(Cell row, long line) {
        if (!(Examples.of(row.row(), path, line) instanceof Comparison comparison)) {
            throw new BadRow("this is not a comparison, as the row in line " + firstLine + " is");
        }
        String left = name(Role.LEFT, row, LosslessJson.shown(comparison.left().content()));
        String right =
                name(Role.RIGHT, row, LosslessJson.shown(comparison.right().content()));
        if (left.equals(right)) {
            throw new IllegalArgumentException("\"" + left + "\" is compared with itself");
        }
        if (left.isBlank() || right.isBlank()) {
            throw new IllegalArgumentException("an item has no name");
        }
        List<Double> values = controls.names().stream()
                .map(name -> Style.named(name)
                        .map(style -> Controls.ofTexts(
                                style,
                                comparison.left().text().plain(),
                                comparison.right().text().plain()))
                        .orElseGet(() -> controls.of(name, row)))
                .toList();
        column(Role.WHEN)
                .ifPresent(column -> table.time(
                        row.text(column)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "\"" + column + "\" is empty; it must hold a time")),
                        path,
                        line));
        Verdict verdict = comparison.preference() instanceof Preference.BothBad
                ? Verdict.of(Outcome.BOTH_BAD)
                : Verdict.ofShare(comparison.preference().probability());
        table.add(left, right, table.winners.of(verdict));
        table.weight(comparison.provenance().weight());
        table.covariates(values);
        table.annotator(comparison.provenance().annotator());
        table.group(comparison.prompt().id());
        options.columns().by().ifPresent(by -> table.stratum(row.text(by).orElse("")));
    }

    private Optional<String> column(Role role) {
        return options.columns().of(role).filter(column -> !column.equals(Role.NONE));
    }

    private String name(Role role, Cell row, String otherwise) {
        return column(role)
                .map(c -> row.text(c)
                        .orElseThrow(
                                () -> new IllegalArgumentException("\"" + c + "\" is missing; an item needs a name")))
                .orElse(otherwise);
    }

    @Override
    public Optional<String> id(Cell row) {
        return column(Role.ID).flatMap(row::text);
    }

    /** Everything: what a comparison does not name is kept with it, and is no vote. */
    @Override
    public Set<String> used() {
        Set<String> used = new LinkedHashSet<>(List.of(
                "kind",
                "prompt",
                "left",
                "right",
                "preference",
                "annotator",
                "weight",
                "source",
                "id",
                "provenance",
                "margin"));
        used.addAll(options.columns().named().values());
        options.columns().by().ifPresent(used::add);
        used.addAll(controls.columns());
        return used;
    }

    @Override
    public Optional<String> roles() {
        return Optional.empty();
    }
}
