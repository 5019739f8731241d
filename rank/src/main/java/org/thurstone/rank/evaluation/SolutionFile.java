package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import tools.jackson.databind.JsonNode;

/**
 * Solutions that were found right or wrong, one problem per row: GSM8K's example solutions (for each solver an object with is_correct), or several
 * samples of one solver (score: a list of true and false; pred: the answers; pred_score: a reward model's scores).
 */
public final class SolutionFile {

    private SolutionFile() {}

    /** The samples of a problem by solver. A file without solvers has one, named after it. */
    public static Map<String, List<Samples>> read(Path file) {
        Map<String, List<Samples>> bySolver = new LinkedHashMap<>();
        int problems = 0;
        try (RowReader<Fields> rows = RowReader.of(file, "solutions", fields -> fields)) {
            while (rows.hasNext()) {
                Row<Fields> row = rows.next();
                try {
                    read(row.value(), String.valueOf(file.getFileName()))
                            .forEach((solver, samples) -> bySolver.computeIfAbsent(solver, s -> new ArrayList<>())
                                    .add(samples));
                } catch (BadRow e) {
                    throw new UserError(file + ":" + row.line() + ": " + e.getMessage());
                }
                problems++;
                for (Map.Entry<String, List<Samples>> solver : bySolver.entrySet()) {
                    if (solver.getValue().size() != problems) {
                        throw new UserError(file + ":" + row.line() + ": '" + solver.getKey()
                                + "' has no answer here, or the rows before had none");
                    }
                }
            }
        }
        if (bySolver.isEmpty()) throw new UserError("there are no answers in " + file);
        return bySolver;
    }

    private static Map<String, Samples> read(Fields row, String name) {
        Map<String, Samples> bySolver = new LinkedHashMap<>();
        if (row.isList("score")) {
            bySolver.put(name, samples(row));
        } else {
            for (String key : row.names()) {
                Fields solver = row.within(key);
                if (solver.has("is_correct")) {
                    bySolver.put(key, new Samples(List.of(solver.truth("is_correct")), List.of(), List.of()));
                }
            }
        }
        if (bySolver.isEmpty()) {
            throw new BadRow("no solver's is_correct and no list of score is here, only " + row.keys());
        }
        return bySolver;
    }

    private static Samples samples(Fields row) {
        List<Boolean> right =
                row.list("score").stream().map(SolutionFile::truth).toList();
        List<String> answers = row.isList("pred")
                ? row.list("pred").stream()
                        .map(node -> node.isString() ? node.stringValue() : node.toString())
                        .toList()
                : List.of();
        List<Double> rewards = row.isList("pred_score")
                ? row.list("pred_score").stream().map(SolutionFile::number).toList()
                : List.of();
        if (right.isEmpty()) {
            throw new BadRow("'score' is an empty list: a problem has at least one answer");
        }
        same("pred", answers.size(), right.size());
        same("pred_score", rewards.size(), right.size());
        return new Samples(right, answers, rewards);
    }

    private static void same(String column, int found, int expected) {
        if (found != 0 && found != expected) {
            throw new BadRow("'" + column + "' has " + found + " entries and 'score' " + expected
                    + ": one of each belongs to an answer");
        }
    }

    private static boolean truth(JsonNode node) {
        if (!node.isBoolean()) throw new BadRow("'score' holds " + node + ", not true or false");
        return node.booleanValue();
    }

    private static double number(JsonNode node) {
        JsonNode inner = node.isArray() && node.size() == 1 ? node.get(0) : node;
        if (!inner.isNumber() || !Double.isFinite(inner.doubleValue())) {
            throw new BadRow("'pred_score' holds " + node + ", not a number");
        }
        return inner.doubleValue();
    }
}
