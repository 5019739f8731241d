package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;

/**
 * RAG-RewardBench (arXiv:2412.13746): rows with score_chosen and score_rejected; the subset is named by the row, or by the file as the
 * benchmark's own are (helpful, reason, citation, harmless, abstain, conflict). Equal scores are a miss. All pairs weigh the same: how its board
 * averages was not to be found, so the subsets are reported next to the score.
 */
record RagRewardBench() implements RewardBenchmark {

    private static final List<String> SUBSETS =
            List.of("helpful", "reason", "citation", "harmless", "abstain", "conflict");

    @Override
    public String name() {
        return "RAG-RewardBench";
    }

    @Override
    public BenchReport evaluate(List<Path> files) {
        Grades grades = new Grades();
        RewardBenchmark.read(
                files,
                "RAG-RewardBench results",
                (file, row) -> grades.add(subset(file, row), Scorer.FILE.chosenAhead(row) > 0 ? 1 : 0));
        List<BenchReport.Part> parts = new ArrayList<>();
        for (String subset : SUBSETS) {
            if (grades.has(subset)) parts.add(new BenchReport.Part(subset, false, grades.mean(subset)));
        }
        return new BenchReport(
                name(),
                parts,
                grades.overall(),
                "the mean over pairs",
                parts.size() == SUBSETS.size()
                        ? List.of()
                        : List.of("of the six subsets there are only " + grades.subsets()));
    }

    private static String subset(Path file, Fields row) {
        String named = row.has("subset")
                ? row.text("subset")
                : String.valueOf(file.getFileName()).replaceAll("\\.jsonl?(\\.gz)?$", "");
        return SUBSETS.stream()
                .filter(s -> named.toLowerCase(Locale.ROOT).startsWith(s))
                .findFirst()
                .orElseThrow(() -> new BadRow("'" + named + "' is not one of the subsets " + String.join(", ", SUBSETS)
                        + ": the row or the file names one"));
    }
}
