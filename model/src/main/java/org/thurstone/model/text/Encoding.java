package org.thurstone.model.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 * Converts prompts and completions to token trees, in which exactly the tokens that a model generates are scored.
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
 * follow is cut in another way (see {@code Transcript}); where that would
 * leave out what is trained on, the example is dropped with the reason. Only the template writes special tokens: where what is said spells some, such as
 * {@code <|im_end|>}, they are tokenised as the text that they are.
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
     * @param longestPrompt the most tokens of a prompt, at least 1; empty: the context
     * @param longestCompletion the most tokens of a completion, at least 1; empty: the context
     * @param textAsTurns whether raw text is rendered by the chat template, as a turn of the user and one of the assistant
     * @param mask what of a completion is not scored although the model said it
     */
    public record Options(
            int context,
            OptionalInt longestPrompt,
            OptionalInt longestCompletion,
            LongPrompt longPrompt,
            LongCompletion longCompletion,
            boolean textAsTurns,
            Optional<Mask> mask) {

        /** Options that score all tokens of a completion, and leave raw text as it is. */
        public Options(int context, LongPrompt longPrompt, LongCompletion longCompletion) {
            this(
                    context,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    longPrompt,
                    longCompletion,
                    false,
                    Optional.empty());
        }

        public Options withMask(Mask left) {
            return withMask(Optional.of(left));
        }

        public Options withMask(Optional<Mask> left) {
            return new Options(
                    context, longestPrompt, longestCompletion, longPrompt, longCompletion, textAsTurns, left);
        }

        /** Options with separate limits for prompts and completions. */
        public Options withLengths(OptionalInt prompt, OptionalInt completion) {
            return new Options(context, prompt, completion, longPrompt, longCompletion, textAsTurns, mask);
        }

        public Options withTextAsTurns(boolean turns) {
            return new Options(context, longestPrompt, longestCompletion, longPrompt, longCompletion, turns, mask);
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

    /** What a conversation would mean something else without. */
    private static final Set<String> MEANING = Stream.concat(
                    Message.REASONING.stream(), Stream.of("tools", "documents", Message.TOOL_CALLS, "tool_plan"))
            .collect(Collectors.toUnmodifiableSet());

    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final CompletionTokens tokens;
    private final Options options;
    private final RenderedText rendered;

    public Encoding(Tokenizer tokenizer, ChatTemplate template, Options options) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.tokens = new CompletionTokens(tokenizer, template.endsTurns());
        this.options = options;
        this.rendered = RenderedText.of(template, tokens);
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** The tokens of a prompt, up to where the completion begins, whatever their number. */
    public int[] prompt(Prompt prompt) {
        return switch (asked(prompt)) {
            case Text.Chat chat -> tokenizer.encode(template.render(literal(chat), true), false);
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
        List<String> notes = new ArrayList<>();
        for (Encoded part : parts) {
            switch (part) {
                case Encoded.Included kept -> {
                    trees.addAll(kept.trees());
                    notes.addAll(kept.notes());
                }
                case Encoded.Dropped dropped -> {
                    return dropped;
                }
            }
        }
        return new Encoded.Included(((Encoded.Included) parts.getFirst()).promptId(), trees, notes);
    }

    /** Every example of a data set. */
    public <E extends Example> Encoded.Rows<E> encodeAll(List<E> examples) {
        return encodeAll(examples, (e, encoding) -> encoding.encode(e));
    }

    /** The same with another method. */
    public <E extends Example> Encoded.Rows<E> encodeAll(List<E> examples, BiFunction<Example, Encoding, Encoded> way) {
        List<Encoded> encoded =
                examples.parallelStream().map(e -> way.apply(e, this)).toList();
        List<Encoded.Row<E>> kept = new ArrayList<>();
        List<Encoded.Dropped> dropped = new ArrayList<>();
        Map<String, Integer> notes = new TreeMap<>();
        for (int i = 0; i < encoded.size(); i++) {
            switch (encoded.get(i)) {
                case Encoded.Included(String id, List<TokenTree> trees, List<String> noted) -> {
                    kept.add(new Encoded.Row<>(examples.get(i), trees));
                    noted.forEach(note -> notes.merge(note, 1, Integer::sum));
                }
                case Encoded.Dropped d -> dropped.add(d);
            }
        }
        return new Encoded.Rows<>(kept, dropped, notes);
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
        if (completions.stream().anyMatch(Completion::isEmpty)) {
            return new Encoded.Dropped(prompt.id(), "the completion is empty");
        }
        return switch (asked(prompt)) {
            case Text.Raw(String before) -> afterText(prompt, before, completions);
            case Text.Chat chat -> afterChat(prompt, chat, completions);
        };
    }

    private Encoded afterText(Prompt prompt, String before, List<Completion> completions) {
        Notes notes = new Notes();
        int[] trunk = prompt(prompt);
        List<CompletionTokens.Piece> pieces = new ArrayList<>();
        for (Completion completion : completions) {
            if (!(text(completion.content()) instanceof Text.Raw(String said))) {
                throw new UserError("prompt " + prompt.id()
                        + " is raw text, but its completion is a conversation: give both as text or both as messages");
            }
            CompletionTokens.Piece piece = tokens.afterText(before, trunk, said, completion.finished());
            notes.addIf(tokens.endsTwice(piece, said), Notes.TWO_ENDS);
            pieces.add(masked(piece));
        }
        if (!(template instanceof ChatTemplate.Plain)) {
            notes.add(rendered.isIn(before) ? Notes.RENDERED_TEXT : Notes.RAW_TEXT);
        }
        return tree(prompt, trunk, pieces, notes);
    }

    private Encoded afterChat(Prompt prompt, Text.Chat asked, List<Completion> completions) {
        Notes notes = new Notes();
        Text.Chat chat = literal(asked);
        List<List<Message>> spelled = completions.stream().map(this::turns).toList();
        List<List<Message>> answers = spelled.stream()
                .map(said -> said.stream().map(this::literal).toList())
                .toList();
        for (List<Message> said : answers) {
            Optional<String> unread = unread(chat, said, notes);
            if (unread.isPresent()) {
                return new Encoded.Dropped(prompt.id(), unread.get());
            }
            if (said.stream().noneMatch(turn -> turn.role() == Role.ASSISTANT && turn.trained())) {
                return new Encoded.Dropped(
                        prompt.id(), "the completion has no turn of the assistant that is trained on");
            }
        }
        String opened = template.render(chat, true);
        List<Transcript> transcripts = answers.stream()
                .map(said -> Transcript.of(template, chat, opened, said))
                .toList();
        String head = transcripts.getFirst().head();
        if (!transcripts.stream().allMatch(transcript -> transcript.head().equals(head))) {
            return new Encoded.Dropped(
                    prompt.id(), "the chat template renders the prompt differently before each of the completions");
        }
        notes.addIf(!head.equals(opened), Notes.OTHER_PROMPT);
        notes.addIf(
                text(prompt.content()) instanceof Text.Raw(String said) && rendered.isIn(said), Notes.RENDERED_TWICE);
        int[] trunk = tokenizer.encode(head, false);
        List<CompletionTokens.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            CompletionTokens.Piece piece = tokens.afterChat(
                    transcripts.get(i), trunk, completions.get(i).finished());
            notes.addIf(
                    spelled.get(i).stream().anyMatch(this::endsSpelled)
                            || transcripts.get(i).endsTwice(answers.get(i)),
                    Notes.TWO_ENDS);
            pieces.add(masked(piece));
        }
        return tree(prompt, trunk, pieces, notes);
    }

    /** A conversation whose texts stay texts, even where they spell special tokens: only the template writes these. */
    private Text.Chat literal(Text.Chat chat) {
        return new Text.Chat(chat.messages().stream().map(this::literal).toList(), literal(chat.arguments()));
    }

    private Message literal(Message turn) {
        return new Message(turn.role(), tokenizer.literal(turn.content()), turn.trained(), literal(turn.details()));
    }

    private Map<String, Object> literal(Map<String, Object> values) {
        Map<String, Object> literal = new LinkedHashMap<>();
        values.forEach((key, value) -> literal.put(key, literalValue(value)));
        return literal;
    }

    private @Nullable Object literalValue(@Nullable Object value) {
        return switch (value) {
            case String text -> tokenizer.literal(text);
            case List<?> list -> list.stream().map(this::literalValue).collect(Collectors.toCollection(ArrayList::new));
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> literal = new LinkedHashMap<>();
                map.forEach((key, item) -> literal.put(tokenizer.literal(String.valueOf(key)), literalValue(item)));
                yield literal;
            }
            case null, default -> value;
        };
    }

    /** Whether an answer ends with a spelled special token, as one does that a template has rendered before. */
    private boolean endsSpelled(Message turn) {
        return turn.role() == Role.ASSISTANT
                && turn.trained()
                && tokenizer.endings().stream()
                        .mapToObj(tokenizer::shown)
                        .anyMatch(end ->
                                !end.isEmpty() && turn.content().stripTrailing().endsWith(end));
    }

    /** Why a conversation would mean something else without what the template does not read; other keys that it does not read are noted. */
    private Optional<String> unread(Text.Chat chat, List<Message> said, Notes notes) {
        for (String key : chat.arguments().keySet()) {
            if (!template.reads(key)) {
                if (MEANING.contains(key)) {
                    return Optional.of("the chat template does not read '" + key + "'");
                }
                notes.add("the chat template does not read the argument '" + key + "'");
            }
        }
        for (Message turn : chat.followedBy(said).messages()) {
            for (String key : turn.details().keySet()) {
                if (!template.reads(key)) {
                    if (MEANING.contains(key)) {
                        return Optional.of("the chat template does not read '" + key + "' of turns" + instead(key));
                    }
                    notes.add("the chat template does not read '" + key + "' of turns");
                }
            }
        }
        return Optional.empty();
    }

    private String instead(String key) {
        return Message.REASONING.contains(key)
                ? Message.REASONING.stream()
                        .filter(template::reads)
                        .findFirst()
                        .map(other -> "; it reads '" + other + "'")
                        .orElse("")
                : "";
    }

    private List<Message> turns(Completion completion) {
        return switch (text(completion.content())) {
            case Text.Raw(String said) -> List.of(new Message(Role.ASSISTANT, said));
            case Text.Chat said -> said.messages();
        };
    }

    /** The prompt as it is encoded. */
    private Text asked(Prompt prompt) {
        Text text = text(prompt.content());
        return options.textAsTurns && text instanceof Text.Raw(String said)
                ? Text.chat(List.of(new Message(Role.USER, said)))
                : text;
    }

    /** Whether raw text begins with the BOS that the tokenizer would have put before it. */
    private boolean spellsBos(Prompt prompt) {
        if (!(asked(prompt) instanceof Text.Raw(String said)) || tokenizer.bos().isEmpty()) {
            return false;
        }
        int bos = tokenizer.bos().getAsInt();
        int[] empty = tokenizer.encode("", true);
        return empty.length > 0 && empty[0] == bos && said.startsWith(tokenizer.shown(bos));
    }

    private Encoded tree(Prompt prompt, int[] asked, List<CompletionTokens.Piece> pieces, Notes notes) {
        if (asked.length == 0) {
            return new Encoded.Dropped(
                    prompt.id(), "the prompt is empty, and the tokenizer has no BOS or EOS to represent it");
        }
        if (pieces.stream().anyMatch(piece -> piece.scored().isEmpty())) {
            return new Encoded.Dropped(prompt.id(), "the completion has no assistant text");
        }
        boolean twice =
                asked.length > 1 && asked[0] == asked[1] && tokenizer.bos().orElse(-1) == asked[0];
        notes.addIf(twice, Notes.TWO_BEGINNINGS);
        notes.addIf(!twice && spellsBos(prompt), Notes.SPELLED_BEGINNING);
        int[] trunk = asked;
        int longest = Math.min(
                options.longestCompletion.orElse(Integer.MAX_VALUE),
                pieces.stream().mapToInt(p -> p.tokens().length).max().orElse(0));
        int most = Math.min(options.context - 1, options.longestPrompt.orElse(Integer.MAX_VALUE));
        if (options.longPrompt == LongPrompt.KEEP_END) {
            trunk = end(asked, Math.min(most, Math.max(options.context - longest, (options.context + 1) / 2)));
            notes.addIf(trunk.length < asked.length, Notes.CUT_PROMPT);
        }
        if (trunk.length > most) {
            String reason = trunk.length >= options.context
                    ? "the prompt leaves no room for a completion within " + options.context + " tokens"
                    : "the prompt is longer than " + most + " tokens";
            if (options.longPrompt == LongPrompt.REFUSE) {
                throw new UserError("prompt " + prompt.id() + ": " + reason + ": it has " + trunk.length);
            }
            return new Encoded.Dropped(prompt.id(), reason);
        }
        int room = Math.min(options.context - trunk.length, options.longestCompletion.orElse(Integer.MAX_VALUE));
        int whole = pieces.stream().mapToInt(p -> p.tokens().length).max().orElse(0);
        if (whole > room && options.longCompletion == LongCompletion.DROP) {
            return new Encoded.Dropped(prompt.id(), "a completion does not fit after its prompt");
        }
        List<TokenTree.Segment> segments = new ArrayList<>();
        segments.add(TokenTree.Segment.unscored(-1, trunk));
        for (CompletionTokens.Piece piece : pieces) {
            int length = Math.min(piece.tokens().length, room);
            notes.addIf(length < piece.tokens().length, Notes.CUT_COMPLETION);
            BitSet scored = piece.scored().get(0, length);
            if (scored.isEmpty()) {
                return new Encoded.Dropped(prompt.id(), "no assistant text is left after truncation");
            }
            segments.add(new TokenTree.Segment(0, Arrays.copyOf(piece.tokens(), length), scored));
        }
        notes.addIf(
                pieces.size() > 1 && pieces.stream().allMatch(piece -> piece.tokens().length > room), Notes.CUT_ALL);
        return new Encoded.Included(prompt.id(), List.of(new TokenTree(segments)), notes.list());
    }

    private CompletionTokens.Piece masked(CompletionTokens.Piece piece) {
        options.mask.ifPresent(mask -> piece.scored().andNot(mask.of(piece.tokens(), tokenizer)));
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

    private static Text text(Content content) {
        return Text.of(content, "the tokenizer reads text");
    }
}
