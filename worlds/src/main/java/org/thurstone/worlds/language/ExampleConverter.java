package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.thurstone.train.LossRequirements;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.example.StepTree;
import org.thurstone.train.example.TrainingDemonstration;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.score.AdaptiveSteps;

/** Converts examples from files to training examples. */
public final class ExampleConverter {

    private ExampleConverter() {}

    /**
     * The examples that a loss takes. Comparisons become what a loss over demonstrations learns from them, mostly their chosen completions, or two
     * single completions, the chosen one desirable and the rejected one not; rankings with scores become single completions with those. Other
     * examples stay unchanged: the trainer reports why it cannot use them.
     */
    public static List<Example> to(Loss loss, List<? extends Example> data) {
        LossRequirements needs = LossRequirements.of(loss);
        List<Example> fitting = new ArrayList<>();
        for (Example example : data) {
            switch (example) {
                case Comparison c
                when !needs.examples().contains(ExampleKind.PAIR) -> fitting.addAll(ofComparison(c, loss, needs));
                case Ranking r
                when !needs.examples().contains(ExampleKind.LIST) -> fitting.addAll(ofRanking(r, needs.form()));
                default -> fitting.add(example);
            }
        }
        return fitting;
    }

    private static List<? extends Example> ofComparison(Comparison c, Loss loss, LossRequirements needs) {
        if (needs.examples().contains(ExampleKind.DEMONSTRATION)) {
            return loss.demonstrations(c);
        }
        return needs.examples().contains(ExampleKind.SINGLE)
                ? List.of(
                        new Rating(c.chosenPrompt(), c.chosen(), 1, c.provenance()),
                        new Rating(c.rejectedPrompt(), c.rejected(), 0, c.provenance()))
                : List.of(c);
    }

    private static List<? extends Example> ofRanking(Ranking r, LossRequirements.Form form) {
        boolean centred = form == LossRequirements.Form.CENTRED;
        if (r.values().isEmpty() || !(centred || form == LossRequirements.Form.SCORED)) {
            return List.of(r);
        }
        List<Double> values = r.values().get();
        double mean = centred ? values.stream().mapToDouble(v -> v).average().orElse(0) : 0;
        List<Rating> ratings = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ratings.add(new Rating(r.prompt(), r.completions().get(i), values.get(i) - mean, r.provenance()));
        }
        return ratings;
    }

    /**
     * The trees of an example that fits, with the auxiliary sequences of the loss. For a loss over steps, the lines of ranked completions are the
     * steps, and completions that begin alike have their first lines in common.
     */
    public static Encoded encoded(Loss loss, Example example, Encoding encoding) {
        Optional<RequiredSamples> auxiliary = loss.draws().filter(d -> d.from().fromData());
        Encoded encoded = auxiliary.isPresent() && example instanceof Comparison c
                ? AuxiliarySequences.encoded(auxiliary.get(), c, encoding)
                : encoding.encode(example);
        if (loss.signals().contains(AdaptiveSteps.STEPS)
                && example instanceof Ranking
                && encoded instanceof Encoded.Included kept) {
            return kept.withTrees(kept.trees().stream()
                    .map(tree -> StepTree.of(tree, token -> endsLine(encoding.tokenizer(), token)))
                    .toList());
        }
        return loss.scoresPrompts() && encoded instanceof Encoded.Included kept
                ? kept.withTrees(
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
