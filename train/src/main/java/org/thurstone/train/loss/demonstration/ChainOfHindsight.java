package org.thurstone.train.loss.demonstration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.DemonstrationLoss;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.signal.Signal;

/**
 * Chain of hindsight: a comparison is written as text, in which phrases mark the better and the worse answer, and the answers are trained on. A
 * prompt is followed by "A helpful answer:" and the chosen one, by "An unhelpful answer:" and the rejected one, or by one after the other, so that
 * the policy learns what the phrases mean and how to improve a bad answer. Only the answers are trained on, end-of-text tokens included, and not the
 * prompts and phrases. After training, append the phrase for good answers to the prompt: {@link #asking}. arXiv:2302.02676.
 *
 * <p>A chain is trained on as one example per answer, each with all that precedes it as prompt; the sum is the same. Ties are left out. In
 * conversations, the phrases end the user's turn, and the second answer follows another user turn. The paper adds the likelihood of pre-training text
 * and hides some earlier tokens, which the authors' code does only on request; both are left out here.
 *
 * @param chains the forms in which each comparison is written
 * @param good phrase before the better answer
 * @param bad phrase before the worse answer
 * @param averaging over the tokens of the whole batch, of each answer, or not at all
 */
@Method(
        name = "chain-of-hindsight",
        kind = "loss",
        papers = "2302.02676",
        source = "arXiv:2302.02676",
        summary = "imitation of both completions, each after feedback in words",
        formula = "−log π(y_l | x, bad) − log π(y_w | x, bad, y_l, good), and the like")
public record ChainOfHindsight(
        @Default("[good, bad, bad-then-good, good-then-bad]")
        List<Chain> chains,

        @Default("A helpful answer:") String good,
        @Default("An unhelpful answer:") String bad,
        @Default("batch") Averaging averaging)
        implements DemonstrationLoss {

    /** The forms in which a comparison is written. */
    public enum Chain {
        GOOD,
        BAD,
        BAD_THEN_GOOD,
        GOOD_THEN_BAD
    }

    public ChainOfHindsight {
        chains = List.copyOf(chains);
        if (chains.isEmpty()) {
            throw new IllegalArgumentException("chains is empty: nothing would be learned from");
        }
        if (good.isBlank() || bad.isBlank() || good.equals(bad)) {
            throw new IllegalArgumentException(
                    "good is \"" + good + "\" and bad \"" + bad + "\": they have to be words, and different ones");
        }
    }

    @Override
    public Tensor each(DemonstrationBatch batch) {
        return averaging.negativeLogLikelihood(batch.completions());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }

    @Override
    public boolean recasts() {
        return true;
    }

    /** The prompt with the words that ask for a good answer. */
    public Prompt asking(Prompt prompt) {
        return followed(prompt, good);
    }

    /** An answer that several chains have in common is told once, with their weight together. */
    @Override
    public List<Demonstration> demonstrations(Comparison comparison) {
        if (comparison.tied()) {
            return List.of();
        }
        Demonstration better = told(comparison, comparison.chosenPrompt(), good, comparison.chosen());
        Demonstration worse = told(comparison, comparison.rejectedPrompt(), bad, comparison.rejected());
        Map<Demonstration, Integer> times = new LinkedHashMap<>();
        for (Chain chain : chains) {
            switch (chain) {
                case GOOD -> times.merge(better, 1, Integer::sum);
                case BAD -> times.merge(worse, 1, Integer::sum);
                case BAD_THEN_GOOD -> {
                    times.merge(worse, 1, Integer::sum);
                    times.merge(told(comparison, answered(worse), good, comparison.chosen()), 1, Integer::sum);
                }
                case GOOD_THEN_BAD -> {
                    times.merge(better, 1, Integer::sum);
                    times.merge(told(comparison, answered(better), bad, comparison.rejected()), 1, Integer::sum);
                }
            }
        }
        List<Demonstration> lessons = new ArrayList<>();
        times.forEach((d, n) -> lessons.add(new Demonstration(
                d.prompt(),
                d.completion(),
                d.provenance().withWeight(n * d.provenance().weight()))));
        return lessons;
    }

    private static Demonstration told(Comparison comparison, Prompt before, String words, Completion answer) {
        return new Demonstration(followed(before, words), answer, comparison.provenance());
    }

    private static Prompt followed(Prompt prompt, String words) {
        return new Prompt(
                prompt.id(),
                switch (prompt.text()) {
                    case Text.Raw(String text) -> Text.raw(line(text) + words + "\n");
                    case Text.Chat chat -> chat.withMessages(followed(chat.messages(), words));
                });
    }

    private static List<Message> followed(List<Message> messages, String words) {
        List<Message> longer = new ArrayList<>(messages);
        Message last = longer.getLast();
        if (last.role() == Role.USER) {
            longer.set(longer.size() - 1, last.withContent(line(last.content()) + words));
        } else {
            longer.add(new Message(Role.USER, words));
        }
        return longer;
    }

    /** What was asked and what was answered, as what a second answer follows. */
    private static Prompt answered(Demonstration first) {
        Text answer = first.completion().text();
        return new Prompt(
                first.prompt().id(),
                switch (first.prompt().text()) {
                    case Text.Raw(String text) -> Text.raw(text + answer.plain());
                    case Text.Chat chat -> {
                        List<Message> longer = new ArrayList<>(chat.messages());
                        switch (answer) {
                            case Text.Raw(String text) -> longer.add(new Message(Role.ASSISTANT, text));
                            case Text.Chat said -> longer.addAll(said.messages());
                        }
                        yield chat.withMessages(longer);
                    }
                });
    }

    private static String line(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
}
