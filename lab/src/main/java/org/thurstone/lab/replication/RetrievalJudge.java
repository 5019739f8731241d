package org.thurstone.lab.replication;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.ToLongBiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.lab.replication.RetrievalPair.Scenario;
import org.thurstone.rank.agreement.LabelFile.PairLabels;
import org.thurstone.rank.evaluation.BenchReport;
import org.thurstone.rank.evaluation.RewardBenchmark;
import org.thurstone.rank.evaluation.Scorer;
import org.thurstone.statistics.Estimate;

/** Scores the two answers of a pair. */
@FunctionalInterface
interface RetrievalJudge {

    /**
     * A pair, and the rules by which nothing speaks against each of its answers, so that several judges need not read it again.
     *
     * @param chosen the rules that the chosen answer passes
     * @param rejected likewise
     */
    record ReadPair(RetrievalPair pair, Set<Scenario> chosen, Set<Scenario> rejected) {
        static ReadPair of(RetrievalPair pair) {
            return new ReadPair(pair, passed(pair, pair.chosen()), passed(pair, pair.rejected()));
        }

        private static Set<Scenario> passed(RetrievalPair pair, String answer) {
            return Stream.of(Scenario.values())
                    .filter(rule -> pair.passes(rule, answer))
                    .collect(Collectors.toSet());
        }
    }

    /** The scores of the chosen and of the rejected answer. */
    double[] scores(ReadPair pair, RandomGenerator random);

    /** A judge that reads no meaning. Equal scores are told apart by chance. */
    static RetrievalJudge shortcut(ToLongBiFunction<RetrievalPair, String> reading) {
        return (read, random) -> Stream.of(read.pair.chosen(), read.pair.rejected())
                .mapToDouble(answer -> reading.applyAsLong(read.pair, answer) + random.nextDouble() / 2)
                .toArray();
    }

    /**
     * A judge that counts the rules that an answer passes, among those that it applies. Equal counts are told apart by chance.
     *
     * @param shares of pairs in which it applies the rule of each scenario
     */
    @SuppressWarnings("EnumOrdinal") // shares are in the order of the scenarios
    static RetrievalJudge skilled(double[] shares) {
        return (read, random) -> {
            List<Scenario> applied = Stream.of(Scenario.values())
                    .filter(rule -> random.nextDouble() < shares[rule.ordinal()])
                    .toList();
            return Stream.of(read.chosen, read.rejected)
                    .mapToDouble(
                            passed -> applied.stream().filter(passed::contains).count() + random.nextDouble() / 2)
                    .toArray();
        };
    }

    /** The shares of pairs in which a skilled judge applies each rule: 0.9 of those that it has, by their indices, and 0 of others. */
    static double[] shares(IntPredicate has) {
        return IntStream.range(0, Scenario.values().length)
                .mapToDouble(rule -> has.test(rule) ? 0.9 : 0)
                .toArray();
    }

    /** The share of pairs per scenario in which the chosen answer has the higher score, by the benchmark's runner on a file in its format. */
    default List<Estimate> benchmark(List<ReadPair> pairs, RandomGenerator random) {
        StringBuilder rows = new StringBuilder();
        for (ReadPair read : pairs) {
            double[] scores = scores(read, random);
            rows.append("{\"subset\": \"%s\", \"score_chosen\": %s, \"score_rejected\": %s}\n"
                    .formatted(read.pair.scenario().subset(), scores[0], scores[1]));
        }
        Path file =
                Path.of(System.getProperty("java.io.tmpdir"), "thurstone-retrieval-" + UUID.randomUUID() + ".jsonl");
        BenchReport report;
        try {
            try {
                AtomicFile.write(file, rows.toString());
                report = RewardBenchmark.named("rag-rewardbench", Scorer.FILE, new PairLabels("1", "2", "tie"))
                        .orElseThrow()
                        .evaluate(List.of(file));
            } finally {
                Disk.delete(file);
            }
        } catch (IOException e) {
            throw UserError.writing(file, e);
        }
        return Stream.of(Scenario.values())
                .map(s -> report.parts().stream()
                        .filter(part -> part.name().equals(s.subset()))
                        .findFirst()
                        .orElseThrow()
                        .share())
                .toList();
    }
}
