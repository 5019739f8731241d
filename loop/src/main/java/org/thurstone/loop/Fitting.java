package org.thurstone.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.model.text.Encoded;
import org.thurstone.train.TrainingDemonstration;
import org.thurstone.train.TrainingExample;
import org.thurstone.train.TrainingList;
import org.thurstone.train.TrainingPair;
import org.thurstone.train.TrainingSingle;
import org.thurstone.train.loss.ExampleKind;
import org.thurstone.train.loss.Loss;

/** From examples as they lie in files to examples as a loss takes them. */
public final class Fitting {

    private Fitting() {}

    /**
     * Comparisons for a loss over pairs; what it learns of them, mostly their chosen completions, for one over demonstrations; both sides, as desirable and undesirable, for
     * one over single completions. What does not fit is left as it is: the trainer says why it cannot take it.
     */
    public static List<Example> to(Loss loss, List<? extends Example> data) {
        Set<ExampleKind> accepted = loss.accepts();
        List<Example> fitting = new ArrayList<>();
        for (Example example : data) {
            if (example instanceof Comparison c && !accepted.contains(ExampleKind.PAIR)) {
                if (accepted.contains(ExampleKind.DEMONSTRATION)) {
                    fitting.addAll(loss.lessons(c));
                } else if (accepted.contains(ExampleKind.SINGLE)) {
                    fitting.add(new Rating(c.prompt(), c.chosen(), 1, c.provenance()));
                    fitting.add(new Rating(c.prompt(), c.rejected(), 0, c.provenance()));
                } else {
                    fitting.add(c);
                }
            } else {
                fitting.add(example);
            }
        }
        return fitting;
    }

    /** An encoded example under a name of its own. */
    public static TrainingExample of(String id, Encoded.Row<Example> row) {
        return switch (row.example()) {
            case Comparison c -> TrainingPair.of(id, c, row.tree());
            case Demonstration d -> TrainingDemonstration.of(id, d, row.tree());
            case Rating r -> TrainingSingle.of(id, r, row.tree());
            case Ranking r -> TrainingList.of(id, r, row.tree());
        };
    }
}
