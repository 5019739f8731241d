package org.thurstone.rank.evaluation;

import java.util.List;
import org.thurstone.statistics.Estimate;

/**
 * The result of a scorer on a benchmark.
 *
 * @param parts sections and subsets, in the benchmark's order
 * @param score as the benchmark's own board counts it
 * @param weighting how the score is put together, in words
 * @param remarks what a reader must know: missing parts, rows without a say
 */
public record BenchReport(String bench, List<Part> parts, Estimate score, String weighting, List<String> remarks) {

    public BenchReport {
        parts = List.copyOf(parts);
        remarks = List.copyOf(remarks);
    }

    /**
     * A part of a benchmark.
     *
     * @param section whether it is made up of subsets
     */
    public record Part(String name, boolean section, Estimate share) {}
}
