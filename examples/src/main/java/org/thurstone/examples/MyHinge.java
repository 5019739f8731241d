package org.thurstone.examples;

import java.nio.file.Path;
import java.util.Set;
import org.thurstone.loop.Progress;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.worlds.language.offline.OfflineTraining;

/**
 * Hinge on the log-ratio margin: pairs beyond the margin have no gradient.
 * @param beta scale of the log-ratio, above 0
 * @param margin target margin, where the loss reaches 0
 */
@Method(name = "my-hinge", kind = "loss", summary = "a hinge on the log-ratio margin", formula = "max(0, m − β·h)")
public record MyHinge(
        @Default("0.1") double beta, @Default("1.0") double margin) implements PairLoss {
    @Override
    public Tensor hard(PairBatch pairs) {
        Tensor h = pairs.chosen().logRatio().sub(pairs.rejected().logRatio());
        return h.mul(-beta).add(margin).relu();
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }

    public static void main(String[] args) {
        Recipe recipe = Recipe.parse("loss: {my-hinge: {margin: 2}}", "MyHinge");
        OfflineTraining.of(recipe.with("model", args[0]).with("data", args[1]))
                .in(Path.of(args[2]), Progress.lines(System.out::println));
    }
}
