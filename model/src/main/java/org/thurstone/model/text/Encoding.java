package org.thurstone.model.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Content;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;

/**
 * From prompts and completions to token trees in which exactly what the model said is scored.
 *
 * <p><b>Raw text.</b> The prompt is tokenised with the tokenizer's opening (BOS where it puts one); the completion's tokens are what
 * tokenising both together adds to that, EOS included if it is finished (its spelling is appended unless it is there already). This is what TRL's
 * {@code DPOTrainer} does, to the token, wherever the prompt's tokens are a beginning of those of the joined text. Where a token would
 * straddle the border TRL warns and shifts the border; here prompt and completion are tokenised apart, so that the border stays exact. An
 * empty prompt is BOS alone, or EOS where the tokenizer has no BOS.
 *
 * <p><b>Conversations.</b> The template renders the prompt with the beginning of the assistant's turn; what rendering one more turn adds is that
 * turn. Assistant turns are scored up to and with their end-of-turn token (white space that the template puts after it is not: the
 * model never says it; of an unfinished last turn the end is not scored either); tool and user turns among the completion are not. A template that renders earlier turns differently once later ones
 * follow cannot be cut this way and is refused.
 *
 * <p>All methods may be called from several threads at once.
 */
public final class Encoding {

    /** What to do with a prompt that leaves no room for a completion. */
    public enum LongPrompt {
        /** Stop with a {@link UserError}. */
        REFUSE,
        /**
         * Cut its beginning, keeping BOS, so that the longest completion fits, but no shorter than half of the context.
         */
        KEEP_END,
        /** Drop the example. */
        DROP
    }

    /** What to do with a completion that does not fit behind its prompt. */
    public enum LongCompletion {
        /** Cut its end. */
        TRUNCATE,
        /** Drop the example. */
        DROP
    }

    /**
     * @param context the most tokens of prompt and completion together, at least 2
     * @param mask what of a completion is not scored although the model said it
     */
    public record Options(int context, LongPrompt longPrompt, LongCompletion longCompletion, Optional<Mask> mask) {

        /** With everything scored that the model said. */
        public Options(int context, LongPrompt longPrompt, LongCompletion longCompletion) {
            this(context, longPrompt, longCompletion, Optional.empty());
        }

        public Options withMask(Mask left) {
            return new Options(context, longPrompt, longCompletion, Optional.of(left));
        }

        public Options {
            if (context < 2) {
                throw new IllegalArgumentException(
                        "a context of " + context + " tokens holds no prompt and completion");
            }
        }

        /** Long prompts dropped, long completions truncated: TRL's defaults. */
        public static Options of(int context) {
            return new Options(context, LongPrompt.DROP, LongCompletion.TRUNCATE);
        }
    }

    /** Tokens of a completion and which of them are scored. */
    private record Piece(int[] tokens, BitSet scored) {}

    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Border border;
    private final Options options;

    public Encoding(Tokenizer tokenizer, ChatTemplate template, Options options) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.border = new Border(tokenizer);
        this.options = options;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** The tokens of a prompt, up to where the completion begins, whatever their number. */
    public int[] prompt(Prompt prompt) {
        return switch (text(prompt.content())) {
            case Text.Chat(List<Message> messages) -> tokenizer.encode(template.render(messages, true), false);
            case Text.Raw(String text) -> {
                int[] tokens = tokenizer.encode(text, true);
                yield tokens.length > 0
                        ? tokens
                        : (tokenizer.bos().isPresent() ? tokenizer.bos() : tokenizer.eos())
                                .stream().toArray();
            }
        };
    }

    /**
     * The trees of an example. Of a comparison, the chosen completion (of a tie, the left) is the first leaf, and one whose completions answer
     * different prompts has a tree for each; a contrast has one for each prompt, with all completions as its leaves.
     */
    public Encoded encode(Example example) {
        return switch (example) {
            case Comparison c
            when c.particulars().rightPrompt().isPresent() ->
                joined(List.of(
                        encode(c.chosenPrompt(), List.of(c.chosen())),
                        encode(c.rejectedPrompt(), List.of(c.rejected()))));
            case Comparison c -> distinct(encode(c.prompt(), List.of(c.chosen(), c.rejected())));
            case Contrast c ->
                joined(c.prompts().stream().map(p -> encode(p, c.completions())).toList());
            case Ranking r -> encode(r.prompt(), r.completions());
            case Rating r -> encode(r.prompt(), List.of(r.completion()));
            case Demonstration d -> encode(d.prompt(), List.of(d.completion()));
        };
    }

