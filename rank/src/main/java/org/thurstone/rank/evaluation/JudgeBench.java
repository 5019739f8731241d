package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.statistics.Estimate;
import tools.jackson.databind.JsonNode;

/**
 * JudgeBench (arXiv:2410.12784): rows with source, label (A&gt;B or B&gt;A) and judgments, each with a decision; the second is of the two answers
 * exchanged. A pair counts if more of its decisions are right than wrong. All pairs weigh the same.
 */
record JudgeBench() implements RewardBenchmark {

    private static final List<String> SOURCES =
            List.of("mmlu-pro", "livebench-reasoning", "livebench-math", "livecodebench");

    @Override
    public String name() {
        return "JudgeBench";
    }

    @Override
    public BenchReport evaluate(List<Path> files) {
        Grades grades = new Grades();
        Grades steady = new Grades();
        RewardBenchmark.read(files, "JudgeBench results", (file, row) -> {
            String source = row.text("source");
            String group =
                    SOURCES.stream().filter(source::startsWith).findFirst().orElse(source);
            List<Optional<String>> decisions = decisions(row);
            String label = row.text("label");
            if (!label.equals("A>B") && !label.equals("B>A"))
                throw new BadRow("the label is '" + label + "', not A>B or B>A");
            int ahead = 0;
            for (Optional<String> decision : decisions) {
                if (decision.filter(label::equals).isPresent()) ahead++;
                else if (decision.filter(flipped(label)::equals).isPresent()) ahead--;
            }
            grades.add(group, ahead > 0 ? 1 : 0);
            if (decisions.size() == 2) steady.add(group, decisions.get(0).equals(decisions.get(1)) ? 1 : 0);
        });
        List<BenchReport.Part> parts = new ArrayList<>();
        List<String> groups = new ArrayList<>(SOURCES);
        grades.subsets().stream().filter(s -> !groups.contains(s)).forEach(groups::add);
        for (String group : groups) {
            if (grades.has(group)) parts.add(new BenchReport.Part(group, false, grades.mean(group)));
        }
        Estimate consistent = steady.overall();
        if (consistent.count() > 0) parts.add(new BenchReport.Part("same in both orders", true, consistent));
        return new BenchReport(name(), parts, grades.overall(), "the mean over pairs", List.of());
    }

    /** As of the first order; empty where the judge came to none. */
    private static List<Optional<String>> decisions(Fields row) {
        List<JsonNode> judgments = row.list("judgments");
        if (judgments.isEmpty() || judgments.size() > 2) {
            throw new BadRow("'judgments' has " + judgments.size() + " entries, not one or two");
        }
        List<Optional<String>> decisions = new ArrayList<>();
        for (int i = 0; i < judgments.size(); i++) {
            boolean exchanged = i == 1;
            decisions.add(Optional.ofNullable(judgments.get(i).get("decision"))
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .map(decision -> exchanged ? flipped(decision) : decision));
        }
        return decisions;
    }

    private static String flipped(String decision) {
        return switch (decision) {
            case "A>B" -> "B>A";
            case "B>A" -> "A>B";
            default -> decision;
        };
    }
}
