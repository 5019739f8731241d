package org.thurstone.train.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Demonstration;
import org.thurstone.data.UserError;
import org.thurstone.recipe.NamedPart;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.signal.Signal;

/**
 * An objective to be minimised. Losses are records whose components are the hyper-parameters; the interfaces for what they compare are open, so that
 * other jars can add to them.
 */
public sealed interface Loss permits PairLoss, SingleLoss, ListLoss, DemonstrationLoss, CombinedLoss {

    /** The name of the loss in recipes, messages and metrics. */
    default String name() {
        return NamedPart.name(getClass());
    }

    /** The kinds of example that it can be asked about. */
    Set<ExampleKind> accepts();

    /** The signals that it needs in addition to the policy's log-probabilities. */
    Set<Signal> signals();

    /** Signals that it uses where they are given, and does without where they are not. */
    default Set<Signal> optionalSignals() {
        return Set.of();
    }

    /** Completions that the loss needs in addition to those of the data; most losses need none. */
    default Optional<RequiredSamples> draws() {
        return Optional.empty();
    }

    /** The meaning of the values of single completions; used only for losses over single completions. */
    default SingleValues singleValues() {
        return SingleValues.LABELS;
    }

    /** Data that it is about and that no loop makes; without such data there is another loss that does the same. Most losses have none. */
    default Optional<SpecialData> specialData() {
        return draws().filter(d -> d.from() == RequiredSamples.From.RATIONALE)
                .map(d -> new SpecialData("a rationale for each comparison", "dpo"));
    }

    /** The demonstrations that a loss over demonstrations makes of a comparison (default: its chosen completion). */
    default List<Demonstration> demonstrations(Comparison comparison) {
        return List.of(new Demonstration(comparison.chosenPrompt(), comparison.chosen(), comparison.provenance()));
    }

    /** The reward of a completion in the metrics of the loss. */
    default ImplicitReward implicitReward() {
        return ImplicitReward.of(this);
    }

    /** Whether the tokens of prompts are scored, too: of completions that answer different prompts they do not cancel. */
    default boolean scoresPrompts() {
        return false;
    }

    /**
     * Whether the loss of one example depends on others of its batch through the policy's log-probabilities (sorting, baselines). Then the
     * trainer shows it the whole batch at once; others may be shown a batch in parts.
     */
    default boolean couples() {
        return false;
    }

    /**
     * The loss of each example.
     *
     * @return (n); finite for finite log-probabilities
     * @throws UserError if it does not take such examples
     */
    Tensor on(Batch batch);

    /**
     * The loss of each example in the summands that it is made of, by name, for people who watch a training.
     *
     * @return (n) each; their sum is {@link #on}
     */
    default SequencedMap<String, Tensor> parts(Batch batch) {
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("loss", on(batch));
        return parts;
    }

    /** Refuses, with the reason, what a loss cannot be asked about. */
    default UserError refusal(ExampleKind kind) {
        String wanted = String.join(
                " or ", accepts().stream().map(ExampleKind::words).sorted().toList());
        return new UserError("the loss " + name() + " compares " + wanted + ", and these are " + kind.words()
                + ": choose a loss for " + kind.words() + ", or make " + wanted + " of the data first");
    }
}
