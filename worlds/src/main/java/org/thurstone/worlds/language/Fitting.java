package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.StepTree;
import org.thurstone.train.example.TrainingDemonstration;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Draws;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.score.AdaptiveSteps;

/** From examples as they lie in files to examples as a loss takes them. */
public final class Fitting {

    private Fitting() {}

    /**
     * Comparisons for a loss over pairs; what it learns of them, mostly their chosen completions, for one over demonstrations; both sides, as
     * desirable and undesirable, for one over single completions. What does not fit is left as it is: the trainer says why it cannot take it.
     */
    public static List<Example> to(Loss loss, List<? extends Example> data) {
        Set<ExampleKind> accepted = loss.accepts();
        List<Example> fitting = new ArrayList<>();
        for (Example example : data) {
            if (example instanceof Comparison c && !accepted.contains(ExampleKind.PAIR)) {
                if (accepted.contains(ExampleKind.DEMONSTRATION)) {
                    fitting.addAll(loss.lessons(c));
                } else if (accepted.contains(ExampleKind.SINGLE)) {
                    fitting.add(new Rating(c.chosenPrompt(), c.chosen(), 1, c.provenance()));
                    fitting.add(new Rating(c.rejectedPrompt(), c.rejected(), 0, c.provenance()));
                } else {
                    fitting.add(c);
                }
            } else {
                fitting.add(example);
            }
        }
        return fitting;
    }

    /**
     * The trees of an example that fits, with what the loss looks at beside it. For a loss over steps, the lines of ranked completions are the
     * steps, and completions that begin alike have their first lines in common.
     */
    public static Encoded encoded(Loss loss, Example example, Encoding encoding) {
        Optional<Draws> beside = loss.draws().filter(d -> d.from().fromData());
        Encoded encoded = beside.isPresent() && example instanceof Comparison c
                ? Beside.encoded(beside.get(), c, encoding)
                : encoding.encode(example);
        if (loss.signals().contains(AdaptiveSteps.STEPS)
                && example instanceof Ranking
                && encoded instanceof Encoded.Kept(String id, List<TokenTree> trees)) {
            return new Encoded.Kept(
                    id,
                    trees.stream()
                            .map(tree -> StepTree.of(tree, token -> endsLine(encoding.tokenizer(), token)))
                            .toList());
        }
        return loss.scoresPrompts() && encoded instanceof Encoded.Kept kept
                ? new Encoded.Kept(
                        kept.promptId(),
                        kept.trees().stream().map(TokenTree::withScoredPrompt).toList())
                : encoded;
    }

    /** An encoded example under a name of its own. */
    public static TrainingExample of(String id, Encoded.Row<Example> row) {
        List<TokenTree> trees = row.trees();
        return switch (row.example()) {
            case Comparison c -> TrainingPair.of(id, c, trees);
            case Contrast c -> TrainingList.of(id, c, trees);
            case Demonstration d -> TrainingDemonstration.of(id, d, trees.getFirst());
            case Rating r -> TrainingSingle.of(id, r, trees.getFirst());
            case Ranking r -> TrainingList.of(id, r, trees.getFirst());
        };
    }

    private static boolean endsLine(Tokenizer tokenizer, int token) {
        return tokenizer.decode(new int[] {token}).endsWith("\n");
    }
}
