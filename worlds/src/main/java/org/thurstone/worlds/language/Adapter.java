package org.thurstone.worlds.language;

import java.util.List;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.transformer.Lora;
import org.thurstone.model.transformer.Transformer;
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

    /**
     * A model with a fresh adapter of this kind on it, or the model as it is where there is none. It takes the model over, and closes it where the
     * adapter does not fit.
     *
     * @throws UserError if a target is not a projection of the model
     */
    public static LanguageModel on(LanguageModel plain, Optional<Adapter> adapter, long seed) {
        if (adapter.isEmpty()) {
            return plain;
        }
        try {
            Transformer base = (Transformer) plain.policy();
            return plain.with(base.adapt(adapter.get().lora(), new Seeds(seed).of("adapter")));
        } catch (IllegalArgumentException e) {
            plain.close();
            throw new UserError("adapter: " + e.getMessage(), e);
        }
    }

    private static Lora lora(int rank, double alpha, List<String> targets, boolean stabilised) {
        return new Lora(rank, alpha, targets, stabilised);
    }
}
