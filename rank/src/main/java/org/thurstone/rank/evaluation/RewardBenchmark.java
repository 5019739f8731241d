package org.thurstone.rank.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.rank.agreement.LabelFile;

/**
 * A benchmark of reward models and judges. It reads results in the form in which its own program writes them, and weighs them as its
 * own board does.
 */
public sealed interface RewardBenchmark permits JudgeBench, LlmBar, Pairs, RagRewardBench, RewardBench, RmBench {

    /** The name of the benchmark. */
    String name();

    /**
     * What the results come to.
     *
     * @throws UserError if a row is not of this benchmark, or there is none
     */
    BenchReport evaluate(List<Path> files);

    /**
     * The benchmark of a name: rewardbench, rm-bench, judgebench, llmbar, rag-rewardbench or pairs.
     *
     * @param scorer where the scores of llmbar and pairs come from
     * @param meanings of the labels of pairs
     */
    static Optional<RewardBenchmark> named(String name, Scorer scorer, LabelFile.PairLabels meanings) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "rewardbench" -> Optional.of(new RewardBench());
            case "rm-bench" -> Optional.of(new RmBench());
            case "judgebench" -> Optional.of(new JudgeBench());
            case "llmbar" -> Optional.of(new LlmBar(scorer));
            case "rag-rewardbench" -> Optional.of(new RagRewardBench());
            case "pairs" -> Optional.of(new Pairs(scorer, meanings));
            default -> Optional.empty();
        };
    }

    /** Hands over each row of each file; complaints about a row get their file and line. */
    static void read(List<Path> files, String what, BiConsumer<Path, Fields> row) {
        long count = 0;
        for (Path file : files) {
            try (RowReader<Fields> rows = RowReader.of(file, what, fields -> fields)) {
                while (rows.hasNext()) {
                    Row<Fields> next = rows.next();
                    count++;
                    try {
                        row.accept(file, next.value());
                    } catch (BadRow e) {
                        throw new UserError(file + ":" + next.line() + ": " + e.getMessage());
                    }
                }
            }
        }
        if (count == 0) {
            throw new UserError("there are no results in "
                    + String.join(", ", files.stream().map(Path::toString).toList()));
        }
    }

    /** A score that may be wrapped in a list of one. */
    static double score(Fields row, String... names) {
        String key = row.firstOf(names)
                .orElseThrow(() -> new BadRow("'" + names[0] + "' is missing; there are " + row.keys()));
        if (!row.isList(key)) return row.number(key);
        List<Double> numbers = row.numbers(key);
        if (numbers.size() != 1) throw new BadRow("'" + key + "' has " + numbers.size() + " scores, not one");
        return numbers.getFirst();
    }
}
