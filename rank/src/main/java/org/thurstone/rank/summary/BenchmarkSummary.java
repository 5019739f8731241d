package org.thurstone.rank.summary;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.rank.evaluation.BenchReport;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;

/**
 * The result of a reward model or judge on a benchmark, as shares of one.
 *
 * @param weighting how the score is put together, in words
 * @param remarks what a reader must know
 */
public record BenchmarkSummary(String bench, Interval score, String weighting, List<Part> parts, List<String> remarks) {

    /**
     * A part of the benchmark.
     *
     * @param section whether it consists of subsets
     */
    public record Part(String name, boolean section, Interval share) {}

    public static BenchmarkSummary of(BenchReport report) {
        return new BenchmarkSummary(
                report.bench(),
                Interval.of(report.score()),
                report.weighting(),
                report.parts().stream()
                        .map(p -> new Part(p.name(), p.section(), Interval.of(p.share())))
                        .toList(),
                report.remarks());
    }

    /** A table and notes for a terminal. */
    public String text() {
        List<List<Cell>> rows = new ArrayList<>();
        boolean sections = parts.stream().anyMatch(Part::section);
        for (Part part : parts) {
            rows.add(List.of(
                    Cell.text(sections && !part.section() ? "  " + part.name() : part.name()),
                    part.share().percent(),
                    Cell.count(part.share().count())));
        }
        rows.add(List.of(Cell.text("score: " + weighting), score.percent(), Cell.count(score.count())));
        StringBuilder text = new StringBuilder(TerminalTable.of(
                new Table(
                        bench + ", 95 % intervals",
                        "",
                        List.of(Column.text("part"), Column.number("right"), Column.number("pairs")),
                        rows),
                false));
        remarks.forEach(remark -> text.append("Note: ").append(remark).append('\n'));
        return text.toString();
    }
}