    private static Encoded joined(List<Encoded> parts) {
        List<TokenTree> trees = new ArrayList<>();
        for (Encoded part : parts) {
            switch (part) {
                case Encoded.Included kept -> trees.addAll(kept.trees());
                case Encoded.Dropped dropped -> {
                    return dropped;
                }
            }
        }
        return new Encoded.Included(((Encoded.Included) parts.getFirst()).promptId(), trees);
    }

    /** Every example of a data set. */
    public <E extends Example> Encoded.Rows<E> encodeAll(List<E> examples) {
        return encodeAll(examples, (e, encoding) -> encoding.encode(e));
    }

    /** The same in a way of one's own. */
    public <E extends Example> Encoded.Rows<E> encodeAll(List<E> examples, BiFunction<Example, Encoding, Encoded> way) {
        List<Encoded> encoded =
                examples.parallelStream().map(e -> way.apply(e, this)).toList();
        List<Encoded.Row<E>> kept = new ArrayList<>();
        List<Encoded.Dropped> dropped = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            switch (encoded.get(i)) {
                case Encoded.Included(String id, List<TokenTree> trees) ->
                    kept.add(new Encoded.Row<>(examples.get(i), trees));
                case Encoded.Dropped d -> dropped.add(d);
            }
        }
        return new Encoded.Rows<>(kept, dropped);
    }

    /** A prompt and its completions as one tree, whose leaves are the completions in order. */
    public Encoded encode(Prompt prompt, List<Completion> completions) {
        try {
            return tree(prompt, completions);
        } catch (TemplateRefusal e) {
            return new Encoded.Dropped(prompt.id(), "the chat template refuses it: " + e.getMessage());
        }
    }

    private Encoded tree(Prompt prompt, List<Completion> completions) {
        int[] trunk = prompt(prompt);
        if (trunk.length == 0) {
            return new Encoded.Dropped(
                    prompt.id(), "the prompt is empty, and the tokenizer has no BOS or EOS to stand for it");
        }
        List<Piece> pieces = new ArrayList<>();
        for (Completion completion : completions) {
            if (completion.isBlank()) {
                return new Encoded.Dropped(prompt.id(), "the completion is empty");
            }
            Piece piece = masked(piece(prompt, trunk, completion));
            if (piece.scored.isEmpty()) {
                return new Encoded.Dropped(prompt.id(), "the completion has nothing that the assistant said");
            }
            pieces.add(piece);
        }
        int longest = pieces.stream().mapToInt(p -> p.tokens.length).max().orElse(0);
        if (options.longPrompt == LongPrompt.KEEP_END) {
            trunk = end(trunk, Math.max(options.context - longest, (options.context + 1) / 2));
        }
        if (trunk.length >= options.context) {
            String reason = "the prompt has " + trunk.length + " tokens, which leaves no room for a completion in "
                    + options.context;
            if (options.longPrompt == LongPrompt.REFUSE) {
                throw new UserError("prompt " + prompt.id() + ": " + reason);
            }
            return new Encoded.Dropped(prompt.id(), reason);
        }
        int room = options.context - trunk.length;
        if (longest > room && options.longCompletion == LongCompletion.DROP) {
            return new Encoded.Dropped(
                    prompt.id(), "a completion has " + longest + " tokens, where " + room + " are left");
        }
        List<TokenTree.Segment> segments = new ArrayList<>();
        segments.add(TokenTree.Segment.unscored(-1, trunk));
        for (Piece piece : pieces) {
            int length = Math.min(piece.tokens.length, room);
            BitSet scored = piece.scored.get(0, length);
            if (scored.isEmpty()) {
                return new Encoded.Dropped(prompt.id(), "nothing that the assistant said is left after truncation");
            }
            segments.add(new TokenTree.Segment(0, Arrays.copyOf(piece.tokens, length), scored));
        }
        return new Encoded.Included(prompt.id(), List.of(new TokenTree(segments)));
    }

    private Piece masked(Piece piece) {
        options.mask.ifPresent(mask -> piece.scored.andNot(mask.of(piece.tokens, tokenizer)));
        return piece;
    }

    private static Encoded distinct(Encoded encoded) {
        return encoded instanceof Encoded.Included kept
                        && Arrays.equals(
                                kept.tree().segments().get(1).tokens(),
                                kept.tree().segments().get(2).tokens())
                ? new Encoded.Dropped(kept.promptId(), "chosen and rejected are the same tokens")
                : encoded;
    }

    private int[] end(int[] tokens, int length) {
        if (tokens.length <= length) {
            return tokens;
        }
        int[] kept = Arrays.copyOfRange(tokens, tokens.length - length, tokens.length);
        if (tokenizer.bos().isPresent() && tokens[0] == tokenizer.bos().getAsInt()) {
            kept[0] = tokens[0];
        }
        return kept;
    }

    private Piece piece(Prompt prompt, int[] trunk, Completion completion) {
        return switch (text(prompt.content())) {
            case Text.Raw(String before) ->
                switch (text(completion.content())) {
                    case Text.Raw(String text) -> raw(before, trunk, text, completion.finished());
                    case Text.Chat c ->
                        throw new UserError(
                                "prompt " + prompt.id()
                                        + " is raw text, but its completion is a conversation: give both as text or both as messages");
                };
            case Text.Chat(List<Message> messages) ->
                turns(
                        prompt.id(),
                        messages,
                        trunk,
                        switch (text(completion.content())) {
                            case Text.Raw(String text) -> List.of(new Message(Role.ASSISTANT, text));
                            case Text.Chat(List<Message> said) -> said;
                        },
                        completion.finished());
        };
    }

    private static Text text(Content content) {
        return Text.of(content, "the tokenizer reads text");
    }

    private Piece raw(String before, int[] trunk, String text, boolean finished) {
        String whole = finished && !text.endsWith(tokenizer.eosText()) ? text + tokenizer.eosText() : text;
        int[] tokens = before.isEmpty() ? tokenizer.encode(whole, false) : border.after(before, trunk, whole, true);
        BitSet all = new BitSet();
        all.set(0, tokens.length);
        return new Piece(tokens, all);
    }

    private Piece turns(String id, List<Message> before, int[] trunk, List<Message> turns, boolean finished) {
        List<Message> said = new ArrayList<>(before);
        String text = template.render(said, true);
        int[] tokens = trunk;
        BitSet scored = new BitSet();
        int end = trunk.length;
        for (int i = 0; i < turns.size(); i++) {
            Message turn = turns.get(i);
            if (turn.role() == Role.ASSISTANT) {
                if (i > 0) {
                    String opened = extended(id, text, template.render(said, true));
                    tokens = border.extend(text, tokens, opened.substring(text.length()), false);
                    text = opened;
                }
                said.add(turn);
                String closed = extended(id, text, template.render(said, false));
                int start = tokens.length;
                tokens = border.extend(text, tokens, closed.substring(text.length()), false);
                text = closed;
                end = endOfTurn(tokens, start, finished || i < turns.size() - 1);
                scored.set(start - trunk.length, end - trunk.length);
            } else {
                said.add(turn);
            }
        }
        // Nothing after the last scored token matters to it.
        int[] own = Arrays.copyOfRange(tokens, trunk.length, end);
        if (finished && !template.endsTurns() && tokenizer.eos().isPresent() && own.length > 0) {
            own = Arrays.copyOf(own, own.length + 1);
            own[own.length - 1] = tokenizer.eos().getAsInt();
            scored.set(own.length - 1);
        }
        return new Piece(own, scored);
    }

    /**
     * Where a turn ends: behind its last special token if only white space follows that (before it, if the turn is unfinished), else at the
     * very end.
     */
    private int endOfTurn(int[] tokens, int start, boolean finished) {
        for (int i = tokens.length - 1; i >= start; i--) {
            if (tokenizer.special(tokens[i])) {
                return tokenizer
                                .decode(Arrays.copyOfRange(tokens, i + 1, tokens.length))
                                .isBlank()
                        ? (finished ? i + 1 : i)
                        : tokens.length;
            }
        }
        return tokens.length;
    }

    private static String extended(String id, String before, String after) {
        if (!after.startsWith(before)) {
            int at = 0;
            while (at < Math.min(before.length(), after.length()) && before.charAt(at) == after.charAt(at)) {
                at++;
            }
            throw new UserError(
                    "prompt " + id
                            + ": the chat template renders earlier turns differently once another follows (from \""
                            + excerpt(before, at) + "\" to \"" + excerpt(after, at)
                            + "\"), so no exact span of the completion exists; train on single assistant turns, or use another template");
        }
        return after;
    }

    private static String excerpt(String text, int from) {
        return text.substring(from, Math.min(text.length(), from + 40)).replace("\n", "\\n");
    }
}
