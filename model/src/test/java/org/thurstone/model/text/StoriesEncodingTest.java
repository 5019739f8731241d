package org.thurstone.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.format.Examples;
import org.thurstone.model.TokenTree;

/** Real text through a real tokenizer: byte fallback, a space before every text, BOS and EOS. */
class StoriesEncodingTest {

    private static final Path SHARED = Path.of(System.getProperty("thurstone.shared", "../shared"));
    private static final int ROWS = 300;

    private Tokenizer tokenizer;

    @BeforeEach
    void load() {
        Path directory = SHARED.resolve("models/stories260k");
        assumeTrue(Files.exists(directory), "no model at " + directory);
        tokenizer = Tokenizer.load(directory);
    }

    @Test
    void idsAreThoseOfTheSource() {
        assertThat(tokenizer.encode("Once upon a time, there was a dog", true))
                .containsExactly(1, 403, 407, 261, 378, 432, 383, 286, 261, 400, 428);
        assertThat(tokenizer.encode("日本語 🎉 é", true))
                .containsExactly(
                        1, 410, 233, 154, 168, 233, 159, 175, 235, 173, 161, 410, 243, 162, 145, 140, 410, 485);
        assertThat(tokenizer.decode(tokenizer.encode("日本語 🎉 é", true))).isEqualTo("日本語 🎉 é");
    }

    /** The ids are what TRL 1.13's DPOTrainer makes of the same rows. */
    @Test
    void rawPairsAreCutWhereTrlCutsThem() {
        Comparison pair = Comparison.of(
                new Prompt("p", Text.raw("Once upon a time")),
                Completion.raw(", there was"),
                Completion.raw(" there was</s>"));
        TokenTree tree = ((Encoded.Included) encoding(512).encode(pair)).tree();
        assertThat(tree.segments().get(0).tokens()).containsExactly(1, 403, 407, 261, 378);
        assertThat(tree.segments().get(1).tokens()).containsExactly(432, 383, 286, 2);
        assertThat(tree.segments().get(2).tokens()).containsExactly(383, 286, 2);
    }

    @Test
    void aSpelledBosIsNotedAndGetsNoSecond() {
        Encoded.Included rendered = (Encoded.Included) encoding(512)
                .encode(new Prompt("p", Text.raw("<s>Once upon a time")), List.of(Completion.raw(" there was a dog")));
        assertThat(rendered.notes()).containsExactly(Notes.SPELLED_BEGINNING);
        assertThat(rendered.tree().segments().getFirst().tokens())
                .containsExactly(tokenizer.encode("Once upon a time", true));
        Encoded.Included twice = (Encoded.Included) encoding(512)
                .encode(
                        new Prompt("p", Text.raw("<s><s>Once upon a time")),
                        List.of(Completion.raw(" there was a dog")));
        assertThat(twice.notes()).containsExactly(Notes.TWO_BEGINNINGS);
        Encoded.Included plain = (Encoded.Included) encoding(512)
                .encode(new Prompt("p", Text.raw("Once upon a time")), List.of(Completion.raw(" there was a dog")));
        assertThat(plain.notes()).isEmpty();
    }

    @Test
    void splitWordKeepsItsTwoHalves() {
        // The border falls inside the token "Once"; the second half must not gain the space of a text's beginning.
        Encoded encoded = encoding(512).encode(new Prompt("p", Text.raw("On")), List.of(Completion.raw("ce upon")));
        TokenTree tree = ((Encoded.Included) encoded).tree();
        int[] prompt = tree.segments().get(0).tokens();
        int[] completion = tree.segments().get(1).tokens();
        assertThat(tokenizer.decode(prompt)).isEqualTo("On");
        assertThat(tokenizer.continuation(prompt, completion)).isEqualTo("ce upon");
    }

    @Test
    void everySpanOfRealPairsDecodesToItsText() {
        spansDecode(SHARED.resolve("data/hh_rlhf/harmless-base.jsonl.gz"));
        spansDecode(SHARED.resolve("data/ultrafeedback_sample/eval_clean.jsonl.gz"));
    }

    private Encoding encoding(int context) {
        return new Encoding(tokenizer, ChatTemplate.plain(tokenizer), Encoding.Options.of(context));
    }

    private void spansDecode(Path file) {
        assumeTrue(Files.exists(file), "no data at " + file);
        List<Example> examples = Examples.readAll(file).stream().limit(ROWS).toList();
        Encoded.Rows<Example> rows = encoding(100_000).encodeAll(examples);
        assertThat(rows.kept().size()).isGreaterThan(examples.size() * 9 / 10);
        assertThat(rows.dropped()).allSatisfy(d -> assertThat(d.reason()).isNotBlank());
        for (Encoded.Row<Example> row : rows.kept()) {
            List<Completion> said = switch (row.example()) {
                case Comparison c -> List.of(c.chosen(), c.rejected());
                case Ranking r -> r.completions();
                default -> throw new AssertionError("neither pairs nor lists in " + file);
            };
            int[] prompt = row.trees().getFirst().segments().getFirst().tokens();
            for (int i = 0; i < said.size(); i++) {
                TokenTree.Segment branch = row.trees().getFirst().segments().get(i + 1);
                int[] scored =
                        branch.scored().stream().map(t -> branch.tokens()[t]).toArray();
                assertThat(scored).isEqualTo(branch.tokens());
                assertThat(scored[scored.length - 1]).isEqualTo(2);
                assertThat(tokenizer.continuation(prompt, Arrays.copyOf(scored, scored.length - 1)))
                        .isEqualTo(expected(said.get(i).text()));
            }
        }
    }

    private static String expected(Text said) {
        return switch (said) {
            case Text.Raw(String text) -> text;
            case Text.Chat(List<Message> messages, var arguments) -> {
                assertThat(messages)
                        .singleElement()
                        .satisfies(m -> assertThat(m.role()).isEqualTo(Role.ASSISTANT));
                yield " " + messages.getFirst().content();
            }
        };
    }
}
