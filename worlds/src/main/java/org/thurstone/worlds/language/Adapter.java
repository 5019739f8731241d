package org.thurstone.worlds.language;

import java.util.List;
import org.thurstone.model.transformer.Lora;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.EmptyWord;

/**
 * A low-rank adapter (LoRA).
 *
 * @param alpha numerator of its scale, alpha / rank
 * @param targets last parts of the names of the projections that are adapted, such as {@code q_proj}; empty, or {@code all-linear}, for all
 * @param rankStabilised whether the scale is alpha / √rank
 */
public record Adapter(
        @Default("16") int rank,
        @Default("32") double alpha,
        @Default("[]") @EmptyWord("all-linear") List<String> targets,
        @Default("false") boolean rankStabilised) {

    public Adapter {
        targets = targets.equals(List.of("all-linear")) ? List.of() : List.copyOf(targets);
        lora(rank, alpha, targets, rankStabilised); // refuses invalid values
    }

    /** The adapter as models take it. */
    public Lora lora() {
        return lora(rank, alpha, targets, rankStabilised);
    }

    private static Lora lora(int rank, double alpha, List<String> targets, boolean stabilised) {
        return new Lora(rank, alpha, targets, stabilised);
    }
}
