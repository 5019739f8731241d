package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.thurstone.rank.evaluation.Samples;
import org.thurstone.rank.evaluation.SolutionFile;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.statistics.Estimate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone eval solutions}: how many solutions are right, and which solver is the better. */
@Command(
        name = "solutions",
        description = {
            "Say how many problems each solver gets right, and by how much two differ on the same problems.",
            "With several samples a problem also by the most frequent answer, by a reward model's favourite, and if any sample",
            "counts. Reads GSM8K's example solutions (an object with is_correct for each solver), or rows with lists score, pred",
            "and pred_score."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval solutions example_model_solutions.jsonl.gz",
            "  thurstone eval solutions samples.jsonl --json"
        })
final class SolutionsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "JSON lines or JSON, with or without gzip.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(List<Solver> solvers, List<Difference> differences) {}

    record Solver(
            String solver,
            int problems,
            int samples,
            Interval mean,
            Interval any,
            Optional<Interval> majority,
            Optional<Interval> reward) {}

    /** How much more of the problems the first gets right than the second, paired by problem. */
    record Difference(String first, String second, Interval share) {}

    @Override
    public Integer call() {
        Map<String, List<Samples>> bySolver = SolutionFile.read(file);
        List<Solver> solvers = new ArrayList<>();
        bySolver.forEach((solver, problems) -> solvers.add(new Solver(
                solver,
                problems.size(),
                problems.stream().mapToInt(p -> p.right().size()).sum(),
                Interval.of(Estimate.ofMean(
                        problems.stream().mapToDouble(Samples::mean).toArray())),
                Interval.of(Estimate.ofMean(
                        problems.stream().mapToDouble(Samples::any).toArray())),
                where(problems, Samples::majority),
                where(problems, Samples::best))));
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
        Document document = new Document(solvers, differences);
        if (json.wanted()) json.print(document);
        else print(document);
        return CommandLine.ExitCode.OK;
    }

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

    private void print(Document d) {
        var out = spec.commandLine().getOut();
        out.println(TerminalTable.of(
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
                                Column.number("reward's favourite right")),
                        d.solvers().stream()
                                .map(s -> List.of(
                                        Cell.text(s.solver()),
                                        Cell.count(s.problems()),
                                        Cell.count(s.samples()),
                                        s.mean().percent(),
                                        s.any().percent(),
                                        s.majority().map(Interval::percent).orElse(Cell.missing()),
                                        s.reward().map(Interval::percent).orElse(Cell.missing())))
                                .toList()),
                false));
        if (d.differences().isEmpty()) return;
        out.println(TerminalTable.of(
                new Table(
                        "The first above the second, on the same problems",
                        "",
                        List.of(Column.text("first"), Column.text("second"), Column.number("difference")),
                        d.differences().stream()
                                .map(f -> List.of(
                                        Cell.text(f.first()),
                                        Cell.text(f.second()),
                                        f.share().cell()))
                                .toList()),
                false));
    }
}
