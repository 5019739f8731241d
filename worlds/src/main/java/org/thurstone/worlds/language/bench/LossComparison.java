package org.thurstone.worlds.language.bench;

import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.random.RandomGenerator;
import org.thurstone.model.bench.BenchModel;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.bench.LossBench;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Loss;

/** Compares the training steps of losses over pairs with DPO's. */
public final class LossComparison {

    private final LossBench bench;
    private final List<Loss> losses;

    private LossComparison(LossBench bench, List<Loss> losses) {
        this.bench = bench;
        this.losses = losses;
    }

    record Holder(Loss loss) {}

    /**
     * Sizes of the batch that all losses are timed on.
     *
     * @param batch pairs per step
     * @param prompt tokens per prompt
     * @param completion tokens per completion
     * @param rounds at least 2; the first is not counted
     */
    public record Size(int batch, int prompt, int completion, int rounds) {}

    /**
     * @param names of losses; if empty, all that have a default for every parameter
     * @param origin what the names come from, for messages: {@code thurstone bench loss}
     * @throws IllegalArgumentException if a size is too small
     * @throws org.thurstone.data.UserError if one of the names is of a loss that does not take pairs
     * @throws org.thurstone.recipe.RecipeError if a loss is unknown
     */
    public static LossComparison of(Catalogue catalogue, List<String> names, String origin, Size size) {
        LossBench bench = new LossBench(size.batch(), size.prompt(), size.completion(), size.rounds());
        List<Loss> losses = (names.isEmpty() ? all(catalogue) : names)
                .stream().map(name -> bound(catalogue, name, origin)).toList();
        losses.stream()
                .filter(l -> !names.isEmpty() && !l.accepts().contains(ExampleKind.PAIR))
                .findFirst()
                .ifPresent(l -> {
                    throw l.refusal(ExampleKind.PAIR);
                });
        return new LossComparison(bench, losses);
    }

    private static List<String> all(Catalogue catalogue) {
        return catalogue.ofKind("loss").stream()
                .filter(p -> !p.ofParts() && Loss.class.isAssignableFrom(p.type()))
                .map(NamedPart::name)
                .toList();
    }

    private static Loss bound(Catalogue catalogue, String name, String origin) {
        return Recipe.parse("", origin)
                .with("loss=" + name)
                .bind(Holder.class, catalogue)
                .loss();
    }

    /**
     * Times the losses in turn.
     *
     * @param timed is told the name of each loss and its ratio to DPO's step, when it is done
     */
    public LossBench.Figures run(BenchModel model, RandomGenerator random, ObjDoubleConsumer<String> timed) {
        return model.with(
                random,
                policy -> bench.run(policy, losses, random, figure -> timed.accept(figure.loss(), figure.ratio())));
    }
}
