package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone model …}: commands that describe, merge and convert model directories. */
@Command(
        name = "model",
        description = "Describe, merge and convert model directories.",
        subcommands = {ModelInfoCommand.class, ModelMergeCommand.class, ModelConvertCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone model info models/mine",
            "  thurstone model merge runs/lora/policy --output models/merged",
            "  thurstone model convert models/mine --dtype bfloat16 \\",
            "      --max-shard-size 5GB --output models/mine-bf16"
        })
final class ModelCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
