package org.thurstone.rank.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.SharedData;
import org.thurstone.rank.agreement.Aggregation;
import org.thurstone.rank.agreement.Disagreement;
import org.thurstone.rank.agreement.LabelCells;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.agreement.TrueLabels;
import org.thurstone.report.JsonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgreementStudyTest {

    private static final AgreementStudy.Options OPTIONS = new AgreementStudy.Options(Disagreement.NOMINAL, 1, 100, 1);

    @TempDir
    private Path directory;

    private AgreementStudy study() throws IOException {
        Path labels = Files.writeString(directory.resolve("labels.csv"), """
            item,annotator,label
            1,ann,yes
            1,bob,yes
            2,ann,no
            2,bob,yes
            3,ann,no
            3,bob,no
            """);
        return AgreementStudy.of(LabelFile.read(List.of(labels), LabelFile.Columns.USUAL));
    }

    @Test
    void summaryCountsPairsAndAccuracies() throws IOException {
        Path truth = Files.writeString(directory.resolve("truth.csv"), "item,truth\n1,yes\n2,no\n3,no\n");
        AgreementSummary summary = study().summary(OPTIONS, Optional.of(TrueLabels.read(truth, Optional.empty())));
        assertThat(summary.items()).isEqualTo(3);
        assertThat(summary.categories()).containsExactlyInAnyOrder("yes", "no");
        AgreementSummary.Pair pair = summary.pairs().getFirst();
        assertThat(pair.agreement().value()).contains(2 / 3.0);
        assertThat(pair.disagreement()).containsExactly("no", "yes");
        assertThat(pair.disagreements()).isEqualTo(1);
        assertThat(summary.accuracy().orElseThrow().get("majority").value().orElseThrow())
                .isGreaterThanOrEqualTo(2 / 3.0);
        assertThat(summary.text())
                .contains(
                        "Fleiss's kappa",
                        "Disagreement by pair of annotators",
                        "no / yes × 1",
                        "Accuracy against the true labels of 3 items");
    }

    @Test
    void documentKeepsItsKeys() throws IOException {
        JsonNode document = JsonMapper.shared().readTree(JsonText.of(study().summary(OPTIONS, Optional.empty())));
        assertThat(document.propertyNames())
                .containsExactly(
                        "items",
                        "annotators",
                        "labels",
                        "categories",
                        "order",
                        "ties",
                        "missing",
                        "fixed",
                        "fleiss",
                        "krippendorff",
                        "coefficients",
                        "per_label",
                        "pairs",
                        "self_agreement",
                        "skills",
                        "uncertain",
                        "accuracy",
                        "bias",
                        "settings");
        assertThat(document.get("pairs").get(0).propertyNames())
                .containsExactly(
                        "first",
                        "second",
                        "agreement",
                        "kappa",
                        "linear",
                        "quadratic",
                        "disagreement",
                        "disagreements");
        assertThat(document.get("skills").get(0).propertyNames())
                .containsExactly(
                        "annotator",
                        "labels",
                        "dawid_skene",
                        "interval",
                        "one_coin",
                        "glad_ability",
                        "mace",
                        "wawa",
                        "kos",
                        "known",
                        "confusion",
                        "error",
                        "more");
    }

    @Test
    void itemsGetALabelByEachMethod() throws IOException {
        List<String> rows = new ArrayList<>();
        study().labels(row -> rows.add(row.toString()));
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).startsWith("{\"item\":\"1\",\"majority\":\"yes\",\"dawid_skene\":\"yes\"");
    }

    @Test
    void wordsHaveNoIntervalDistance() throws IOException {
        AgreementStudy study = study();
        assertThatThrownBy(() ->
                        study.summary(new AgreementStudy.Options(Disagreement.INTERVAL, 1, 100, 1), Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'no' is not a number");
    }

    private AgreementSummary summary(Disagreement distance, String text, String... wide) throws IOException {
        Path file = Files.writeString(directory.resolve("some.csv"), text);
        LabelFile.Columns columns = new LabelFile.Columns(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(wide), Optional.empty());
        return AgreementStudy.of(LabelFile.read(List.of(file), columns))
                .summary(new AgreementStudy.Options(distance, 1, 100, 1), Optional.empty());
    }

    /** The value is that of the labels as numbers: 0.815; in alphabetical order it is 0.276. */
    @Test
    void ordinalDistancesOfLikertWordsGoByTheirOrder() throws IOException {
        StringBuilder words = new StringBuilder("item,annotator,label\n");
        StringBuilder numbers = new StringBuilder("item,annotator,label\n");
        List<String> scale = List.of("strongly disagree", "disagree", "neutral", "agree", "strongly agree");
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100; i++) {
            int truth = random.nextInt(5);
            for (String annotator : List.of("a", "b", "c")) {
                int said = Math.clamp(truth + random.nextInt(3) - 1, 0, 4);
                words.append(i)
                        .append(',')
                        .append(annotator)
                        .append(',')
                        .append(scale.get(said))
                        .append('\n');
                numbers.append(i)
                        .append(',')
                        .append(annotator)
                        .append(',')
                        .append(said)
                        .append('\n');
            }
        }
        AgreementSummary summary = summary(Disagreement.ORDINAL, words.toString());
        assertThat(summary.krippendorff())
                .isEqualTo(summary(Disagreement.ORDINAL, numbers.toString()).krippendorff());
        assertThat(summary.text())
                .contains(
                        "Order, recognised as graded words: strongly disagree < disagree < neutral < agree < strongly agree");
    }

    @Test
    void likertWordsOfTheTrialHaveTheRightAlpha() {
        LabelFile file =
                LabelFile.read(List.of(SharedData.path("../trials/rank-inputs/lik.csv")), LabelFile.Columns.USUAL);
        AgreementSummary summary = AgreementStudy.of(file)
                .summary(new AgreementStudy.Options(Disagreement.ORDINAL, 1, 20, 1), Optional.empty());
        assertThat(summary.krippendorff().value().orElseThrow()).isCloseTo(0.815, within(5e-4));
    }

    @Test
    void ordinalDistancesOfUnknownWordsAreRefused() {
        assertThatThrownBy(() ->
                        summary(Disagreement.ORDINAL, "item,annotator,label\n1,a,cat\n1,b,dog\n2,a,bird\n2,b,dog\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the order of the labels bird, cat, dog is not known")
                .hasMessageContaining("--scale bird,cat,dog, or use --distance nominal");
    }

    @Test
    void missingLabelsAreSaid() throws IOException {
        AgreementSummary summary =
                summary(Disagreement.NOMINAL, "item,a,b,c\n1,x,x,\n2,y,,y\n3,x,y,NA\n4,x,None,y\n", "a", "b", "c");
        assertThat(summary.text())
                .contains("3 labels are missing: empty × 2, NA × 1", "The label 'None' counts as a label.");
        assertThat(summary.labels()).isEqualTo(9);
    }

    @Test
    void tiesOfTheMajorityAreTies() throws IOException {
        Path file = Files.writeString(
                directory.resolve("tie.csv"), "item,annotator,label\n1,a,cat\n1,b,dog\n2,a,dog\n2,b,dog\n");
        AgreementStudy study = AgreementStudy.of(LabelFile.read(List.of(file), LabelFile.Columns.USUAL));
        List<JsonNode> rows = new ArrayList<>();
        study.labels(rows::add);
        assertThat(rows.get(0).get("majority").isNull()).isTrue();
        assertThat(rows.get(0).get("majority_tie").toString()).isEqualTo("[\"cat\",\"dog\"]");
        assertThat(rows.get(1).get("majority").stringValue()).isEqualTo("dog");
        assertThat(rows.get(1).has("majority_tie")).isFalse();
        Path truth = Files.writeString(directory.resolve("truth.csv"), "item,truth\n1,dog\n2,dog\n");
        AgreementSummary summary = study.summary(OPTIONS, Optional.of(TrueLabels.read(truth, Optional.empty())));
        assertThat(summary.accuracy().orElseThrow().get("majority").value()).contains(0.75);
        assertThat(summary.ties()).isEqualTo(1);
        assertThat(summary.text()).contains("1 item has several most frequent labels");
    }

    @Test
    void coefficientsWithoutAValueSayWhy() throws IOException {
        assertThat(summary(Disagreement.NOMINAL, "item,annotator,label\n1,a,x\n2,a,y\n")
                        .text())
                .contains("– : there is only one annotator, 'a'.");
        assertThat(summary(Disagreement.NOMINAL, "item,annotator,label\n1,a,x\n2,b,y\n")
                        .text())
                .contains("– : no item has labels of two annotators.");
        assertThat(summary(Disagreement.NOMINAL, "item,annotator,label\n1,a,x\n1,b,x\n2,b,y\n")
                        .text())
                .contains("– : all labels of items with two or more annotators are 'x'");
    }

    @Test
    void goldQuestionsAreFixedAndMeasureAnnotators() throws IOException {
        StringBuilder text = new StringBuilder("item,annotator,label,known\n");
        for (int i = 0; i < 40; i++) {
            String truth = i % 2 == 0 ? "yes" : "no";
            String opposite = i % 2 == 0 ? "no" : "yes";
            // Two of three annotators say the opposite: only the known labels of ten items tell who is right.
            for (String annotator : List.of("good", "bad", "worse")) {
                text.append(i).append(',').append(annotator).append(',');
                text.append(annotator.equals("good") ? truth : opposite).append(',');
                text.append(i < 10 ? truth : "").append('\n');
            }
        }
        Path path = Files.writeString(directory.resolve("gold.csv"), text);
        LabelFile file = LabelFile.read(
                List.of(path),
                new LabelFile.Columns(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of("known"),
                        LabelCells.USUAL));
        assertThat(file.truth().byItem()).hasSize(10);
        AgreementStudy study = AgreementStudy.of(file, List.of(Aggregation.Method.values()), file.truth(), 1);
        AgreementSummary summary = study.summary(OPTIONS, Optional.of(file.truth()));
        assertThat(summary.skills().get(0).known().orElseThrow().value()).contains(1.0);
        assertThat(summary.skills().get(1).known().orElseThrow().value()).contains(0.0);
        assertThat(summary.accuracy()).isEmpty();
        assertThat(summary.text()).contains("The true labels of 10 items are fixed in all methods");
        List<JsonNode> rows = new ArrayList<>();
        study.labels(rows::add);
        assertThat(rows.get(1).get("majority").stringValue()).isEqualTo("no");
        assertThat(rows.get(21).get("dawid_skene").stringValue()).isEqualTo("no");
        assertThat(rows.get(21).get("majority").stringValue()).isEqualTo("yes");
        AgreementStudy without = AgreementStudy.of(file);
        rows.clear();
        without.labels(rows::add);
        assertThat(rows.get(21).get("dawid_skene").stringValue()).isEqualTo("yes");
        assertThat(without.summary(OPTIONS, Optional.of(file.truth()))
                        .accuracy()
                        .orElseThrow()
                        .get("dawid_skene")
                        .value())
                .contains(0.0);
    }

    @Test
    void aTrueLabelThatNobodyGaveIsACategory() throws IOException {
        AgreementStudy study = AgreementStudy.of(
                study().file(), List.of(Aggregation.Method.DAWID_SKENE), new TrueLabels(Map.of("1", "maybe")), 1);
        assertThat(study.file().labels().categories()).containsExactly("no", "maybe", "yes");
        List<JsonNode> rows = new ArrayList<>();
        study.labels(rows::add);
        assertThat(rows.getFirst().get("dawid_skene").stringValue()).isEqualTo("maybe");
    }

    @Test
    void repeatedLabelsAreComparedWithTheirFirst() throws IOException {
        AgreementSummary summary =
                summary(Disagreement.NOMINAL, "item,annotator,label\n1,a,x\n1,b,x\n2,a,y\n2,b,x\n1,a,y\n2,a,y\n");
        assertThat(summary.labels()).isEqualTo(4);
        AgreementSummary.Repetitions repetitions = summary.selfAgreement().orElseThrow();
        assertThat(repetitions.annotators()).hasSize(1);
        assertThat(repetitions.annotators().getFirst().same().value()).contains(0.5);
        assertThat(summary.text()).contains("2 items were labelled by an annotator more than once", "Self-agreement");
    }

    @Test
    void setsOfLabelsAreReadFromCellsListsAndRows() throws IOException {
        LabelCells cells = new LabelCells(LabelCells.MISSING, List.of(), Optional.of("|"));
        List<Path> files = List.of(
                Files.writeString(
                        directory.resolve("a.csv"), "item,annotator,label\n1,a,y | x\n2,a,z\n2,a,x\n3,a,NA\n"),
                Files.writeString(
                        directory.resolve("b.jsonl"),
                        "{\"item\":1,\"annotator\":\"b\",\"label\":[\"x\",\"y\"]}\n{\"item\":2,\"annotator\":\"b\",\"label\":[]}\n"));
        LabelFile file = LabelFile.read(files, LabelFile.Columns.USUAL.with(cells));
        assertThat(file.labels().categories()).containsExactly("x; y", "x; z", "{}");
        assertThat(file.labels().size()).isEqualTo(4);
        assertThat(file.repeats()).isEmpty();
        // Item 1 agrees; the sets of item 2 share nothing.
        AgreementSummary summary = AgreementStudy.of(file)
                .summary(new AgreementStudy.Options(Disagreement.MASI, 1, 20, 1), Optional.empty());
        assertThat(summary.coefficients().getFirst().value().value()).contains(0.5);
    }

    @Test
    void uncertainItemsAndAnnotatorsSayHowManyLabelsTheyNeed() throws IOException {
        StringBuilder text = new StringBuilder("item,annotator,label\n");
        for (int i = 0; i < 60; i++) {
            for (String annotator : List.of("a", "b", "c"))
                text.append(i).append(',').append(annotator).append(i % 2 == 0 ? ",x\n" : ",y\n");
        }
        text.append("split,a,x\nsplit,b,y\n");
        AgreementSummary summary = summary(Disagreement.NOMINAL, text.toString());
        assertThat(summary.uncertain()).hasSize(1);
        assertThat(summary.uncertain().getFirst().item()).isEqualTo("split");
        assertThat(summary.uncertain().getFirst().more()).isPositive();
        assertThat(summary.skills().getFirst().more()).isZero();
        assertThat(summary.text()).contains("Items that need more labels", "split");
    }

    @Test
    void tableOfItemsHasVotesAndPosteriors() throws IOException {
        List<String> lines = study().csv().lines().toList();
        assertThat(lines.getFirst())
                .startsWith("item,majority,majority_tie,dawid_skene,dawid_skene_tie,probability,one_coin,")
                .endsWith(",votes.no,votes.yes,posterior.no,posterior.yes");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).startsWith("2,,no | yes,");
    }

    /** A low kappa of ten items may be chance; that of many items is shown before it. */
    @Test
    void pairsThatSurelyDisagreeAreShownFirst() throws IOException {
        StringBuilder text = new StringBuilder("item,annotator,label\n");
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 400; i++) {
            String truth = i % 2 == 0 ? "x" : "y";
            text.append(i).append(",steady,").append(truth).append('\n');
            text.append(i)
                    .append(",random,")
                    .append(random.nextInt(10) < 6 ? truth : "x")
                    .append('\n');
            if (i < 10)
                text.append(i)
                        .append(",new,")
                        .append(random.nextInt(10) < 6 ? truth : "x")
                        .append('\n');
        }
        String table = summary(Disagreement.NOMINAL, text.toString()).text();
        assertThat(table.substring(table.indexOf("Disagreement by pair"))
                        .lines()
                        .skip(3)
                        .findFirst()
                        .orElseThrow())
                .startsWith("steady  random  ");
    }

    @Test
    void everyDashHasItsReason() throws IOException {
        String none = summary(Disagreement.NOMINAL, "item,annotator,label\n1,a,1\n1,b,1\n2,b,2\n")
                .text();
        assertThat(none)
                .contains("ICC(2,1), agreement")
                .contains("– : fewer than two items have labels of all annotators.")
                .contains("– : both annotators gave one and the same label to all items in common.")
                .contains("– : no item that has the label has a second label.");
    }

    @Test
    void perfectAgreementIsNotCertain() throws IOException {
        assertThat(summary(Disagreement.NOMINAL, "item,annotator,label\n1,a,x\n1,b,x\n2,a,y\n2,b,y\n")
                        .text())
                .contains("No interval: all resamples have the same value")
                .doesNotContain("1.000 (1.000");
    }
}
