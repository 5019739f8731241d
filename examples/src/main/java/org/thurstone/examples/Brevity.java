package org.thurstone.examples;

import java.nio.file.Path;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Rater;
import org.thurstone.loop.Progress;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.RecipeRun;

/** A judge that prefers shorter completions, and a loop that it scores, on prompts from a file. */
public record Brevity() implements Rater {

    @Override
    public Identity identity() {
        return Identity.of("brevity");
    }

    @Override
    public double rate(Prompt prompt, Completion completion) {
        return -completion.text().plain().length();
    }

    /** Arguments: a model directory, a file of prompts, and a run directory. */
    public static void main(String[] args) {
        Recipe recipe = Recipe.parse("""
                judge: {given: brevity}
                iterations: 2
                prompts: 50
                samples: 4
                labels: {total: 100}
                training: {learning-rate: 1e-4}
                """, "Brevity").with("model", args[0]).with("task.prompts.train", args[1]);
        RecipeRun.Finished finished = RecipeRun.of(recipe)
                .with("brevity", new Brevity())
                .in(Path.of(args[2]), Progress.lines(System.err::println));
        System.out.print(finished.report().terminal(false));
    }
}
