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

    /** Names of columns are found whatever their upper case, blanks and hyphens; a name that is written just so comes first. */
    @Test
    void headersMayHaveBlanksAndCapitals() throws IOException {
        Columns usual = Columns.USUAL;
        Columns named = new Columns(
                Optional.of("pair id"), Optional.of("ANNOTATOR"), Optional.of("label"), List.of(), Optional.empty());
        for (String header : List.of("Item,Annotator,Label", " item , annotator,label ", "ITEM ID,Worker,Answer")) {
            Path file = file("a.csv", header + "\nx,ann,1\nx,bob,2\n");
            assertThat(LabelFile.read(List.of(file), usual).labels().annotators())
                    .containsExactly("ann", "bob");
        }
        Path file = file("a.csv", "Pair-ID,Annotator,Label,label\nx,ann,3,1\nx,bob,3,2\n");
        assertThat(LabelFile.read(List.of(file), named).labels().categories()).containsExactly("1", "2");
        assertThat(LabelFile.read(List.of(file("w.csv", "Item,Ann,Bob\nx,1,2\n")), wide("ann", "bob"))
                        .labels()
                        .annotators())
                .containsExactly("ann", "bob");
        for (String header : List.of("Item,Truth", "item,gold", "question,Label")) {
            assertThat(TrueLabels.read(file("t.csv", header + "\nx,1\n"), Optional.empty())
                            .byItem())
                    .containsEntry("x", "1");
        }
        assertThatThrownBy(() -> TrueLabels.read(file("t.csv", "item,code\nx,1\n"), Optional.empty()))
                .hasMessageContaining("which column is the truth? There are item, code; call it truth");
    }

    @Test
    void listsAreSetsOfLabelsAndObjectsAreRefused() throws IOException {
        Path lists = file(
                "a.jsonl",
                "{\"item\":1,\"annotator\":\"a\",\"label\":[\"y\",\"x\"]}\n{\"item\":1,\"annotator\":\"b\",\"label\":[\"x\",\"y\"]}\n");
        assertThat(LabelFile.read(List.of(lists), Columns.USUAL).labels().categories())
                .containsExactly("x; y");
        Path objects = file("b.jsonl", "{\"item\":1,\"annotator\":\"a\",\"label\":{\"x\":1}}\n");
        assertThatThrownBy(() -> LabelFile.read(List.of(objects), Columns.USUAL))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("b.jsonl:1: a label is a text, a number or a list of them");
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
        refused("item,annotator,label\nx,ann,\ny,bob,NA\n", ": 2 cells are empty or missing", Columns.USUAL);
        refused(
                "item,annotator,label\nx,ann,low\nx,bob,lo\n",
                ":3: the label 'lo' is not in the scale low, high",
                Columns.USUAL.with(scale("low", "high")));
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

    private static LabelCells scale(String... labels) {
        return new LabelCells(LabelCells.MISSING, List.of(labels), Optional.empty());
    }

    private static Columns wide(String... annotators) {
        return new Columns(Optional.empty(), Optional.empty(), Optional.empty(), List.of(annotators), Optional.empty());
    }

    /** Every spelling of a missing label, in rows of one label and in rows of one item. */
    @Test
    void missingLabelsAreLeftOutAndCounted() throws IOException {
        String words = "NA,nan,NaN,n/a,#N/A,<NA>,null,NULL,.,";
        StringBuilder tall = new StringBuilder("item,annotator,label\n0,a,x\n0,b,y\n");
        StringBuilder across = new StringBuilder("item,a,b\n0,x,y\n");
        int n = 0;
        for (String word : words.split(",", -1)) {
            tall.append(++n).append(",a,").append(word).append('\n');
            across.append(n).append(",x,").append(word).append('\n');
        }
        LabelFile first = LabelFile.read(List.of(file("tall.csv", tall.toString())), Columns.USUAL);
        LabelFile second = LabelFile.read(List.of(file("wide.csv", across.toString())), wide("a", "b"));
        for (LabelFile read : List.of(first, second)) {
            assertThat(read.labels().categories()).containsExactly("x", "y");
            assertThat(read.missing())
                    .containsEntry("", 1)
                    .containsEntry("NA", 1)
                    .containsEntry("nan", 1);
            assertThat(read.missing().values().stream().mapToInt(i -> i).sum()).isEqualTo(10);
        }
        assertThat(first.labels().size()).isEqualTo(2);
        assertThat(second.labels().size()).isEqualTo(12);
    }

    @Test
    void nullsOfJsonAreMissing() throws IOException {
        LabelFile tall = LabelFile.read(
                List.of(
                        file(
                                "a.jsonl",
                                "{\"item\":1,\"annotator\":\"a\",\"label\":null}\n{\"item\":1,\"annotator\":\"b\",\"label\":2.0}\n")),
                Columns.USUAL);
        assertThat(tall.labels().size()).isEqualTo(1);
        assertThat(tall.missing()).containsEntry("null", 1);
        LabelFile wide = LabelFile.read(
                List.of(file("b.jsonl", "{\"item\":1,\"a\":null,\"b\":null}\n{\"item\":2,\"a\":\"x\",\"b\":\"NA\"}\n")),
                wide("a", "b"));
        assertThat(wide.labels().size()).isEqualTo(1);
        assertThat(wide.missing()).containsEntry("null", 2).containsEntry("NA", 1);
    }

    @Test
    void wordsForMissingLabelsCanBeChosen() throws IOException {
        Path path = file("a.csv", "item,annotator,label\n1,a,NA\n1,b,None\n1,c,US\n");
        LabelCells cells = new LabelCells(List.of("none"), List.of(), Optional.empty());
        assertThat(LabelFile.read(List.of(path), Columns.USUAL.with(cells))
                        .labels()
                        .categories())
                .containsExactly("NA", "US");
        assertThat(LabelFile.read(List.of(path), Columns.USUAL.with(scale("US", "NA", "None")))
                        .labels()
                        .categories())
                .containsExactly("US", "NA", "None");
    }

    @Test
    void wholeNumbersAreOneLabelHoweverTheyAreWritten() throws IOException {
        LabelFile read = LabelFile.read(
                List.of(file("a.csv", "item,annotator,label\n1,a,2\n1,b,2.0\n2,a,3.5\n")), Columns.USUAL);
        assertThat(read.labels().categories()).containsExactly("2", "3.5");
    }

    @Test
    void theFirstLabelCountsIfAnAnnotatorRepeats() throws IOException {
        LabelFile read = LabelFile.read(
                List.of(file("a.csv", "item,annotator,label\nx,ann,1\nx,bob,2\nx,ann,2\nx,ann,1\n")), Columns.USUAL);
        assertThat(read.labels().size()).isEqualTo(2);
        assertThat(read.repeats()).containsExactly(new LabelFile.Repeat("x", "ann", List.of("1", "2", "1")));
    }

    /** The codes 1, 2 and 0 are no scale: a tie lies between the two answers. */
    @Test
    void verdictsAreOrderedFromTheFirstAnswerToTheSecond() throws IOException {
        LabelFile read = LabelFile.read(
                List.of(file("v.csv", "item,judge,winner\nx,ann,1\nx,bob,2\ny,ann,0\ny,bob,1\n")), verdicts());
        assertThat(read.labels().categories()).containsExactly("1", "0", "2");
        assertThat(IntraclassCorrelation.of(read.labels())).isEmpty();
        assertThat(AgreementWeights.LINEAR.matrix(read.labels().order())[0]).containsExactly(1, 0.5, 0);
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
