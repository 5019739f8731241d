package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Encoding;
import org.thurstone.train.loss.RequiredSamples;

/** Auxiliary sequences that some losses need in addition to the completions of a pair, made from the pair itself. */
final class AuxiliarySequences {

    private AuxiliarySequences() {}

    static Encoded encoded(RequiredSamples required, Comparison pair, Encoding encoding) {
        return switch (required.from()) {
            case RATIONALE -> withRationale(pair, encoding);
            case REMOVAL -> withRemovals(pair, required.each() / 2, encoding);
            case REFERENCE, POLICY -> encoding.encode(pair);
        };
    }

    private static Encoded withRationale(Comparison pair, Encoding encoding) {
        Optional<String> rationale = pair.particulars().rationale();
        if (rationale.isEmpty()) {
            return new Encoded.Dropped(
                    pair.prompt().id(), "it comes without a rationale, which the loss learns to give: add 'rationale'");
        }
        Encoded compared = encoding.encode(pair);
        Encoded reason = encoding.encode(question(pair), List.of(Completion.raw(rationale.get())));
        return compared instanceof Encoded.Included pairs
                ? reason instanceof Encoded.Included why ? pairs.withTrees(joined(pairs.trees(), why.tree())) : reason
                : compared;
    }

    private static List<TokenTree> joined(List<TokenTree> trees, TokenTree last) {
        List<TokenTree> all = new ArrayList<>(trees);
        all.add(last);
        return all;
    }

    /** What is asked before a rationale: both answers, the preferred one first, and why. */
    private static Prompt question(Comparison pair) {
        String words = "Question: " + pair.chosenPrompt().text().plain() + "\n\nAnswer A: "
                + pair.chosen().text().plain() + "\n\nAnswer B: "
                + pair.rejected().text().plain() + "\n\nWhy is answer A better than answer B?";
        boolean chat = pair.chosenPrompt().text() instanceof Text.Chat;
        return new Prompt(
                pair.chosenPrompt().id() + " why",
                chat ? Text.chat(List.of(new Message(Role.USER, words))) : Text.raw(words + "\n\n"));
    }

    /** The pair, then the chosen one without more and more of its key phrases, then the rejected one. */
    private static Encoded withRemovals(Comparison pair, int levels, Encoding encoding) {
        String id = pair.prompt().id();
        if (pair.particulars().rightPrompt().isPresent()) {
            return new Encoded.Dropped(id, "its completions answer different prompts");
        }
        List<Completion> completions = new ArrayList<>(List.of(pair.chosen(), pair.rejected()));
        for (Completion whole : List.of(pair.chosen(), pair.rejected())) {
            Completion last = whole;
            for (int level = 1; level <= levels; level++) {
                Completion less = without(whole, (double) level / levels);
                if (less.equals(last)) {
                    return new Encoded.Dropped(
                            id, "an answer has too few key phrases to be taken out in " + levels + " steps");
                }
                completions.add(less);
                last = less;
            }
        }
        return encoding.encode(pair.prompt(), completions);
    }

    /** Without a share of the key phrases of what was said last. */
    private static Completion without(Completion whole, double share) {
        return switch (whole.text()) {
            case Text.Raw(String text) ->
                new Completion(Text.raw(KeyPhrases.of(text).without(share)), whole.finished());
            case Text.Chat chat -> {
                List<Message> kept = new ArrayList<>(chat.messages());
                Message last = kept.removeLast();
                kept.add(last.withContent(KeyPhrases.of(last.content()).without(share)));
                yield new Completion(chat.withMessages(kept), whole.finished());
            }
        };
    }
}
