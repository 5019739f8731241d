package org.thurstone.worlds.language.augment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Reward-augmented data: a pair with scores becomes two pairs, each with a prompt that asks for one of the scores. If it asks for the better score,
 * the better completion is chosen; if it asks for the worse score, the worse one is. The policy thus also learns from the good parts of rejected
 * completions; after training, ask for the highest score. Works with any loss over pairs. A pair with equal scores becomes a single pair. From a
 * ranking with scores, the best and the worst form the pair. arXiv:2410.08067.
 *
 * @param goal text before the prompt (in a conversation, the system prompt), with {@code {score}} in place of the score
 */
@Method(
        name = "reward-augmented",
        kind = "augmentation",
        papers = "2410.08067",
        source = "arXiv:2410.08067",
        summary = "each pair twice, conditioned on the score of either completion")
public record RewardAugmented(
        @Default("Give an answer whose score is {score} out of 10.")
        String goal) implements Augmentation {

    private static final String PLACE = "{score}";

    public RewardAugmented {
        if (!goal.contains(PLACE)) {
            throw new IllegalArgumentException("goal \"" + goal + "\" has no " + PLACE + " where the score goes");
        }
    }

    @Override
    public List<Example> of(Example example) {
        return switch (example) {
            case Comparison c
            when c.particulars().scores().isPresent()
                    && c.particulars().rightPrompt().isEmpty() ->
                both(c, c.particulars().scores().get());
            case Ranking r
            when r.values().isPresent() -> ofRanking(r, r.values().get());
            default ->
                throw new UserError("prompt " + example.prompt().id()
                        + ": reward-augmented data need pairs with a score for each side (score_chosen, score_rejected),"
                        + " or completions with scores");
        };
    }

    private List<Example> ofRanking(Ranking ranking, List<Double> values) {
        int best = values.indexOf(Collections.max(values));
        int worst = values.lastIndexOf(Collections.min(values));
        if (best == worst) {
            return List.of();
        }
        Comparison pair = new Comparison(
                ranking.prompt(),
                ranking.completions().get(best),
                ranking.completions().get(worst),
                new Preference.Left(),
                OptionalDouble.of(values.get(best) - values.get(worst)),
                ranking.provenance());
        return both(pair, new Particulars.Scores(values.get(best), values.get(worst)));
    }

    private List<Example> both(Comparison c, Particulars.Scores scores) {
        boolean left = c.preference().probability() >= 0.5;
        List<Example> pairs = new ArrayList<>();
        pairs.add(asked(c, left ? scores.left() : scores.right(), c.preference()));
        if (scores.left() != scores.right()) {
            pairs.add(asked(
                    c, left ? scores.right() : scores.left(), c.preference().swapped()));
        }
        return pairs;
    }

    private Comparison asked(Comparison c, double score, Preference preference) {
        String number = score == Math.rint(score) ? Long.toString(Math.round(score)) : Double.toString(score);
        return new Comparison(
                new Prompt(c.prompt().id() + " for " + number, with(c.prompt().text(), goal.replace(PLACE, number))),
                c.left(),
                c.right(),
                preference,
                c.margin(),
                c.provenance(),
                c.particulars());
    }

    /** The goal before the prompt. */
    private static Text with(Text prompt, String goal) {
        return switch (prompt) {
            case Text.Raw(String raw) -> Text.raw(goal + "\n" + raw);
            case Text.Chat chat -> {
                List<Message> all = new ArrayList<>(chat.messages());
                String before =
                        all.getFirst().role() == Role.SYSTEM ? all.removeFirst().content() + "\n" : "";
                all.addFirst(new Message(Role.SYSTEM, before + goal));
                yield chat.withMessages(all);
            }
        };
    }
}
