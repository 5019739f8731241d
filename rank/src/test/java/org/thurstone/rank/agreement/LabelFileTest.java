package org.thurstone.rank.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.SharedData;
import org.thurstone.rank.agreement.LabelFile.Columns;
import org.thurstone.rank.agreement.LabelFile.PairLabels;

class LabelFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static Columns verdicts(String... wide) {
        return new Columns(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(wide),
                Optional.of(new PairLabels("1", "2", "0")));
    }

    @Test
    void longAndWideRowsSayTheSame() throws IOException {
        Labels tall = LabelFile.read(
                        List.of(file("a.csv", "item,annotator,label\nx,ann,2\nx,bob,10\ny,ann,10\n")), Columns.USUAL)
                .labels();
        Labels wide = LabelFile.read(
                        List.of(file(
                                "b.jsonl",
                                "{\"item\":\"x\",\"ann\":2,\"bob\":10.0}\n"
                                        + "{\"item\":\"y\",\"ann\":\"10\",\"bob\":null}\n")),
                        new Columns(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of("ann", "bob"),
                                Optional.empty()))
                .labels();
        assertThat(wide.categories()).isEqualTo(tall.categories()).containsExactly("2", "10");
        assertThat(wide.counts()).isDeepEqualTo(tall.counts());
        assertThat(wide.annotators()).isEqualTo(tall.annotators());
    }

    @Test
    void swappedPairsAreComparedAsOneOrder() throws IOException {
        LabelFile read = LabelFile.read(
                List.of(file("v.csv", "item,judge,winner,model_1,model_2\nx,ann,1,a,b\nx,bob,2,b,a\nx,ann,2,b,a\n")),
                verdicts());
        assertThat(read.labels().size()).isEqualTo(2);
        assertThat(read.labels().category()[0]).isEqualTo(read.labels().category()[1]);
        assertThat(read.verdicts()).hasSize(3);
    }

    @Test
    void errorsNameTheLineAndARemedy() throws IOException {
        refused(
                "item,annotator,label\nx,ann,1\nx,ann,2\n",
                ":3: 'ann' labelled the item 'x' before, at",
                Columns.USUAL);
        refused(
                "thing,annotator,label\nx,ann,1\n",
                ":2: which column is the item? There are thing, annotator, label; name it with --item",
                Columns.USUAL);
        refused(
                "item,annotator,label\nx,ann,3\n",
                "label '3' is not one of 1 (first), 2 (second) and 0 (tie)",
                verdicts());
        refused("item,annotator,label\nx,,3\n", ":2: 'annotator' is empty", Columns.USUAL);
        refused("item,annotator,label\n", "there are no labels in", Columns.USUAL);
        refused("item,annotator,label\nx,ann\n", "the row has 2 cells", Columns.USUAL);
        refused(
                "item,ann\nx,1\n",
                "none of the columns bob is there, only item, ann",
                new Columns(Optional.empty(), Optional.empty(), Optional.empty(), List.of("bob"), Optional.empty()));
    }

    private void refused(String text, String message, Columns columns) throws IOException {
        Path path = file("bad.csv", text);
        assertThatThrownBy(() -> LabelFile.read(List.of(path), columns))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    /** Its README: Cohen's kappas 0.85, 0.88 and 0.86; to three places as recomputed from the file. */
    @Test
    void pandaLmsKappas() {
        LabelFile read = LabelFile.read(List.of(SharedData.path("pandalm/testset-v1.json.gz")), verdicts());
        assertThat(read.labels().size()).isEqualTo(2997);
        assertThat(AnnotatorPair.all(read.labels(), 10).stream()
                        .map(p -> Math.round(p.kappa().mean() * 1000) / 1000.0))
                .containsExactly(0.852, 0.879, 0.862);
    }

    @Test
    void aJudgesFileJoinsThePeoples() {
        LabelFile read = LabelFile.read(
                List.of(
                        SharedData.path("pandalm/testset-v1.json.gz"),
                        SharedData.path("pandalm/gpt-3.5-turbo-testset-v1.json.gz")),
                new Columns(
                        Optional.of("idx"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("annotator1", "annotator2", "annotator3", "gpt_result"),
                        Optional.empty()));
        assertThat(read.labels().annotators()).hasSize(4);
        assertThat(read.labels().items()).hasSize(999);
    }
}
