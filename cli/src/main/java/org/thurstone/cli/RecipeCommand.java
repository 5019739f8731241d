package org.thurstone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone recipe …}: commands that list, show and check recipes. */
@Command(
        name = "recipe",
        description = "List, show and check recipes.",
        subcommands = {RecipeListCommand.class, RecipeShowCommand.class, RecipeCheckCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone recipe list", "  thurstone recipe show prompts > my.yaml"})
final class RecipeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Failures.WRONG_USAGE;
    }
}
