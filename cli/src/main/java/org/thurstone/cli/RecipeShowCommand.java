package org.thurstone.cli;

import java.util.concurrent.Callable;
import org.thurstone.worlds.language.ReadyRecipes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone recipe show}: prints a bundled recipe with its comments. */
@Command(
        name = "show",
        description = "Print a recipe with its comments.",
        footerHeading = "%nExamples:%n",
        footer = "  thurstone recipe show prompts > my.yaml")
final class RecipeShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Name of a recipe, as listed by recipe list.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ReadyRecipes.text(name));
        return CommandLine.ExitCode.OK;
    }
}
