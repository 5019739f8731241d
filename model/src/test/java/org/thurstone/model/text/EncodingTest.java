package org.thurstone.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Message;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.Encoding.LongCompletion;
import org.thurstone.model.text.Encoding.LongPrompt;
import org.thurstone.model.text.Encoding.Options;

/** Tokens: special 0 – 2, then a … j are 3 – 12, u 13, s 14, r 15, line break 16, | 17, ab 18. */
class EncodingTest {

    private static final List<String> WORDS =
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "u", "s", "r", "\n", "|", "ab");

    /** {@code u|…\n} for the user, {@code s|…<eos>\n} for the assistant, {@code r|…\n} for a tool. */
    private static final ChatTemplate TURNS = new ChatTemplate() {
        @Override
        public String render(Text.Chat chat, boolean prompting) {
            StringBuilder text = new StringBuilder();
            for (Message m : chat.messages()) {
                text.append(
                        switch (m.role()) {
                            case USER -> "u|" + m.content() + "\n";
                            case ASSISTANT -> "s|" + m.content() + "<eos>\n";
                            case TOOL -> "r|" + m.content() + "\n";
                            case SYSTEM -> throw new TemplateRefusal("no system turn here");
                        });
            }
            return prompting ? text + "s|" : text.toString();
        }

        @Override
        public boolean endsTurns() {
            return true;
        }
    };

    @TempDir
    Path directory;

    private Tokenizer tokenizer;

    @BeforeEach
    void write() {
        new WordTokenizerFile(WORDS, "ab|[\\s\\S]").write(directory, 64);
        tokenizer = Tokenizer.load(directory);
    }

    private Encoding encoding(Options options) {
        return new Encoding(tokenizer, TURNS, options);
    }

    private TokenTree tree(Prompt prompt, Completion... completions) {
        return ((Encoded.Included) encoding(Options.of(64)).encode(prompt, List.of(completions))).tree();
    }

    private String reason(Options options, Prompt prompt, Completion... completions) {
        return ((Encoded.Dropped) encoding(options).encode(prompt, List.of(completions))).reason();
    }

    private static Prompt raw(String text) {
        return new Prompt("p1", Text.raw(text));
    }

    private static Prompt chat(Message... messages) {
        return new Prompt("p1", Text.chat(List.of(messages)));
    }

    private static Message user(String text) {
        return new Message(Role.USER, text);
    }

    private static Message assistant(String text) {
        return new Message(Role.ASSISTANT, text);
    }

    private static int[] scored(TokenTree.Segment s) {
        return s.scored().stream().map(i -> s.tokens()[i]).toArray();
    }

    @Test
    void rawCompletionsBranchFromTheirPromptAndEndWithEos() {
        TokenTree tree = tree(raw("cd"), Completion.raw("ef"), Completion.raw("g<eos>"));
        assertThat(tree.segments().get(0).tokens()).containsExactly(5, 6);
        assertThat(tree.segments().get(0).scored().isEmpty()).isTrue();
        assertThat(tree.segments().get(1).tokens()).containsExactly(7, 8, 1);
        assertThat(scored(tree.segments().get(1))).containsExactly(7, 8, 1);
        assertThat(tree.segments().get(2).tokens()).containsExactly(9, 1);
        assertThat(tree.leaves()).containsExactly(1, 2);
    }

    @Test
    void answersToDifferentPromptsHaveATreeEach() {
        Comparison pair = new Comparison(
                raw("cd"),
                Completion.raw("ef"),
                Completion.raw("g"),
                new Preference.Right(),
                OptionalDouble.empty(),
                Provenance.UNKNOWN,
                Particulars.NONE.withRightPrompt(raw("c")));
        List<TokenTree> trees = ((Encoded.Included) encoding(Options.of(64)).encode(pair)).trees();
        assertThat(trees).hasSize(2);
        assertThat(trees.get(0).segments().get(0).tokens()).containsExactly(5); // the preferred one first
        assertThat(trees.get(0).segments().get(1).tokens()).containsExactly(9, 1);
        assertThat(trees.get(1).segments().get(0).tokens()).containsExactly(5, 6);
        assertThat(trees.get(1).segments().get(1).tokens()).containsExactly(7, 8, 1);
        TokenTree.Segment prompt = trees.get(1).withScoredPrompt().segments().getFirst();
        assertThat(scored(prompt)).containsExactly(6);
    }

    @Test
    void aContrastHasEveryCompletionAfterEveryPrompt() {
        Contrast contrast = new Contrast(
                List.of(raw("c"), raw("d")), List.of(Completion.raw("e"), Completion.raw("f")), Provenance.UNKNOWN);
        List<TokenTree> trees = ((Encoded.Included) encoding(Options.of(64)).encode(contrast)).trees();
        assertThat(trees).hasSize(2).allSatisfy(t -> {
            assertThat(t.segments().get(1).tokens()).containsExactly(7, 1);
            assertThat(t.segments().get(2).tokens()).containsExactly(8, 1);
        });
        assertThat(trees.get(1).segments().get(0).tokens()).containsExactly(6);
    }

    @Test
    void thoughtsAreLeftUnscored() {
        // "ab" begins a thought, "|" ends it.
        String said = "cabde|fabg";
        TokenTree.Segment hidden = masked(new ThinkingMask("ab", "|", 1, false), said);
        assertThat(scored(hidden)).containsExactly(5, 8);
        TokenTree.Segment marked = masked(new ThinkingMask("ab", "|", 1, true), said);
        assertThat(scored(marked)).containsExactly(5, 18, 17, 8, 18);
        // The last thought was never ended: the end of the text belongs to it.
        assertThat(hidden.tokens()).containsExactly(5, 18, 6, 7, 17, 8, 18, 9, 1);
        assertThat(scored(masked(new ThinkingMask("ab", "|", 0, true), said))).hasSize(9);
        // A mark may be a special token, which has no text.
        assertThat(scored(masked(new ThinkingMask("<eos>", "|", 1, false), "c<eos>de|f")))
                .containsExactly(5, 8); // and so is the end
        // A mark of several tokens, in a turn of the assistant.
        Options thinking = Options.of(64).withMask(new ThinkingMask("hi", "ih", 1, false));
        TokenTree tree = ((Encoded.Included)
                        encoding(thinking).encode(chat(user("c")), List.of(Completion.raw("hidihe"))))
                .tree();
        assertThat(scored(tree.segments().get(1))).containsExactly(7, 1);
        assertThat(((Encoded.Dropped) encoding(thinking).encode(raw("c"), List.of(Completion.raw("hid")))).reason())
                .contains("no assistant text");
    }

    @Test
    void aShareOfAThoughtIsChosenOnceAndForAll() {
        String said = "ab" + "cdefghij".repeat(5) + "|";
        int half =
                masked(new ThinkingMask("ab", "|", 0.5, false), said).scored().cardinality() - 1;
        assertThat(half).isBetween(8, 32);
        assertThat(masked(new ThinkingMask("ab", "|", 0.5, false), said).scored())
                .isEqualTo(masked(new ThinkingMask("ab", "|", 0.5, false), said).scored());
    }

    private TokenTree.Segment masked(ThinkingMask mask, String said) {
        return ((Encoded.Included)
                        encoding(Options.of(64).withMask(mask)).encode(raw("c"), List.of(Completion.raw(said))))
                .tree()
                .segments()
                .get(1);
    }

    @Test
    void anUnfinishedCompletionHasNoEnd() {
        assertThat(tree(raw("cd"), new Completion(Text.raw("ef"), false))
                        .segments()
                        .get(1)
                        .tokens())
                .containsExactly(7, 8);
        TokenTree.Segment turn = tree(chat(user("c")), new Completion(Text.answer("ef"), false))
                .segments()
                .get(1);
        assertThat(turn.tokens()).containsExactly(7, 8);
        assertThat(scored(turn)).containsExactly(7, 8);
    }

    @Test
    void tokenAcrossTheBorderIsSplit() {
        // Joined, "ca" + "bd" would be c, ab, d.
        TokenTree tree = tree(raw("ca"), Completion.raw("bd"));
        assertThat(tree.segments().get(0).tokens()).containsExactly(5, 3);
        assertThat(tree.segments().get(1).tokens()).containsExactly(4, 6, 1);
    }

    @Test
    void anEmptyRawPromptIsEosWhereThereIsNoBos() {
        TokenTree tree = tree(raw(""), Completion.raw("cd"));
        assertThat(tree.segments().get(0).tokens()).containsExactly(1);
        assertThat(tree.segments().get(1).tokens()).containsExactly(5, 6, 1);
    }

    @Test
    void ofAConversationTheAnswerAndItsEndAreScored() {
        TokenTree tree = tree(chat(user("c"), assistant("d"), user("e")), new Completion(Text.answer("fab")));
        assertThat(tokenizer.decode(tree.segments().get(0).tokens())).isEqualTo("u|c\ns|d\nu|e\ns|");
        assertThat(tree.segments().get(1).tokens()).containsExactly(8, 18, 1);
        assertThat(scored(tree.segments().get(1))).containsExactly(8, 18, 1);
    }

    @Test
    void toolTurnsAmongTheCompletionAreReadNotScored() {
        Text turns = Text.chat(List.of(assistant("d"), new Message(Role.TOOL, "g"), assistant("fe")));
        TokenTree.Segment branch =
                tree(chat(user("c")), new Completion(turns)).segments().get(1);
        // d <eos> \n r | g \n s | f e <eos>
        assertThat(branch.tokens()).containsExactly(6, 1, 16, 15, 17, 9, 16, 14, 17, 8, 7, 1);
        assertThat(branch.scored().stream()).containsExactly(0, 1, 9, 10, 11);
    }

    @Test
    void rawTextAnswersAConversation() {
        assertThat(tree(chat(user("c")), Completion.raw("d")).segments().get(1).tokens())
                .containsExactly(6, 1);
    }

    @Test
    void withoutATemplateTurnsArePlainAndTheLastEndsWithEos() {
        ChatTemplate plain = ChatTemplate.plain(tokenizer);
        Encoded encoded = new Encoding(tokenizer, plain, Options.of(64))
                .encode(chat(user("c")), List.of(new Completion(Text.answer("d"))));
        assertThat(plain.render(List.of(user("c")), true)).isEqualTo("\n\nHuman: c\n\nAssistant:");
        TokenTree.Segment branch =
                ((Encoded.Included) encoded).tree().segments().get(1);
        // The space is unknown to these words.
        assertThat(branch.tokens()).containsExactly(2, 6, 1);
        assertThat(branch.scored().cardinality()).isEqualTo(3);
    }

    @Test
    void rowsRejectedByTheTemplateAreDroppedWithItsMessage() {
        assertThat(reason(
                        Options.of(64),
                        chat(new Message(Role.SYSTEM, "a"), user("c")),
                        new Completion(Text.answer("d"))))
                .isEqualTo("the chat template refuses it: no system turn here");
    }

    @Test
    void emptyAndEqualCompletionsAreDroppedWithTheReason() {
        assertThat(reason(Options.of(64), raw("c"), Completion.raw(""))).isEqualTo("the completion is empty");
        assertThat(reason(Options.of(64), chat(user("c")), new Completion(Text.chat(List.of(user("d"))))))
                .isEqualTo("the completion has no turn of the assistant that is trained on");
        Encoded same =
                encoding(Options.of(64)).encode(Comparison.of(raw("c"), Completion.raw("é"), Completion.raw("è")));
        assertThat(same).isEqualTo(new Encoded.Dropped("p1", "chosen and rejected are the same tokens"));
    }

    private List<String> notes(Options options, Prompt prompt, Completion... completions) {
        Encoded encoded = encoding(options).encode(prompt, List.of(completions));
        assertThat(encoded).isInstanceOf(Encoded.Included.class);
        return ((Encoded.Included) encoded).notes();
    }

    @Test
    void whatIsCutIsNotedForEachCompletion() {
        Options room = Options.of(64).withLengths(OptionalInt.empty(), OptionalInt.of(2));
        assertThat(notes(room, chat(user("c")), new Completion(Text.answer("d")), new Completion(Text.answer("defg"))))
                .containsExactly(Notes.CUT_COMPLETION);
        assertThat(notes(
                        room, chat(user("c")), new Completion(Text.answer("cde")), new Completion(Text.answer("defg"))))
                .containsExactly(Notes.CUT_COMPLETION, Notes.CUT_COMPLETION, Notes.CUT_ALL);
        Options prompts = new Options(64, LongPrompt.KEEP_END, LongCompletion.TRUNCATE)
                .withLengths(OptionalInt.of(3), OptionalInt.empty());
        assertThat(notes(prompts, raw("cdefg"), Completion.raw("h"))).contains(Notes.CUT_PROMPT);
        assertThat(reason(
                        Options.of(64).withLengths(OptionalInt.of(3), OptionalInt.empty()),
                        raw("cdefg"),
                        Completion.raw("h")))
                .isEqualTo("the prompt is longer than 3 tokens");
    }

    @Test
    void rawTextOnAModelWithATemplateIsNotedAndCanBecomeTurns() {
        assertThat(notes(Options.of(64), raw("c"), Completion.raw("d"))).containsExactly(Notes.RAW_TEXT);
        Options turns = Options.of(64).withTextAsTurns(true);
        assertThat(notes(turns, raw("c"), Completion.raw("d"))).isEmpty();
        assertThat(encoding(turns).encode(raw("c"), List.of(Completion.raw("d"))))
                .usingRecursiveComparison()
                .isEqualTo(encoding(Options.of(64)).encode(chat(user("c")), List.of(new Completion(Text.answer("d")))));
        assertThat(encoding(turns).prompt(raw("c"))).isEqualTo(encoding(turns).prompt(chat(user("c"))));
    }

    @Test
    void textThatWasRenderedBeforeIsNoted() {
        assertThat(notes(Options.of(64), raw("c"), Completion.raw("d<eos>\n"))).contains(Notes.TWO_ENDS);
        assertThat(notes(Options.of(64), raw("c"), Completion.raw("d<eos>"))).doesNotContain(Notes.TWO_ENDS);
        // The same in a turn, whose end the template writes.
        assertThat(notes(Options.of(64), chat(user("c")), new Completion(Text.answer("d<eos>\n"))))
                .containsExactly(Notes.TWO_ENDS);
        assertThat(notes(Options.of(64), chat(user("c")), new Completion(Text.answer("d"))))
                .isEmpty();
        // Text with the marks of turns in it was rendered by a template, and must not be rendered once more.
        assertThat(notes(Options.of(64), raw("u|c<eos>s|"), Completion.raw("d")))
                .containsExactly(Notes.RENDERED_TEXT);
        assertThat(notes(Options.of(64).withTextAsTurns(true), raw("u|c<eos>s|"), Completion.raw("d")))
                .containsExactly(Notes.RENDERED_TWICE);
    }

    /** The marks of a template need not be tokens of the model. */
    @Test
    void textRenderedWithMarksThatAreNoTokensIsNoted() {
        ChatTemplate words = new ChatTemplate() {
            @Override
            public String render(Text.Chat chat, boolean prompting) {
                StringBuilder text = new StringBuilder();
                chat.messages()
                        .forEach(m -> text.append(m.role() == Role.USER ? "u|" : "s|")
                                .append(m.content())
                                .append("|\n"));
                return prompting ? text + "s|" : text.toString();
            }

            @Override
            public boolean endsTurns() {
                return true;
            }
        };
        Encoding encoding = new Encoding(tokenizer, words, Options.of(64));
        assertThat(((Encoded.Included) encoding.encode(chat(user("c")), List.of(new Completion(Text.answer("d|\n")))))
                        .notes())
                .containsExactly(Notes.TWO_ENDS);
        assertThat(((Encoded.Included) encoding.encode(chat(user("c")), List.of(new Completion(Text.answer("d")))))
                        .notes())
                .isEmpty();
        assertThat(((Encoded.Included) encoding.encode(raw("u|c|\ns|"), List.of(Completion.raw("d")))).notes())
                .containsExactly(Notes.RENDERED_TEXT);
        assertThat(((Encoded.Included) encoding.encode(raw("c"), List.of(Completion.raw("d")))).notes())
                .containsExactly(Notes.RAW_TEXT);
    }

    /** Each turn is trained on or not: only a trained last turn ends with EOS where the template itself has no end of turns. */
    @Test
    void plainConversationsEndWhereTheirLastTurnIsTrained() {
        Encoding plain = new Encoding(tokenizer, ChatTemplate.plain(tokenizer), Options.of(64));
        for (int weights = 1; weights < 4; weights++) {
            boolean first = (weights & 1) != 0;
            boolean last = (weights & 2) != 0;
            List<Message> turns = List.of(
                    new Message(Role.ASSISTANT, "d", first, Map.of()),
                    user("e"),
                    new Message(Role.ASSISTANT, "f", last, Map.of()));
            TokenTree.Segment branch = ((Encoded.Included)
                            plain.encode(chat(user("c")), List.of(new Completion(Text.chat(turns)))))
                    .tree()
                    .segments()
                    .get(1);
            List<Integer> scored = IntStream.range(0, branch.tokens().length)
                    .filter(branch.scored()::get)
                    .map(i -> branch.tokens()[i])
                    .boxed()
                    .toList();
            assertThat(scored.contains(6)).as("d " + weights).isEqualTo(first);
            assertThat(scored.contains(8)).as("f " + weights).isEqualTo(last);
            assertThat(scored.getLast() == 1).as("EOS " + weights).isEqualTo(last);
        }
    }

    @Test
    void whatTheTemplateDoesNotReadDropsTheExampleByName() {
        Message calling = new Message(Role.ASSISTANT, "d", true, Map.of("tool_calls", List.of(Map.of("name", "w"))));
        assertThat(reason(Options.of(64), chat(user("c")), new Completion(Text.chat(List.of(calling)))))
                .isEqualTo("the chat template does not read 'tool_calls' of turns");
        Prompt withTools =
                new Prompt("p1", Text.chat(List.of(user("c")), Map.of("tools", List.of(Map.of("name", "w")))));
        assertThat(reason(Options.of(64), withTools, new Completion(Text.answer("d"))))
                .isEqualTo("the chat template does not read 'tools'");
        Message named = new Message(Role.USER, "c", true, Map.of("name", "ada"));
        assertThat(notes(Options.of(64), chat(named), new Completion(Text.answer("d"))))
                .containsExactly("the chat template does not read 'name' of turns");
    }

    @Test
    void aPromptThatLeavesNoRoomIsDroppedRefusedOrCut() {
        Options drop = new Options(4, LongPrompt.DROP, LongCompletion.TRUNCATE);
        assertThat(reason(drop, raw("cdef"), Completion.raw("g")))
                .isEqualTo("the prompt leaves no room for a completion within 4 tokens");
        Options refuse = new Options(4, LongPrompt.REFUSE, LongCompletion.TRUNCATE);
        assertThatThrownBy(() -> encoding(refuse).encode(raw("cdef"), List.of(Completion.raw("g"))))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "prompt p1: the prompt leaves no room for a completion within 4 tokens: it has 4");
        Options cut = new Options(4, LongPrompt.KEEP_END, LongCompletion.TRUNCATE);
        TokenTree tree =
                ((Encoded.Included) encoding(cut).encode(raw("cdefgh"), List.of(Completion.raw("ijc")))).tree();
        assertThat(tree.segments().get(0).tokens()).containsExactly(9, 10);
        assertThat(tree.segments().get(1).tokens()).containsExactly(11, 12);
    }

    @Test
    void aCompletionThatDoesNotFitIsCutOrDropped() {
        Options cut = new Options(5, LongPrompt.DROP, LongCompletion.TRUNCATE);
        Encoded encoded = encoding(cut).encode(raw("cd"), List.of(Completion.raw("efgh"), Completion.raw("e")));
        TokenTree tree = ((Encoded.Included) encoded).tree();
        assertThat(tree.segments().get(1).tokens()).containsExactly(7, 8, 9);
        assertThat(tree.segments().get(2).tokens()).containsExactly(7, 1);
        Options drop = new Options(5, LongPrompt.DROP, LongCompletion.DROP);
        assertThat(reason(drop, raw("cd"), Completion.raw("efgh")))
                .isEqualTo("a completion does not fit after its prompt");
    }

    @Test
    void aDataSetKeepsItsOrderAndListsWhatItDropped() {
        List<Demonstration> data = IntStream.range(0, 50)
                .mapToObj(i -> new Demonstration(
                        new Prompt("p" + i, Text.raw("c")),
                        Completion.raw(i % 10 == 3 ? "" : WORDS.get(i % 10)),
                        Provenance.UNKNOWN))
                .toList();
        Encoded.Rows<Demonstration> rows = encoding(Options.of(64)).encodeAll(data);
        assertThat(rows.kept()).hasSize(45);
        assertThat(rows.dropped().stream().map(Encoded.Dropped::promptId))
                .containsExactly("p3", "p13", "p23", "p33", "p43");
        rows.kept().forEach(row -> {
            String said = row.example().completion().text().plain();
            assertThat(row.trees().getFirst().segments().get(1).tokens()[0]).isEqualTo(3 + WORDS.indexOf(said));
        });
    }

    @Test
    void mixedKindsAreRefused() {
        assertThatThrownBy(() -> encoding(Options.of(64)).encode(raw("c"), List.of(new Completion(Text.answer("d")))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("prompt p1 is raw text, but its completion is a conversation");
    }
}
