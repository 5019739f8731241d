package org.thurstone.cli;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.recipe.Recipe;
import picocli.CommandLine.Option;

/** The option {@code --set} for commands that read a recipe to mix in. */
final class RecipeSettings {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a value of the recipe, such as loss.beta=0.2; may be repeated.")
    private List<String> settings = new ArrayList<>();

    /** The recipe with these values, in their order. */
    Recipe on(Recipe written) {
        Recipe set = written;
        for (String setting : settings) {
            set = set.with(setting);
        }
        return set;
    }
}
