package org.thurstone.rank.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.rank.agreement.Disagreement;
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
        assertThat(summary.accuracy().orElseThrow().majority().value().orElseThrow())
                .isGreaterThanOrEqualTo(2 / 3.0);
        assertThat(summary.text(OPTIONS))
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
                        "fleiss",
                        "krippendorff",
                        "pairs",
                        "skills",
                        "accuracy",
                        "bias");
        assertThat(document.get("pairs").get(0).propertyNames())
                .containsExactly("first", "second", "agreement", "kappa", "disagreement", "disagreements");
        assertThat(document.get("skills").get(0).propertyNames())
                .containsExactly("annotator", "labels", "dawid_skene", "glad_ability");
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
}
