package org.thurstone.worlds.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.WordTokenizerFile;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.demonstration.ChainOfHindsight;
import org.thurstone.train.loss.demonstration.ChainOfHindsight.Chain;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.list.Sami;
import org.thurstone.train.loss.list.TreePo;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.pair.Dove;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.RationaleDpo;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Rationale;
import org.thurstone.train.loss.single.MKto;

/** Training examples and auxiliary sequences made from rows of files. */
class ExampleConverterTest {

    private static final Completion GOOD = Completion.raw(" the red dog ran to the dog");
    private static final Completion BAD = Completion.raw(" the house ran to the dog");
    private static final Prompt ASKED = new Prompt("p", Text.raw("what ran"));

    @TempDir
    private Path directory;

    private Tokenizer tokenizer;
    private Encoding encoding;

    @BeforeEach
    void words() {
        List<String> words =
                new ArrayList<>(List.of("the", "red", "dog", "ran", "house", "to", "what", "Why", "A", "B"));
        new WordTokenizerFile(words, "\\w+").write(directory, 256);
        tokenizer = Tokenizer.load(directory);
        encoding = encoding(tokenizer);
    }

    private static Encoding encoding(Tokenizer tokenizer) {
        return new Encoding(
                tokenizer,
                new ChatTemplate() {
                    @Override
                    public String render(Text.Chat chat, boolean prompting) {
                        throw new UserError("a template for plain text only");
                    }

                    @Override
                    public boolean endsTurns() {
                        return true;
                    }
                },
                Encoding.Options.of(256));
    }

    private static Comparison pair(Particulars particulars) {
        return new Comparison(
                ASKED, BAD, GOOD, new Preference.Right(), OptionalDouble.empty(), Provenance.UNKNOWN, particulars);
    }

    private TrainingPair fitted(Loss loss, Comparison pair) {
        Encoded.Included kept = (Encoded.Included) ExampleConverter.encoded(loss, pair, encoding);
        return (TrainingPair) ExampleConverter.of("x", new Encoded.Row<>(pair, kept.trees()));
    }

    private String reason(Loss loss, Comparison pair) {
        return ((Encoded.Dropped) ExampleConverter.encoded(loss, pair, encoding)).reason();
    }

    private String said(TokenTree tree, int segment) {
        return tokenizer.decode(tree.segments().get(segment).tokens());
    }

    @Test
    void aRationaleComesAfterBothAnswersThePreferredOneFirst() {
        Loss loss = new RationaleDpo(0.1, 0.1, Rationale.Form.LIKELIHOOD);
        TrainingPair example = fitted(loss, pair(Particulars.NONE.withRationale("the red dog")));
        assertThat(example.trees()).hasSize(2);
        assertThat(example.samples()).isEqualTo(1);
        assertThat(said(example.trees().get(1), 0)).containsSubsequence("what", "A", "red", "B", "house", "Why");
        assertThat(said(example.trees().get(1), 1))
                .contains("the")
                .contains("red")
                .contains("dog");
        assertThat(reason(loss, pair(Particulars.NONE))).contains("rationale");
        // A loss that does not ask for it does not read it.
        assertThat(fitted(new Dpo(0.1, 0), pair(Particulars.NONE.withRationale("red")))
                        .trees())
                .hasSize(1);
    }

    @Test
    void increasingPartsOfBothAnswersAreRemoved() {
        TrainingPair example = fitted(new DegreeAware(new Dpo(0.1, 0), 0.1, 2), pair(Particulars.NONE));
        TokenTree tree = example.trees().getFirst();
        assertThat(example.samples()).isEqualTo(4);
        assertThat(tree.segments().stream().skip(1).map(s -> s.tokens().length))
                // the red dog ran to the dog · the house ran to the dog · the to the dog · the to the, twice; words,
                // spaces and the end
                .containsExactly(15, 13, 9, 7, 9, 7);
        assertThat(said(tree, 1)).contains("red");
        assertThat(said(tree, 3)).contains("dog").doesNotContain("red");
        assertThat(said(tree, 6)).contains("the").contains("to").doesNotContain("dog");
    }

