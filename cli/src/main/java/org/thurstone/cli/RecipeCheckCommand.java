package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.endpoint.EndpointRecipe;
import org.thurstone.worlds.language.RunPlan;
import org.thurstone.worlds.language.RunRecipe;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code thurstone recipe check}: validates a recipe and shows what it would cost, without running it. */
@Command(
        name = "check",
        description = {
            "Check a recipe, and show what it would do and cost.",
            "Prompt files are read, but no model is loaded, nothing is computed and no question is asked. Exit code 2 if the recipe is wrong, 1 if it could not run."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone recipe check my.yaml", "  thurstone recipe check my.yaml --set labels.total=200"})
final class RecipeCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "Recipe, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Mixin
    private final RecipeSettings settings = new RecipeSettings();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Override
    public Integer call() {
        Recipe recipe = settings.on(Recipe.parse(file));
        RunPlan plan = EndpointRecipe.describes(recipe)
                ? EndpointRecipe.bind(recipe, Catalogue.installed()).plan()
                : RunPlan.of(RunRecipe.bind(recipe, Catalogue.installed()));
        print(plan, format.progress());
        if (format.json()) {
            format.print(plan);
        }
        return plan.problems().isEmpty() ? CommandLine.ExitCode.OK : Failures.FAILED;
    }

    private void print(RunPlan plan, PrintWriter told) {
        told.println(file + ": " + plan.summary());
        Table table = new Table(List.of("what", "at most", ""));
        table.add(List.of(
                "prompts to train on",
                "" + plan.prompts(),
                plan.supply().map(s -> "of " + s.training() + " available").orElse("made by the task")));
        table.add(List.of("completions to train on", number(plan.completions()), ""));
        table.add(List.of("completions to evaluate", "" + plan.evaluated(), ""));
        for (RunPlan.Demand demand : plan.demands()) {
            table.add(List.of(
                    demand.kind() + " by the " + demand.role(), number(demand.questions()), "from " + demand.name()));
        }
        table.print(told);
        plan.remarks().forEach(remark -> told.println("note: " + remark));
        plan.problems().forEach(problem -> told.println("problem: " + problem));
    }

    private static String number(OptionalLong count) {
        return count.isPresent() ? "" + count.getAsLong() : "as the method draws";
    }
}
