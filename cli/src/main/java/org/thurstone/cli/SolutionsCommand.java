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

    @Override
    public Integer call() {
        SolverSummary summary = SolverSummary.of(file);
        if (json.wanted()) {
            json.print(summary);
        } else {
            spec.commandLine().getOut().print(summary.text());
        }
        return CommandLine.ExitCode.OK;
    }
}
