package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone eval …}: commands that evaluate models, judges and reward models from files. */
@Command(
        name = "eval",
        description = "Evaluate models, judges and reward models.",
        subcommands = {AlpacaCommand.class, IfevalCommand.class, RewardsCommand.class, SolutionsCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval alpaca preferences.csv --baseline gpt4_1106_preview",
            "  thurstone eval ifeval prompts.jsonl --model models/mine",
            "  thurstone eval rewards scores.jsonl --bench rewardbench",
            "  thurstone eval solutions solutions.jsonl"
        })
final class EvalCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
