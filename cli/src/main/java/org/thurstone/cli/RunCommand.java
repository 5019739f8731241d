package org.thurstone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code thurstone run}: runs a preference loop as its recipe says, or resumes it. */
@Command(
        name = "run",
        description = {
            "Run a recipe: sample, judge, pair, label, train, evaluate.",
            "To resume a run that was stopped from its last finished stage, give the same command again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone run recipes/stories.yaml --set model=models/stories260k",
            "  thurstone run mine.yaml --set loss.beta=0.2 --seed 2 --output runs/mine-2"
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "Recipe, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path recipe;

    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Override
    public Integer call() {
        String name = String.valueOf(recipe.getFileName()).replaceFirst("\\.ya?ml$", "");
        return options.run(Recipe.parse(recipe), Path.of("runs", name));
    }
}
