package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;

/**
 * Preferences of AlpacaEval: its {@code annotations.json} (generator_1, generator_2, instruction, output_1, output_2, preference), or a table
 * of model, index, preference, len_output_1 and len_output_2, in which the baseline is always the first.
 */
public final class AlpacaFile {

    private AlpacaFile() {}

    /**
     * The preferences by model, in order of appearance.
     *
     * @param baseline the model that the others are compared with
     * @throws UserError if a file is not of this kind, names another baseline, or says twice what became of a model on an instruction
     */
    public static Map<String, List<AlpacaPreference>> read(List<Path> files, String baseline) {
        Map<String, List<AlpacaPreference>> byModel = new LinkedHashMap<>();
        record Key(String model, String instruction) {}
        Map<Key, String> seen = new HashMap<>();
        for (Path file : files) {
            try (RowReader<AlpacaPreference> rows = RowReader.of(file, "preferences", row -> parse(row, baseline))) {
                while (rows.hasNext()) {
                    Row<AlpacaPreference> row = rows.next();
                    AlpacaPreference preference = row.value();
                    String place = file + ":" + row.line();
                    String earlier = seen.putIfAbsent(new Key(preference.model(), preference.instruction()), place);
                    if (earlier != null) {
                        throw new UserError(place + ": '" + preference.model() + "' has a preference for instruction '"
                                + shortened(preference.instruction()) + "' already, at " + earlier);
                    }
                    byModel.computeIfAbsent(preference.model(), m -> new ArrayList<>())
                            .add(preference);
                }
            }
        }
        if (byModel.isEmpty()) {
            throw new UserError("there are no preferences in "
                    + String.join(", ", files.stream().map(Path::toString).toList()));
        }
        return byModel;
    }

    private static AlpacaPreference parse(Fields row, String baseline) {
        double preference = preference(row);
        if (row.has("generator_2")) {
            String first = row.text("generator_1");
            String second = row.text("generator_2");
            String instruction = row.optionalText("index").orElseGet(() -> row.text("instruction"));
            double one = length(row, "output_1");
            double two = length(row, "output_2");
            if (first.equals(baseline)) return new AlpacaPreference(second, instruction, preference, one, two);
            if (second.equals(baseline)) return new AlpacaPreference(first, instruction, 3 - preference, two, one);
            throw new BadRow("neither '" + first + "' nor '" + second + "' is the baseline '" + baseline + "'");
        }
        if (!row.has("model") || !row.has("index")) {
            throw new BadRow(
                    "these are not preferences of AlpacaEval: they have generator_1, generator_2, output_1, output_2,"
                            + " instruction and preference, or model, index, preference, len_output_1 and len_output_2;"
                            + " here are "
                            + row.keys());
        }
        return new AlpacaPreference(
                row.text("model"),
                row.optionalText("index").orElseThrow(),
                preference,
                row.number("len_output_1"),
                row.number("len_output_2"));
    }

    /** AlpacaEval writes 0 for a draw, and leaves out what its judge did not answer. */
    private static double preference(Fields row) {
        double preference = row.optionalNumber("preference").orElse(Double.NaN);
        return preference == 0 ? 1.5 : preference;
    }

    private static double length(Fields row, String key) {
        String text = row.text(key);
        return text.codePointCount(0, text.length());
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    /** The difficulty of each instruction by its index: a file of two columns, of which the first is {@code index}. */
    public static Map<String, Double> difficulties(Path file) {
        Map<String, Double> difficulties = new HashMap<>();
        record Difficulty(String index, double value) {}
        try (RowReader<Difficulty> rows = RowReader.of(
                file,
                "difficulties",
                row -> new Difficulty(
                        row.optionalText("index").orElseThrow(() -> new BadRow("'index' is missing")),
                        row.number(row.firstOf("instruction_difficulty", "difficulty", "difficulty_recovered")
                                .orElseThrow(() -> new BadRow(
                                        "'instruction_difficulty' is missing; there are " + row.keys())))))) {
            rows.forEachRemaining(
                    row -> difficulties.put(row.value().index(), row.value().value()));
        }
        return difficulties;
    }

    /** The published weights by model: a table whose first column, without a heading, names the model. */
    public static Map<String, LengthControl.Weights> weights(Path file) {
        Map<String, LengthControl.Weights> weights = new LinkedHashMap<>();
        record Named(String model, LengthControl.Weights weights) {}
        try (RowReader<Named> rows = RowReader.of(
                file,
                "weights",
                row -> new Named(
                        row.firstOf("", "model")
                                .flatMap(row::optionalText)
                                .orElseThrow(() -> new BadRow("which model?")),
                        new LengthControl.Weights(
                                row.number("np.tanh(std_delta_len)"),
                                row.number("instruction_difficulty"),
                                row.number("not_gamed_baseline.astype(float)"))))) {
            rows.forEachRemaining(
                    row -> weights.put(row.value().model(), row.value().weights()));
        }
        return weights;
    }

    /** The difficulty of an instruction. */
    public static double difficulty(Map<String, Double> difficulties, AlpacaPreference preference) {
        return Optional.ofNullable(difficulties.get(preference.instruction()))
                .orElseThrow(() -> new UserError("instruction '" + shortened(preference.instruction())
                        + "' has no difficulty; without --difficulty that term is left out"));
    }
}
