package org.thurstone.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.data.format.Files4Tests.chat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;

class WritingTest {

    private static final Prompt RAW = new Prompt("i", Text.raw("p"));
    private static final Completion A = Completion.raw("a");
    private static final Completion B = Completion.raw("b");

    @TempDir
    Path directory;

    private String trl(Example... examples) throws Exception {
        Path path = directory.resolve("trl.jsonl");
        try (ExampleWriter writer = ExampleWriter.trl(path)) {
            writer.writeAll(List.of(examples));
            writer.commit();
        }
        return Files.readString(path).replace('"', '\'');
    }

    @Test
    void trlWritesTheChosenFirst() throws Exception {
        Comparison right =
                new Comparison(RAW, A, B, new Preference.Right(), OptionalDouble.of(2), new Provenance("ann", "", 0.5));
        assertThat(trl(right))
                .isEqualTo(
                        "{'prompt_id':'i','prompt':'p','chosen':'b','rejected':'a','margin':2.0,'annotator':'ann','weight':0.5}\n");
    }

    @Test
    void extraColumnsOfAPairAreReadBackFromTrl() throws Exception {
        Comparison right = new Comparison(
                RAW,
                A,
                B,
                new Preference.Right(),
                OptionalDouble.of(2),
                Provenance.UNKNOWN,
                new Particulars(
                        Optional.of(new Prompt("j", Text.raw("q"))),
                        Optional.of("since"),
                        Optional.of(new Particulars.Scores(1, 3))));
        String rows = trl(right);
        assertThat(rows)
                .isEqualTo(
                        "{'prompt_id':'j','prompt':'q','rejected_prompt':'p','chosen':'b','rejected':'a','margin':2.0,"
                                + "'rationale':'since','score_chosen':3.0,'score_rejected':1.0}\n");
        Comparison back = Files4Tests.pair(directory, rows.strip());
        assertThat(back.chosenPrompt()).isEqualTo(right.chosenPrompt());
        assertThat(back.rejectedPrompt().text())
                .isEqualTo(right.rejectedPrompt().text());
        assertThat(back.particulars().rationale()).contains("since");
    }

    @Test
    void oneConversationMakesTheRowConversational() throws Exception {
        Comparison mixed = Comparison.of(RAW, new Completion(chat("assistant", "a")), B);
        assertThat(trl(mixed))
                .isEqualTo(
                        "{'prompt_id':'i','prompt':[{'role':'user','content':'p'}],"
                                + "'chosen':[{'role':'assistant','content':'a'}],'rejected':[{'role':'assistant','content':'b'}]}\n");
    }

    @Test
    void ratingsOfOneAndZeroAreUnpairedRows() throws Exception {
        assertThat(trl(new Rating(RAW, A, 0, Provenance.UNKNOWN)))
                .isEqualTo("{'prompt_id':'i','prompt':'p','completion':'a','label':false}\n");
        assertThat(trl(new Demonstration(RAW, A, Provenance.UNKNOWN)))
                .isEqualTo("{'prompt_id':'i','prompt':'p','completion':'a'}\n");
    }

    @Test
    void whatTrlCannotSayIsRefusedAndNothingIsLeft() {
        Example tie = new Comparison(RAW, A, B, new Preference.Tie(), OptionalDouble.empty(), Provenance.UNKNOWN);
        Example ranking = new Ranking(RAW, List.of(A, B), List.of(0, 1), Optional.empty(), Provenance.UNKNOWN);
        Example rating = new Rating(RAW, A, 3, Provenance.UNKNOWN);
        assertThatThrownBy(() -> trl(tie)).isInstanceOf(UserError.class).hasMessageContaining("TRL has no ties");
        assertThatThrownBy(() -> trl(ranking)).isInstanceOf(UserError.class).hasMessageContaining("rankings");
        assertThatThrownBy(() -> trl(rating)).isInstanceOf(UserError.class).hasMessageContaining("3.0");
        assertThat(directory.toFile().list()).isEmpty();
    }

    @Test
    void softAndGradedLabelsAreReadFromTrlAsProbabilities() throws Exception {
        String rows = trl(
                new Comparison(RAW, A, B, new Preference.Graded(-1, 2), OptionalDouble.empty(), Provenance.UNKNOWN));
        Comparison back = Files4Tests.pair(directory, rows.strip());
        assertThat(back.chosen()).isEqualTo(B);
        assertThat(back.preference()).isEqualTo(new Preference.Soft(0.75));
        assertThat(back.prompt()).isEqualTo(RAW);
    }

    @Test
    void otherNamesAreRefused() {
        assertThatThrownBy(() -> ExampleWriter.lossless(directory.resolve("a.csv")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(".jsonl or .jsonl.gz");
    }
}
