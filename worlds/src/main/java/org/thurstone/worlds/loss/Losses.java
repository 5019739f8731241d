package org.thurstone.worlds.loss;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.cases.LossCases;
import org.thurstone.train.loss.margin.MarginCurve;
import org.thurstone.train.loss.margin.MarginReport;
import tools.jackson.databind.node.ObjectNode;

/**
 * The losses of a catalogue, by name or written out as in a recipe.
 *
 * @param catalogue with the losses and what they are composed of
 */
public record Losses(Catalogue catalogue) {

    record Holder(Loss loss) {}

    /**
     * Answers a file of cases with the values and gradients of their losses.
     *
     * @param file one case per line
     * @param name of the file, for messages
     * @param answers takes one answer per case, in order
     * @return the number of cases
     * @throws UserError at the first case that cannot be answered, naming its line
     */
    public long answer(Path file, String name, Consumer<ObjectNode> answers) {
        LossCases cases = new LossCases(catalogue);
        long count = 0;
        try (RowSource rows = Containers.open(file)) {
            for (Optional<RawRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                switch (row.get()) {
                    case RawRow.Broken broken ->
                        throw new UserError(name + ":" + broken.line() + ": " + broken.reason());
                    case RawRow.Fields(long line, ObjectNode fields) ->
                        answers.accept(cases.answer(fields, name + ":" + line));
                }
                count++;
            }
        }
        return count;
    }

    /**
     * Draws losses and their gradients against the margin of a pair.
     *
     * @param written each a name, or an object as in a recipe
     * @param origin what the losses come from, for messages: {@code thurstone loss plot}
     * @param from the lowest margin, in nats
     * @param to the highest margin, in nats
     * @param relative whether each loss is divided by its slope at the margin nearest to 0
     * @throws UserError if a loss is not a function of the margin
     * @throws org.thurstone.recipe.RecipeError if a loss is unknown
     */
    public MarginPlot plot(List<String> written, String origin, double from, double to, boolean relative) {
        double[] margins = MarginCurve.margins(from, to);
        List<MarginCurve> curves = written.stream()
                .map(loss -> MarginCurve.of(loss, bound(loss, origin), margins))
                .map(curve -> relative ? curve.relativeAt(MarginReport.middle(margins)) : curve)
                .toList();
        return new MarginPlot(new MarginReport(margins, curves, relative));
    }

    private Loss bound(String written, String origin) {
        return Recipe.parse("", origin)
                .with("loss=" + written)
                .bind(Holder.class, catalogue)
                .loss();
    }
}
