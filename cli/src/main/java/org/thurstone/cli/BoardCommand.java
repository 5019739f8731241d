package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone board …}: commands for boards that {@code thurstone rank --save} kept. */
@Command(
        name = "board",
        description = {
            "Add votes to a kept board, predict battles, compare boards.",
            "thurstone rank --save keeps a board with its votes and settings."
        },
        subcommands = {BoardAddCommand.class, BoardPredictCommand.class, BoardCompareCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone rank votes.csv --save board.json",
            "  thurstone board add board.json more.csv",
            "  thurstone board predict board.json espresso filter",
            "  thurstone board compare march.json april.json"
        })
final class BoardCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
