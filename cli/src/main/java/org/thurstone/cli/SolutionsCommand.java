package org.thurstone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.rank.summary.SolverSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone eval solutions}: compares solvers on problems with known answers. */
@Command(
        name = "solutions",
        description = {
            "Compare solvers on problems with known answers.",
            "Prints how many problems each solver gets right, and the difference of two solvers on the same problems; with several samples per problem also by majority vote, by the highest reward, and by any sample. Reads GSM8K's example solutions (an object with is_correct per solver), or rows with the lists score, pred and pred_score."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval solutions example_model_solutions.jsonl.gz",
            "  thurstone eval solutions samples.jsonl --format json"
        })
final class SolutionsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "JSON lines or JSON, with or without gzip.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        SolverSummary summary = SolverSummary.of(file);
        if (format.json()) {
            format.print(summary);
        } else {
            spec.commandLine().getOut().print(summary.text());
        }
        return CommandLine.ExitCode.OK;
    }
}
