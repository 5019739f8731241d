package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.statistics.Estimate;
import tools.jackson.databind.JsonNode;

/**
 * LLMBar (arXiv:2310.07641): rows with output_1, output_2, label (1 or 2) and an evaluator's results in both orders, or score_1 and score_2. A
 * pair's grade is the share of the orders in which the evaluator is right. The natural set and each of the four adversarial ones weigh the same.
 *
 * @param scorer where scores come from
 */
record LlmBar(Scorer scorer) implements RewardBenchmark {

    private static final List<String> ADVERSARIAL = List.of("Neighbor", "GPTInst", "GPTOut", "Manual");

    @Override
    public String name() {
        return "LLMBar";
    }

    @Override
    public BenchReport evaluate(List<Path> files) {
        Grades grades = new Grades();
        Grades agreeing = new Grades();
        RewardBenchmark.read(files, "LLMBar results", (file, row) -> {
            String subset = row.has("subset") ? row.text("subset") : subset(file);
            String label = row.optionalText("label").orElseThrow(() -> new BadRow("'label' is missing"));
            if (!label.equals("1") && !label.equals("2")) throw new BadRow("the label is '" + label + "', not 1 or 2");
            if (row.has("results")) {
                List<Optional<String>> winners = winners(row);
                grades.add(subset, right(winners.get(0), label) / 2 + right(winners.get(1), label) / 2);
                agreeing.add(subset, winners.get(0).equals(winners.get(1)) ? 1 : 0);
            } else {
                double ahead = scorer.ahead(row);
                grades.add(subset, RankingAccuracy.credit(label.equals("1") ? ahead : -ahead, 0));
            }
        });
        Map<String, Double> adversarial = new LinkedHashMap<>();
        ADVERSARIAL.stream().filter(grades::has).forEach(s -> adversarial.put(s, 1.0));
        Map<String, Double> all = new LinkedHashMap<>();
        if (grades.has("Natural")) all.put("Natural", 1.0);
        all.putAll(adversarial);
        grades.subsets().forEach(s -> all.putIfAbsent(s, 1.0));
        List<BenchReport.Part> parts = new ArrayList<>();
        all.keySet().forEach(s -> parts.add(new BenchReport.Part(s, false, grades.mean(s))));
        if (!adversarial.isEmpty()) {
            parts.add(new BenchReport.Part("adversarial", true, grades.weighted(adversarial)));
        }
        Estimate same = agreeing.overall();
        if (same.count() > 0) parts.add(new BenchReport.Part("same in both orders", true, same));
        return new BenchReport(name(), parts, grades.weighted(all), "the mean of the sets", List.of());
    }

    private static double right(Optional<String> winner, String label) {
        return winner.filter(label::equals).isPresent() ? 1 : 0;
    }

    /** The evaluator's last word in either order; its program has turned the second round already. */
    private static List<Optional<String>> winners(Fields row) {
        JsonNode last = row.list("results").getLast();
        List<Optional<String>> winners = new ArrayList<>();
        for (String order : List.of("swap = False", "swap = True")) {
            winners.add(Optional.ofNullable(last.get(order))
                    .map(said -> said.get("winner"))
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue));
        }
        return winners;
    }

    /** From the folders or the name of a file: LLMBar/Adversarial/Manual/…, LLMBar__Natural.json. */
    private static String subset(Path file) {
        String path = file.toString();
        return List.of("Natural", "Neighbor", "GPTInst", "GPTOut", "Manual").stream()
                .filter(path::contains)
                .findFirst()
                .orElseGet(() -> String.valueOf(file.getFileName()).replaceAll("\\.jsonl?(\\.gz)?$", ""));
    }
}
