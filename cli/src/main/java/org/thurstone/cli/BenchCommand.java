package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone bench …}: commands that measure the speed of this build on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure the speed of this build on this machine.",
            "Prints seconds, tokens per second and peak memory."
        },
        subcommands = {
            BenchTrainCommand.class,
            BenchSampleCommand.class,
            BenchLossCommand.class,
            BenchRankCommand.class,
            BenchCoverageCommand.class,
            BenchAuditCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone bench train --vocabulary 512",
            "  thurstone bench sample --model models/stories260k --completion-tokens 128",
            "  thurstone bench loss --vocabulary 512",
            "  thurstone bench rank --format json",
            "  thurstone bench coverage --newcomers 2000"
        })
final class BenchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
