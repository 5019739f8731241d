package org.thurstone.rank.evaluation;

import java.util.List;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;

/** The source of the scores of two answers. */
public enum Scorer {
    /** The file has them: score_1 and score_2, or score_chosen and score_rejected. */
    FILE,
    /** The longer answer is the better one: what length alone knows. */
    LENGTH;

    private static final List<String[]> TEXTS = List.of(
            new String[] {"output_1", "output_2"},
            new String[] {"response1", "response2"},
            new String[] {"response_1", "response_2"},
            new String[] {"response 1", "response 2"},
            new String[] {"response_A", "response_B"});

    private static final List<String[]> CHOSEN =
            List.of(new String[] {"chosen", "rejected"}, new String[] {"chosen_instruction", "rejected_instruction"});

    /** The score of the first answer minus that of the second. */
    double ahead(Fields row) {
        return this == FILE
                ? RewardBenchmark.score(row, "score_1", "score_A") - RewardBenchmark.score(row, "score_2", "score_B")
                : lengths(row, TEXTS);
    }

    /** The score of the preferred answer minus that of the other, in rows that have the preferred one first. */
    double chosenAhead(Fields row) {
        return this == FILE
                ? RewardBenchmark.score(row, "score_chosen", "scores_chosen")
                        - RewardBenchmark.score(row, "score_rejected", "scores_rejected")
                : lengths(row, CHOSEN);
    }

    /** Whether a row says by its keys which answer is preferred. */
    boolean chosenFirst(Fields row) {
        return this == FILE
                ? row.firstOf("score_chosen", "scores_chosen").isPresent()
                : CHOSEN.stream().anyMatch(pair -> row.has(pair[0]));
    }

    private static double lengths(Fields row, List<String[]> names) {
        for (String[] pair : names) {
            if (row.isText(pair[0]) && row.isText(pair[1])) return length(row, pair[0]) - (double) length(row, pair[1]);
        }
        throw new BadRow("the texts of two answers are missing; there are " + row.keys());
    }

    private static int length(Fields row, String key) {
        String text = row.text(key);
        return text.codePointCount(0, text.length());
    }
}
