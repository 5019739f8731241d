package org.thurstone.examples;

import java.nio.file.Path;
import org.thurstone.loop.Progress;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.offline.OfflineTraining;
import org.thurstone.worlds.language.offline.Outcome;

/** Trains a model on a file of preferences by DPO. A share of the prompts is held out for evaluation. */
public final class TrainDpo {

    private TrainDpo() {}

    /** Arguments: a model directory, a file of pairs, and a run directory, which gets the trained model as {@code policy/}. */
    public static void main(String[] args) {
        Recipe recipe = Recipe.parse("""
                loss: {dpo: {beta: 0.1}}
                training: {epochs: 3, batch-size: 16, learning-rate: 5e-6}
                held-out-share: 0.1
                """, "TrainDpo").with("model", args[0]).with("data", args[1]);
        Outcome trained = OfflineTraining.of(recipe)
                .in(Path.of(args[2]), Progress.lines(System.err::println))
                .outcome();
        Outcome.Point before = trained.evaluations().getFirst();
        Outcome.Point after = trained.evaluations().getLast();
        System.out.printf("held-out loss: %.3f before training, %.3f after%n", before.loss(), after.loss());
        System.out.printf(
                "held-out accuracy after training: %.3f (%.3f to %.3f)%n", after.accuracy(), after.low(), after.high());
        System.out.println("model: " + trained.policy());
    }
}
