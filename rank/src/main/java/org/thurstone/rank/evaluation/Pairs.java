package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.rank.agreement.LabelFile;

/**
 * Any pairs: rows with score_chosen and score_rejected, or with a label and score_1 and score_2, by subset if they name one. Tied labels are
 * left out, for no scorer can be right about them; tied scores are half right. All pairs weigh the same.
 *
 * @param scorer where scores come from
 * @param meanings which labels mean that the first is better, the second, neither
 */
record Pairs(Scorer scorer, LabelFile.PairLabels meanings) implements RewardBenchmark {

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public BenchReport evaluate(List<Path> files) {
        Grades grades = new Grades();
        int[] ties = new int[1];
        RewardBenchmark.read(files, "scored pairs", (file, row) -> {
            String subset = row.firstOf("subset", "scenario", "source", "category")
                    .flatMap(row::optionalText)
                    .orElseGet(() -> String.valueOf(file.getFileName()));
            if (scorer.chosenFirst(row)) {
                grades.add(subset, RankingAccuracy.credit(scorer.chosenAhead(row), 0));
                return;
            }
            String label = label(row);
            if (label.equals(meanings.tie())) {
                ties[0]++;
            } else if (label.equals(meanings.first())) {
                grades.add(subset, RankingAccuracy.credit(scorer.ahead(row), 0));
            } else if (label.equals(meanings.second())) {
                grades.add(subset, RankingAccuracy.credit(-scorer.ahead(row), 0));
            } else {
                throw new BadRow("the label '" + label + "' is not one of " + meanings.first() + " (first), "
                        + meanings.second() + " (second) and " + meanings.tie()
                        + " (tie); give the meaning of the labels with --verdicts");
            }
        });
        if (grades.count() == 0) throw new UserError("all " + ties[0] + " pairs are tied: accuracy is undefined");
        List<BenchReport.Part> parts = new ArrayList<>();
        for (String subset : grades.subsets()) parts.add(new BenchReport.Part(subset, false, grades.mean(subset)));
        return new BenchReport(
                name(),
                parts,
                grades.overall(),
                "the mean over pairs",
                ties[0] == 0 ? List.of() : List.of(ties[0] + " tied pairs are left out"));
    }

    private static String label(Fields row) {
        return row.firstOf("label", "winner", "preference")
                .flatMap(row::optionalText)
                .orElseThrow(
                        () -> new BadRow("which answer is preferred? 'label' is missing; there are " + row.keys()));
    }
}
