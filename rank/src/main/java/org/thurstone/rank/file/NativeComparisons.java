package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Comparison;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Outcome;

/**
 * Thurstone's own comparisons. The items are what {@code --left} and {@code --right} name, such as keys that a policy's name was added
 * under; without those they are the completions themselves. Annotator and weight are those of the provenance, the group is the prompt. A
 * preference by degrees is a win of each, weighing as much as its probability.
 */
record NativeComparisons(Path path, Columns columns, long firstLine) implements RowBattles {

    static boolean recognises(Cell row) {
        return row.text("kind").filter("comparison"::equals).isPresent() && row.has("preference");
    }

    @Override
    public List<Battle> battles(Cell row, long line) {
        if (!(Examples.of(row.row(), path, line) instanceof Comparison comparison)) {
            throw new BadRow("this is not a comparison, as the row in line " + firstLine + " is");
        }
        String left =
                name(columns.left(), row, LosslessJson.shown(comparison.left().content()));
        String right =
                name(columns.right(), row, LosslessJson.shown(comparison.right().content()));
        List<Double> controls = columns.controls().stream()
                .map(name -> name.equals("length") || name.equals("markdown")
                        ? Controls.ofTexts(
                                name,
                                comparison.left().text().plain(),
                                comparison.right().text().plain())
                        : new Controls(columns.controls()).of(name, row))
                .toList();
        double time = columns.when().flatMap(row::text).map(Timestamps::seconds).orElse(Double.NaN);
        double weight = comparison.provenance().weight();
        double p = comparison.preference().probability();
        List<Battle> battles = new ArrayList<>();
        for (Outcome outcome : p == 0.5 ? List.of(Outcome.TIE) : List.of(Outcome.LEFT, Outcome.RIGHT)) {
            double share = weight * (outcome == Outcome.TIE ? 1 : outcome == Outcome.LEFT ? p : 1 - p);
            if (share > 0) {
                battles.add(new Battle(
                        left,
                        right,
                        outcome,
                        share,
                        time,
                        comparison.provenance().annotator(),
                        comparison.prompt().id(),
                        controls));
            }
        }
        return battles;
    }

    private static String name(Optional<String> column, Cell row, String otherwise) {
        return column.map(c -> row.text(c)
                        .orElseThrow(
                                () -> new IllegalArgumentException("\"" + c + "\" is missing; an item needs a name")))
                .orElse(otherwise);
    }

    @Override
    public Optional<String> id(Cell row) {
        return columns.id().flatMap(row::text);
    }

    @Override
    public String by(Cell row) {
        return columns.by().flatMap(row::text).orElse("");
    }
}
