package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.RunPlan;
import org.thurstone.worlds.language.RunRecipe;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thurstone recipe check}. */
@Command(
        name = "check",
        description = {
            "Check a recipe and say what it would do and cost.",
            "Nothing is computed and nobody is asked: prompt files are read, no model is loaded. Exit code 2 if the"
                    + " recipe is wrong, 1 if",
            "it could not run."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone recipe check my.yaml", "  thurstone recipe check my.yaml --set labels.total=200"})
final class RecipeCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "A YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set one value of the recipe, such as loss.beta=0.2; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Mixin
    private final Json json = new Json();

    @Override
    public Integer call() {
        Recipe recipe = Recipe.parse(file);
        for (String setting : settings) {
            recipe = recipe.with(setting);
        }
        RunPlan plan = RunPlan.of(RunRecipe.bind(recipe, Catalogue.installed()));
        print(plan, json.progress());
        if (json.wanted()) {
            json.print(plan);
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
