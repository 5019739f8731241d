package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Outcome;
import org.thurstone.recipe.Names;

/**
 * Converts rows of a table to battles. The columns are determined at the first row: those that the user named must exist, others are found by their
 * usual names.
 */
final class BattleRows implements RowBattles {

    /** Far above any count, and so small that sums and squares of weights stay finite. */
    static final double MOST = 1e15;

    private final Columns asked;
    private final Controls controls;
    private final Optional<String> left;
    private final Optional<String> right;
    private final String winner;
    private final Optional<String> when;
    private final Optional<String> weight;
    private final Optional<String> annotator;
    private final Optional<String> prompt;
    private final Optional<String> id;

    /** Throws an IllegalArgumentException where the columns cannot be battles. */
    BattleRows(Columns asked, Cell first) {
        this.asked = asked;
        this.controls = new Controls(asked.controls());
        boolean byLoser = asked.loser().isPresent()
                || (asked.winner().isEmpty()
                        && asked.left().isEmpty()
                        && first.row().has("loser"));
        this.winner = byLoser
                ? named(asked.winner(), List.of("winner"), first, "--winner")
                : named(asked.winner(), Columns.WINNER, first, "--winner");
        this.left = byLoser ? Optional.empty() : Optional.of(named(asked.left(), Columns.LEFT, first, "--left"));
        this.right = Optional.of(
                byLoser
                        ? named(asked.loser(), List.of("loser"), first, "--loser")
                        : named(asked.right(), Columns.RIGHT, first, "--right"));
        this.when = maybe(asked.when(), Columns.WHEN, first, "--when");
        this.weight = maybe(asked.weight(), Columns.WEIGHT, first, "--weight");
        this.annotator = maybe(asked.annotator(), Columns.ANNOTATOR, first, "--annotator");
        this.prompt = maybe(asked.prompt(), Columns.PROMPT, first, "--prompt");
        this.id = maybe(asked.id(), Columns.ID, first, "--id");
        asked.by().ifPresent(by -> named(Optional.of(by), List.of(), first, "--by"));
    }

    private static String named(Optional<String> asked, List<String> usual, Cell first, String option) {
        if (asked.isPresent()) {
            String column = asked.get();
            if (!first.row().has(column) && first.node(column).isEmpty()) {
                throw new IllegalArgumentException("there is no column \"" + column + "\" (" + option + ")"
                        + Names.hint(column, List.copyOf(first.row().propertyNames())) + "; there are: "
                        + first.columns());
            }
            return column;
        }
        return first.firstOf(usual)
                .orElseThrow(() -> new IllegalArgumentException("no column contains "
                        + (option.equals("--winner") ? "the winner" : "the item on the " + option.substring(2))
                        + ": none is called " + String.join(", ", usual) + "; name one of these with " + option + ": "
                        + first.columns()
                        + ". If the columns hold the winner and the loser, name both with --winner and"
                        + " --loser"));
    }

    private static Optional<String> maybe(Optional<String> asked, List<String> usual, Cell first, String option) {
        return asked.isPresent() ? Optional.of(named(asked, usual, first, option)) : first.firstOf(usual);
    }

    @Override
    public Optional<String> id(Cell row) {
        return id.flatMap(row::text);
    }

    @Override
    public String by(Cell row) {
        return asked.by().flatMap(row::text).orElse("");
    }

    @Override
    public List<String> remarks() {
        return controls.answers().remarks();
    }

    @Override
    public List<Battle> battles(Cell row, long line) {
        double counts = weight.map(column -> weight(row, column)).orElse(1.0);
        Battle battle = battle(row);
        return counts == 0 ? List.of() : List.of(battle.withWeight(counts));
    }

    private Battle battle(Cell row) {
        Outcome outcome;
        String first;
        String second = item(row, right.orElseThrow());
        if (left.isEmpty()) {
            first = item(row, winner);
            outcome = Outcome.LEFT;
        } else {
            first = item(row, left.get());
            String word = row.text(winner)
                    .orElseThrow(() -> new IllegalArgumentException("\"" + winner + "\" does not say who won"));
            outcome = Outcomes.of(word, first, second)
                    .orElseThrow(() -> new IllegalArgumentException("\"" + winner + "\" is \"" + word
                            + "\", which is neither an item of the row nor left, right, model_a, model_b, tie or"
                            + " tie (bothbad)"));
        }
        List<Double> values = new ArrayList<>();
        for (String name : controls.names()) {
            values.add(controls.of(name, row));
        }
        return new Battle(
                first,
                second,
                outcome,
                1,
                when.map(column -> when(row, column)).orElse(Double.NaN),
                annotator.flatMap(row::text).orElse(""),
                prompt.flatMap(row::identity).orElse(""),
                values);
    }

    private static String item(Cell row, String column) {
        return row.text(column)
                .map(String::strip)
                .orElseThrow(() -> new IllegalArgumentException("\"" + column + "\" is empty; an item needs a name"));
    }

    private static double weight(Cell row, String column) {
        String text = row.text(column)
                .orElseThrow(() -> new IllegalArgumentException("\"" + column + "\" is empty; a weight is a number"));
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", not a number", e);
        }
        if (!(value >= 0) || value > MOST) {
            throw new IllegalArgumentException(
                    "\"" + column + "\" is " + text + "; a weight is a number from 0 to 1e15");
        }
        return value;
    }

    /** A time that was asked for must be one; a column that merely has a usual name may be anything. */
    private double when(Cell row, String column) {
        Optional<String> text = row.text(column);
        if (asked.when().isEmpty()) {
            try {
                return text.map(Timestamps::seconds).orElse(Double.NaN);
            } catch (IllegalArgumentException e) {
                return Double.NaN;
            }
        }
        return Timestamps.seconds(text.orElseThrow(
                () -> new IllegalArgumentException("\"" + column + "\" is empty; it must hold a time")));
    }
}
