package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;

/**
 * The models that answered in a run, as their servers name them. The name that a recipe has may stand for another model after a while.
 *
 * @param answers counts by respondent and model
 */
public record AnsweringModels(Map<String, Map<String, Long>> answers) {

    public static AnsweringModels of(Ledger ledger) {
        Map<String, Map<String, Long>> models = new TreeMap<>();
        for (Ledger.Entry entry : ledger.entries()) {
            entry.answer()
                    .filter(AnsweringModels::isOfModel)
                    .ifPresent(a -> models.computeIfAbsent(entry.respondent(), r -> new TreeMap<>())
                            .merge(a.by().annotator(), 1L, Long::sum));
        }
        return new AnsweringModels(models);
    }

    private static boolean isOfModel(Answer answer) {
        return answer.judgement() instanceof Judgement.Written || answer.cost().outputTokens() > 0;
    }

    public boolean isEmpty() {
        return answers.isEmpty();
    }

    /** A row for each respondent and model. */
    public Table table() {
        List<List<Cell>> rows = new ArrayList<>();
        answers.forEach((who, counts) -> counts.forEach(
                (model, count) -> rows.add(List.of(Cell.text(who), Cell.text(model), Cell.count(count)))));
        return new Table(
                "Answers by model",
                "The models that answered, as their servers name them. If a respondent has more than one, its server changed it during the run.",
                List.of(Column.text("respondent"), Column.text("model"), Column.number("answers")),
                rows);
    }
}
