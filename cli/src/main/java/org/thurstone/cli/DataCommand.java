package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone data …}: commands for files of examples. */
@Command(
        name = "data",
        description = "Inspect and convert files of examples.",
        subcommands = {InspectCommand.class, DataConvertCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone data inspect pairs.jsonl.gz",
            "  thurstone data convert pairs.jsonl --to openai-preference --output upload.jsonl"
        })
final class DataCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
