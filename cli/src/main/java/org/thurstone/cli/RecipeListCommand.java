package org.thurstone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.thurstone.worlds.language.ReadyRecipes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thurstone recipe list}: lists the bundled recipes. */
@Command(
        name = "list",
        description = "List the recipes that come with Thurstone.",
        footerHeading = "%nExamples:%n",
        footer = "  thurstone recipe list")
final class RecipeListCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        Table table = new Table(List.of("recipe", "what it does"));
        ReadyRecipes.names().forEach(name -> table.add(List.of(name, ReadyRecipes.summary(name))));
        table.print(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
