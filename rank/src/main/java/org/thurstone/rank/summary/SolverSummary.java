package org.thurstone.rank.summary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.thurstone.rank.evaluation.Samples;
import org.thurstone.rank.evaluation.SolutionFile;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.statistics.Estimate;

/** The share of problems that each solver gets right, and the difference of two solvers on the same problems. */
public record SolverSummary(List<Solver> solvers, List<Difference> differences) {

    /**
     * One solver; shares of one.
     *
     * @param problems number of problems
     * @param samples number of solutions over all problems
     * @param mean share of correct solutions, averaged over problems
     * @param any share of problems with at least one correct solution
     * @param majority share of problems whose most frequent answer is correct; empty where answers are unknown
     * @param reward share of problems whose solution with the highest reward is correct; empty without rewards
     */
    public record Solver(
            String solver,
            int problems,
            int samples,
            Interval mean,
            Interval any,
            Optional<Interval> majority,
            Optional<Interval> reward) {

        static Solver of(String name, List<Samples> problems) {
            return new Solver(
                    name,
                    problems.size(),
                    problems.stream().mapToInt(p -> p.right().size()).sum(),
                    share(problems, Samples::mean),
                    share(problems, Samples::any),
                    where(problems, Samples::majority),
                    where(problems, Samples::best));
        }
    }

    /** The difference of the shares of two solvers, paired by problem. */
    public record Difference(String first, String second, Interval share) {}

    /** Reads a file of solutions that were found right or wrong; see {@link SolutionFile}. */
    public static SolverSummary of(Path file) {
        Map<String, List<Samples>> bySolver = SolutionFile.read(file);
        List<Solver> solvers = new ArrayList<>();
        bySolver.forEach((solver, problems) -> solvers.add(Solver.of(solver, problems)));
        List<Difference> differences = new ArrayList<>();
        List<String> names = List.copyOf(bySolver.keySet());
        for (int a = 0; a < names.size(); a++) {
            for (int b = a + 1; b < names.size(); b++) {
                differences.add(new Difference(
                        names.get(a),
                        names.get(b),
                        difference(
                                bySolver.getOrDefault(names.get(a), List.of()),
                                bySolver.getOrDefault(names.get(b), List.of()))));
            }
        }
        return new SolverSummary(solvers, differences);
    }

    private static Interval share(List<Samples> problems, ToDoubleFunction<Samples> value) {
        return Interval.of(Estimate.ofMean(problems.stream().mapToDouble(value).toArray()));
    }

    /** Empty unless every problem has the value. */
    private static Optional<Interval> where(List<Samples> problems, Function<Samples, OptionalDouble> known) {
        double[] values = problems.stream()
                .map(known)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return values.length < problems.size() ? Optional.empty() : Optional.of(Interval.of(Estimate.ofMean(values)));
    }

    private static Interval difference(List<Samples> first, List<Samples> second) {
        double[] differences = new double[first.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first.get(i).mean() - second.get(i).mean();
        }
        return Interval.of(Estimate.ofDifferences(differences));
    }

    /** Tables for a terminal. */
    public String text() {
        String text = TerminalTable.of(
                        new Table(
                                "Right answers, 95 % intervals",
                                "",
                                List.of(
                                        Column.text("solver"),
                                        Column.number("problems"),
                                        Column.number("samples"),
                                        Column.highest("right"),
                                        Column.number("any right"),
                                        Column.number("majority right"),
                                        Column.number("highest reward right")),
                                solvers.stream().map(SolverSummary::row).toList()),
                        false)
                + "\n";
        if (differences.isEmpty()) {
            return text;
        }
        return text
                + TerminalTable.of(
                        new Table(
                                "Difference of two solvers on the same problems",
                                "",
                                List.of(Column.text("first"), Column.text("second"), Column.number("difference")),
                                differences.stream()
                                        .map(d -> List.of(
                                                Cell.text(d.first()),
                                                Cell.text(d.second()),
                                                d.share().cell()))
                                        .toList()),
                        false)
                + "\n";
    }

    private static List<Cell> row(Solver s) {
        return List.of(
                Cell.text(s.solver()),
                Cell.count(s.problems()),
                Cell.count(s.samples()),
                s.mean().percent(),
                s.any().percent(),
                s.majority().map(Interval::percent).orElse(Cell.missing()),
                s.reward().map(Interval::percent).orElse(Cell.missing()));
    }
}
