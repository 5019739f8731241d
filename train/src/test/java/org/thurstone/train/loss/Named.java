package org.thurstone.train.loss;

import java.util.List;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;

/** Losses as recipes name them, with their defaults. */
final class Named {

    static final Catalogue CATALOGUE = Catalogue.installed();

    record Holder(Loss loss) {}

    private Named() {}

    static Loss loss(String yaml) {
        return Recipe.parse("loss: " + yaml, "test.yaml")
                .bind(Holder.class, CATALOGUE)
                .loss();
    }

    /** Every named loss over pairs, with its defaults. */
    static List<Loss> pairLosses() {
        return CATALOGUE.ofKind("loss").stream()
                .filter(part -> PairLoss.class.isAssignableFrom(part.type()))
                .map(part -> loss(part.name()))
                .toList();
    }

    /** Every named loss over lists, with its defaults. */
    static List<Loss> listLosses() {
        return CATALOGUE.ofKind("loss").stream()
                .filter(part -> ListLoss.class.isAssignableFrom(part.type()))
                .map(part -> loss(part.name()))
                .toList();
    }
}