    @Test
    void answerWithOneKeyPhraseCannotBeDegradedInSteps() {
        Comparison short1 = Comparison.of(ASKED, Completion.raw(" the dog"), BAD);
        assertThat(reason(new DegreeAware(new Dpo(0.1, 0), 0.1, 3), short1)).contains("too few key phrases");
    }

    @Test
    void promptsAreScoredIfTheLossRequiresIt() {
        Comparison joint = pair(Particulars.NONE.withRightPrompt(new Prompt("q", Text.raw("what the dog"))));
        TrainingPair with = fitted(new Dove(0.1, true), joint);
        TrainingPair without = fitted(new Dove(0.1, false), joint);
        assertThat(with.scoredCount()).isGreaterThan(without.scoredCount());
        assertThat(without.trees())
                .hasSize(2)
                .allSatisfy(t ->
                        assertThat(t.segments().getFirst().scored().isEmpty()).isTrue());
        assertThat(ExampleConverter.to(new MKto(0.1, 1, 1), List.of(joint)))
                .extracting(e -> ((Rating) e).prompt().id())
                .containsExactly("q", "p");
    }

    @Test
    void contrastsAreSquares() {
        Contrast contrast = new Contrast(
                List.of(ASKED, new Prompt("q", Text.raw("what the dog"))), List.of(GOOD, BAD), Provenance.UNKNOWN);
        Encoded.Included kept = (Encoded.Included) ExampleConverter.encoded(new Sami(), contrast, encoding);
        TrainingExample example = ExampleConverter.of("x", new Encoded.Row<>(contrast, kept.trees()));
        assertThat(example.leaves()).isEqualTo(4);
        assertThat(((TrainingList) example).values()).containsExactly(1.0, 0.0, 0.0, 1.0);
    }

    @Test
    void comparisonIsConvertedToTheFormThatTheLossAccepts() {
        Comparison c = pair(Particulars.NONE);
        assertThat(ExampleConverter.to(new Dpo(0.1, 0), List.of(c))).containsExactly(c);
        assertThat(ExampleConverter.to(new Sft(Averaging.BATCH), List.of(c)))
                .containsExactly(new Demonstration(ASKED, GOOD, Provenance.UNKNOWN));
        ChainOfHindsight told = new ChainOfHindsight(List.of(Chain.BAD_THEN_GOOD), "good", "bad", Averaging.BATCH);
        assertThat(ExampleConverter.to(told, List.of(c)))
                .containsExactly(
                        new Demonstration(new Prompt("p", Text.raw("what ran\nbad\n")), BAD, Provenance.UNKNOWN),
                        new Demonstration(
                                new Prompt("p", Text.raw("what ran\nbad\n the house ran to the dog\ngood\n")),
                                GOOD,
                                Provenance.UNKNOWN));
    }

    @Test
    void linesAreStepsForALossOverSteps() {
        new WordTokenizerFile(List.of("a", "b", "c", "\n"), "\\w|\\n").write(directory, 256);
        Encoding lines = encoding(Tokenizer.load(directory));
        Ranking ranking = new Ranking(
                new Prompt("p", Text.raw("a")),
                List.of(Completion.raw("a\nb"), Completion.raw("a\nc")),
                List.of(0, 1),
                Optional.empty(),
                Provenance.UNKNOWN);
        TokenTree flat = ((Encoded.Included) ExampleConverter.encoded(new Lipo(0.1), ranking, lines)).tree();
        assertThat(flat.segments().stream().map(TokenTree.Segment::parent)).containsExactly(-1, 0, 0);
        TokenTree steps = ((Encoded.Included) ExampleConverter.encoded(new TreePo(0.5, 0.5), ranking, lines)).tree();
        assertThat(steps.segments().stream()
                        .map(s -> s.parent() + lines.tokenizer().decode(s.tokens())))
                .containsExactly("-1a", "0a\n", "1b", "1c");
        TrainingExample list = ExampleConverter.of("x", new Encoded.Row<>(ranking, List.of(steps)));
        assertThat(((TrainingList) list).values()).containsExactly(0.0, -1.0);
    }
}
