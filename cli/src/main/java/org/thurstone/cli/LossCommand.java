package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone loss …}: commands that evaluate and plot losses without a model. */
@Command(
        name = "loss",
        description = "Evaluate and plot losses without a model.",
        subcommands = {LossEvalCommand.class, LossPlotCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone loss eval cases.jsonl",
            "  thurstone loss plot dpo ipo simpo discopop --output losses.html"
        })
final class LossCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
